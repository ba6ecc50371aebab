package flexflow

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// wholeNumberType is the framework's Int64Type, but for what it does with a number that is none: the framework calls that an
// error in the provider, without a place, where this one is an error of the configuration, at the attribute.
type wholeNumberType struct {
	basetypes.Int64Type
}

var _ basetypes.Int64Typable = wholeNumberType{}

func (wholeNumberType) String() string { return "wholeNumberType" }

func (wholeNumberType) Equal(o attr.Type) bool {
	_, ok := o.(wholeNumberType)
	return ok
}

func (wholeNumberType) ValueType(context.Context) attr.Value { return wholeNumber{} }

func (wholeNumberType) ValueFromInt64(_ context.Context, in basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return wholeNumber{Int64Value: in}, nil
}

func (t wholeNumberType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	var number *big.Float
	if in.IsKnown() && !in.IsNull() && in.As(&number) == nil {
		if _, accuracy := number.Int64(); accuracy != big.Exact {
			// The value is one that no range refuses, so that there is one error and not two.
			return wholeNumber{Int64Value: basetypes.NewInt64Value(1), written: number.Text('g', -1)}, nil
		}
	}
	value, err := t.Int64Type.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	int64Value, ok := value.(basetypes.Int64Value)
	if !ok {
		return nil, fmt.Errorf("expected an Int64Value, got %T", value)
	}
	return wholeNumber{Int64Value: int64Value}, nil
}

// wholeNumber is a whole number of 64 bits.
type wholeNumber struct {
	basetypes.Int64Value
	// written is what the configuration has, where that is not one.
	written string
}

var (
	_ basetypes.Int64Valuable     = wholeNumber{}
	_ xattr.ValidateableAttribute = wholeNumber{}
)

func newWholeNumber(value int64) wholeNumber {
	return wholeNumber{Int64Value: basetypes.NewInt64Value(value)}
}

func (wholeNumber) Type(context.Context) attr.Type { return wholeNumberType{} }

func (n wholeNumber) Equal(o attr.Value) bool {
	other, ok := o.(wholeNumber)
	return ok && n.Int64Value.Equal(other.Int64Value) && n.written == other.written
}

func (n wholeNumber) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if n.written != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a whole number",
			fmt.Sprintf("%s is %s. Set it to a whole number.", req.Path, n.written))
	}
}

func wholeNumberOrNull(value *int64) attr.Value {
	return wholeNumber{Int64Value: basetypes.NewInt64PointerValue(value)}
}
