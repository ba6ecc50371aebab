package attribute

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

// WholeNumberType is the framework's Int64Type, except for a number that is not whole: the framework reports an error in the provider, this
// type an error in the configuration, at the attribute.
type WholeNumberType struct {
	basetypes.Int64Type
}

var _ basetypes.Int64Typable = WholeNumberType{}

func (WholeNumberType) String() string { return "WholeNumberType" }

// Equal reports whether the other type is this one.
func (WholeNumberType) Equal(o attr.Type) bool {
	_, ok := o.(WholeNumberType)
	return ok
}

// ValueType returns a value of the type.
func (WholeNumberType) ValueType(context.Context) attr.Value { return WholeNumber{} }

// ValueFromInt64 converts the framework's own value.
func (WholeNumberType) ValueFromInt64(_ context.Context, in basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return WholeNumber{Int64Value: in}, nil
}

// ValueFromTerraform takes any number: one that is not whole is refused by ValidateAttribute.
func (t WholeNumberType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	var number *big.Float
	if in.IsKnown() && !in.IsNull() && in.As(&number) == nil {
		if _, accuracy := number.Int64(); accuracy != big.Exact {
			// 1 is in every range, so that there is one error and not two.
			return WholeNumber{Int64Value: basetypes.NewInt64Value(1), written: number.Text('g', -1), tooLarge: number.IsInt()}, nil
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
	return WholeNumber{Int64Value: int64Value}, nil
}

// A WholeNumber is a whole number of 64 bits.
type WholeNumber struct {
	basetypes.Int64Value
	// written is what the configuration has where that is not a whole number of 64 bits; tooLarge means that it is whole.
	written  string
	tooLarge bool
}

var (
	_ basetypes.Int64Valuable     = WholeNumber{}
	_ xattr.ValidateableAttribute = WholeNumber{}
)

// NewWholeNumber returns a known number.
func NewWholeNumber(value int64) WholeNumber {
	return WholeNumber{Int64Value: basetypes.NewInt64Value(value)}
}

// Type returns WholeNumberType.
func (WholeNumber) Type(context.Context) attr.Type { return WholeNumberType{} }

// Equal reports whether the other value is the same number.
func (n WholeNumber) Equal(o attr.Value) bool {
	other, ok := o.(WholeNumber)
	return ok && n.Int64Value.Equal(other.Int64Value) && n.written == other.written
}

// ValidateAttribute refuses what is not a whole number of 64 bits.
func (n WholeNumber) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if n.written != "" {
		summary, problem := "Not a whole number", "is not a whole number. Set it to one"
		if n.tooLarge {
			summary, problem = "Number out of range", "is out of range. Set it to a smaller number"
		}
		resp.Diagnostics.AddAttributeError(req.Path, summary, fmt.Sprintf("The value of %s can't be used: %s %s.", req.Path, n.written, problem))
	}
}

// WholeNumberOrNull returns a number, null for nil.
func WholeNumberOrNull(value *int64) attr.Value {
	return WholeNumber{Int64Value: basetypes.NewInt64PointerValue(value)}
}
