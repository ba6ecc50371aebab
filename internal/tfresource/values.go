package tfresource

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// values are a resource as Terraform holds it: the values of its attributes by their full names, such as enabled or integration.priority.
// Under a block's name is whether the block is there: true, null or unknown. The attributes of a block that is not there are null.
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

// has reports whether the block is there, and lacks whether it is not; neither does where that is unknown.
func (v values) has(b *Block) bool   { return v[b.Name] != nil && v[b.Name].Equal(types.BoolValue(true)) }
func (v values) lacks(b *Block) bool { return v[b.Name].IsNull() }

// remove removes a block.
func (v values) remove(b *Block) {
	v[b.Name] = types.BoolNull()
	for _, f := range b.fields() {
		v[f.name] = f.Type.Null()
	}
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
		return nil, errorf("Unable to understand "+d.aNoun(), "Terraform sent what does not fit the schema: %v.", err)
	}
	v := values(object.Attributes())
	for _, b := range d.Blocks {
		nested, _ := v[b.Name].(types.Object)
		v.remove(b)
		switch {
		case nested.IsUnknown():
			v[b.Name] = types.BoolUnknown()
		case !nested.IsNull():
			v[b.Name] = types.BoolValue(true)
			for name, value := range nested.Attributes() {
				v[b.fullName(name)] = value
			}
		}
	}
	return v, nil
}

// nest puts values together, as the schema has them.
func (d *Definition) nest(v values) map[string]attr.Value {
	all := map[string]attr.Value{}
	for name := range d.resourceType().AttrTypes {
		if value, ok := v[name]; ok { // what Twilio has is without timeouts
			all[name] = value
		}
	}
	for _, b := range d.Blocks {
		of, _ := d.resourceType().AttrTypes[b.Name].(types.ObjectType)
		switch {
		case v[b.Name].IsUnknown():
			all[b.Name] = types.ObjectUnknown(of.AttrTypes)
		case v.lacks(b):
			all[b.Name] = types.ObjectNull(of.AttrTypes)
		default:
			children := map[string]attr.Value{}
			for _, f := range b.fields() {
				children[f.Name] = v[f.name]
			}
			all[b.Name] = types.ObjectValueMust(of.AttrTypes, children)
		}
	}
	return all
}

// write puts values into a plan or a state.
func (d *Definition) write(ctx context.Context, v values, to *tftypes.Value) diag.Diagnostics {
	object, diags := types.ObjectValue(d.resourceType().AttrTypes, d.nest(v))
	if diags.HasError() {
		return diags
	}
	raw, err := object.ToTerraformValue(ctx)
	if err != nil {
		return errorf("Unable to write "+d.aNoun(), "Its values do not fit the schema: %v.", err)
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
