package tfresource

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// What is taken apart is put together again as it was, whether a block is there, null or unknown. An unknown block is planned as it is.
func TestValues(t *testing.T) {
	d := toy()
	known, _ := d.fromAPI(response(t, nil))
	known["timeouts"] = noTimeouts()
	whole := d.nest(known)
	engine, _ := whole["engine"].(types.Object)
	kinds := engine.AttributeTypes(t.Context())
	for name, block := range map[string]attr.Value{
		"there":   engine,
		"null":    types.ObjectNull(kinds),
		"unknown": types.ObjectUnknown(kinds),
		"of nulls": types.ObjectValueMust(kinds, map[string]attr.Value{
			"fuel": types.StringNull(), "turns": types.NumberNull(), "loud": types.BoolNull(),
		}),
		"with an unknown value": types.ObjectValueMust(kinds, map[string]attr.Value{
			"fuel": types.StringUnknown(), "turns": types.NumberNull(), "loud": types.BoolNull(),
		}),
	} {
		attributes := maps.Clone(whole)
		attributes["engine"] = block
		raw, err := types.ObjectValueMust(d.resourceType().AttrTypes, attributes).ToTerraformValue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		v, diags := d.valuesOf(t.Context(), raw)
		if diags.HasError() {
			t.Fatal(diags)
		}
		var again tftypes.Value
		if diags := d.write(t.Context(), v, &again); diags.HasError() || !again.Equal(raw) {
			t.Errorf("%s: %s, expected %s: %v", name, again, raw, diags)
		}
		plan := maps.Clone(v)
		d.Blocks[0].plan(v, plan, known)
		isThere := !block.IsNull() && !block.IsUnknown()
		if v.has(d.Blocks[0]) != isThere || !plan["engine"].Equal(v["engine"]) || !isThere && !plan["engine.fuel"].IsNull() {
			t.Errorf("%s: %v, planned as %v", name, v, plan)
		}
	}
}

// What the configuration does not set of a block is planned by the block's type, the rules and the state.
func TestPlanUnset(t *testing.T) {
	steam, spring, other := types.StringValue("steam"), types.StringValue("spring"), types.StringValue("electric")
	three, four := attribute.NumberValue(3), attribute.NumberValue(4)
	for name, c := range map[string]struct {
		field      string
		configured types.String // the type in the configuration
		planned    types.String // and in the plan
		prior      map[string]attr.Value
		want       attr.Value
	}{
		"create":                              {"loud", steam, steam, nil, types.BoolUnknown()},
		"create, a default":                   {"turns", spring, spring, nil, three},
		"create, of another type":             {"turns", steam, steam, nil, types.NumberNull()},
		"create, unknown type":                {"turns", types.StringUnknown(), types.StringUnknown(), nil, types.NumberUnknown()},
		"no type, and no block before":        {"loud", types.StringNull(), types.StringNull(), nil, types.BoolUnknown()},
		"no type":                             {"loud", types.StringNull(), types.StringNull(), map[string]attr.Value{"loud": types.BoolValue(true)}, types.BoolValue(true)},
		"a type without rules":                {"loud", other, other, map[string]attr.Value{"loud": types.BoolValue(true)}, types.BoolValue(true)},
		"the same type":                       {"loud", steam, steam, map[string]attr.Value{"engine_type": steam, "loud": types.BoolValue(true)}, types.BoolValue(true)},
		"the same type, null":                 {"loud", steam, steam, map[string]attr.Value{"engine_type": steam}, types.BoolNull()},
		"the same type, a default":            {"turns", spring, spring, map[string]attr.Value{"engine_type": spring, "turns": four}, three},
		"a type that Twilio chose":            {"turns", types.StringNull(), spring, map[string]attr.Value{"engine_type": spring, "turns": four}, four},
		"a type that Twilio chose, a default": {"turns", types.StringNull(), spring, map[string]attr.Value{"engine_type": spring}, three},
		"another type":                        {"loud", spring, spring, map[string]attr.Value{"engine_type": steam, "loud": types.BoolValue(true)}, types.BoolUnknown()},
		"another type, required":              {"fuel", steam, steam, map[string]attr.Value{"engine_type": spring}, types.StringNull()},
	} {
		d := toy()
		engine := d.Blocks[0]
		config, prior := values{"engine_type": c.configured}, values(nil)
		config.remove(engine)
		config["engine"] = types.BoolValue(true)
		if c.prior != nil {
			prior = values{"engine_type": types.StringNull()}
			prior.remove(engine)
			prior["engine"] = types.BoolValue(true)
			for name, value := range c.prior {
				if name != "engine_type" {
					name = "engine." + name
				}
				prior[name] = value
			}
		}
		plan := maps.Clone(config)
		plan["engine_type"] = c.planned
		if engine.plan(config, plan, prior); !plan["engine."+c.field].Equal(c.want) {
			t.Errorf("%s: %s, expected %s", name, plan["engine."+c.field], c.want)
		}
	}
}
