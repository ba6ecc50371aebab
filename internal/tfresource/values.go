package tfresource

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// values are a resource as Terraform holds it: the values of its attributes and blocks, by name.
//
// They are taken apart and put together here, and not by the framework's Get and Set: those inspect a struct's fields by reflection each
// time, which is a third of the processor time that a plan takes.
type values map[string]attr.Value

func (v values) text(name string) types.String {
	text, _ := v[name].(types.String)
	return text
}

func (v values) sid() string { return v.text("sid").ValueString() }

func (v values) timeouts() timeouts.Value {
	value, _ := v["timeouts"].(timeouts.Value)
	return value
}

func (v values) object(name string) types.Object {
	object, _ := v[name].(types.Object)
	return object
}

// equal reports whether the values are the same, apart from the timeouts.
func (v values) equal(other values) bool {
	for name, value := range v {
		if name != "timeouts" && !value.Equal(other[name]) {
			return false
		}
	}
	return true
}

// valuesOf takes a configuration, a plan or a state apart. It is not null.
func (d *Definition) valuesOf(ctx context.Context, raw tftypes.Value) (values, diag.Diagnostics) {
	value, err := d.resourceType().ValueFromTerraform(ctx, raw)
	object, ok := value.(types.Object)
	if err != nil || !ok {
		return nil, diag.Diagnostics{diag.NewErrorDiagnostic("Unable to understand "+d.aNoun(), fmt.Sprintf("Terraform sent what does not "+
			"fit the schema: %v.", err))}
	}
	return object.Attributes(), nil
}

// write puts values into a plan or a state.
func (d *Definition) write(ctx context.Context, v values, to *tftypes.Value) diag.Diagnostics {
	object, diags := types.ObjectValue(d.resourceType().AttrTypes, v)
	if diags.HasError() {
		return diags
	}
	raw, err := object.ToTerraformValue(ctx)
	if err != nil {
		diags.AddError("Unable to write "+d.aNoun(), "Its values do not fit the schema: "+err.Error()+".")
		return diags
	}
	*to = raw
	return diags
}

// answeredType is the type of a resource as Twilio has it, which is all but the timeouts.
func (d *Definition) answeredType() map[string]attr.Type {
	all := maps.Clone(d.resourceType().AttrTypes)
	delete(all, "timeouts")
	return all
}

// withTimeouts is a resource as Twilio has it, to stand in a state.
func (v values) withTimeouts(value timeouts.Value) values {
	all := maps.Clone(v)
	all["timeouts"] = value
	return all
}

func (d *Definition) aNoun() string { return d.SID.WithArticle() }
