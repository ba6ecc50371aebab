package tfresource

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

const toySID = "TO00000000000000000000000000000001"

// response is a toy's response with some fields changed; a change to "absent" leaves the field out.
func response(t *testing.T, changes map[string]any) *twilio.Object {
	t.Helper()
	fields := map[string]any{
		"sid": toySID, "account_sid": "AC1", "date_created": "2026-01-01T00:00:00Z", "date_updated": "2026-01-01T00:00:00Z",
		"name": "Train", "place": "attic", "enabled": true, "engine_type": "steam", "engine": map[string]any{"fuel": "coal", "loud": true},
	}
	maps.Copy(fields, changes)
	maps.DeleteFunc(fields, func(_ string, value any) bool { return value == "absent" })
	raw, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	object, err := toy().Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return object
}

// named returns the field of a name.
func named(d *Definition, name string) field {
	fields := d.fields()
	return fields[slices.IndexFunc(fields, func(f field) bool { return f.name == name })]
}

// A read compares each field that Terraform knows with the response. What was unclear before says whether an unclear one is drift.
func TestRefresh(t *testing.T) {
	engine := func(fields map[string]any) map[string]any { return map[string]any{"engine": fields} }
	null := json.RawMessage("null")
	for name, c := range map[string]struct {
		field    string
		response map[string]any
		before   unclear
		want     attr.Value
		// unclear reports whether the field is unclear after the read.
		unclear bool
		listed  bool // an entry of a list with this response would do
	}{
		"the same":                               {"name", nil, unclear{}, types.StringValue("Train"), false, true},
		"the same in another form":               {"name", map[string]any{"name": " Train "}, unclear{}, types.StringValue("Train"), false, true},
		"another value":                          {"name", map[string]any{"name": "Ship"}, unclear{}, types.StringValue("Ship"), false, false},
		"in another letter case":                 {"name", map[string]any{"name": "TRAIN"}, unclear{}, types.StringValue("TRAIN"), false, false},
		"in the letter case as before":           {"name", map[string]any{"name": "TRAIN"}, unclear{"name": json.RawMessage(`"TRAIN"`)}, types.StringValue("Train"), true, true},
		"left out":                               {"enabled", map[string]any{"enabled": "absent"}, unclear{}, types.BoolNull(), false, false},
		"left out as before":                     {"enabled", map[string]any{"enabled": "absent"}, unclear{"enabled": null}, types.BoolValue(true), true, false},
		"left out, and nothing known":            {"enabled", map[string]any{"enabled": nil}, nil, types.BoolValue(true), true, false},
		"shown, and left out before":             {"enabled", map[string]any{"enabled": false}, unclear{"enabled": null}, types.BoolValue(false), false, false},
		"can't be read":                          {"enabled", map[string]any{"enabled": []any{}}, unclear{}, types.BoolValue(true), false, false},
		"can't be changed, and left out":         {"place", map[string]any{"place": nil}, unclear{}, types.StringValue("attic"), true, false},
		"can't be changed, and another":          {"place", map[string]any{"place": "cellar"}, unclear{}, types.StringValue("cellar"), false, false},
		"inside, the same":                       {"engine.fuel", nil, unclear{}, types.StringValue("coal"), false, true},
		"inside, left out":                       {"engine.loud", engine(map[string]any{"fuel": "coal"}), unclear{}, types.BoolNull(), false, false},
		"inside, left out as before":             {"engine.loud", engine(map[string]any{"fuel": "coal"}), unclear{"engine.loud": null}, types.BoolValue(true), true, false},
		"inside, a key of another type":          {"engine.turns", engine(map[string]any{"fuel": "coal", "loud": true, "turns": 7}), unclear{}, attribute.Number.Null(), false, true},
		"without the block":                      {"engine.fuel", map[string]any{"engine": nil}, unclear{}, types.StringNull(), false, false},
		"without the block, and nothing known":   {"engine.fuel", map[string]any{"engine": nil}, nil, types.StringValue("coal"), true, false},
		"without the block, and so before":       {"engine.fuel", map[string]any{"engine": nil}, unclear{"engine.fuel": null, "engine.loud": null}, types.StringValue("coal"), true, false},
		"with a block that can't be read":        {"engine.fuel", map[string]any{"engine": "x"}, unclear{}, types.StringValue("coal"), false, false},
		"of another type":                        {"engine.turns", map[string]any{"engine_type": "spring", "engine": map[string]any{}}, unclear{}, attribute.NumberValue(3), false, false},
		"of another type, without the old value": {"engine.fuel", map[string]any{"engine_type": "spring", "engine": map[string]any{"fuel": "coal"}}, unclear{}, types.StringNull(), false, false},
	} {
		d := toy()
		known, _ := d.fromAPI(response(t, nil))
		object := response(t, c.response)
		read, _, now := d.refresh(object, known, c.before)
		f := named(d, c.field)
		if got := read[c.field]; !got.Equal(c.want) {
			t.Errorf("%s: %s, expected %s", name, got, c.want)
		}
		if now.has(f) != c.unclear {
			t.Errorf("%s: unclear %s", name, now)
		}
		if d.isUnchanged(object, known, c.before) != c.listed {
			t.Errorf("%s: an entry of a list would do: %t", name, !c.listed)
		}
	}
}

// A block that Terraform does not manage stays out of the state, whatever is in the response.
func TestRefresh_unmanaged(t *testing.T) {
	d := toy()
	known, _ := d.fromAPI(response(t, nil))
	known.remove(d.Blocks[0])
	for _, engine := range []any{map[string]any{"fuel": "wood"}, nil, "x"} {
		read, unreadable, _ := d.refresh(response(t, map[string]any{"engine": engine}), known, unclear{})
		if !read["engine"].IsNull() || !read["engine.fuel"].IsNull() || len(unreadable) > 0 {
			t.Errorf("%v: %v, unreadable %q", engine, read, unreadable)
		}
	}
}

// A response to a create is compared in all that was sent.
func TestCompareCreate(t *testing.T) {
	for name, c := range map[string]struct {
		changes map[string]any
		want    compare.Outcome
	}{
		"the same":             {nil, compare.Same},
		"in another form":      {map[string]any{"name": "Train "}, compare.Same},
		"in letter case":       {map[string]any{"name": "train"}, compare.Unclear},
		"another name":         {map[string]any{"name": "Ship"}, compare.Different},
		"left out":             {map[string]any{"enabled": nil}, compare.Unclear},
		"another value inside": {map[string]any{"engine": map[string]any{"fuel": "wood", "loud": true}}, compare.Different},
		"left out inside":      {map[string]any{"engine": map[string]any{"fuel": "coal"}}, compare.Unclear},
		"without the block":    {map[string]any{"engine": nil}, compare.Unclear},
		"can't be read":        {map[string]any{"enabled": "maybe"}, compare.Unclear},
		"what was not sent":    {map[string]any{"place": "attic", "date_updated": nil}, compare.Same},
		"unclear and another":  {map[string]any{"enabled": nil, "name": "Ship"}, compare.Different},
	} {
		d := toy()
		plan, _ := d.fromAPI(response(t, nil))
		for _, name := range []string{"sid", "account_sid", "date_created", "date_updated", "place"} {
			plan[name] = types.StringUnknown()
		}
		if got := d.compareCreate(plan, response(t, c.changes)); got != c.want {
			t.Errorf("%s: %d, expected %d", name, got, c.want)
		}
	}
}

// The state after a write has what was planned, and of the rest what was in the response; what is unclear is remembered, and what differs is
// said.
func TestStateAfterWrite(t *testing.T) {
	d := toy()
	plan, _ := d.fromAPI(response(t, nil))
	plan["date_updated"], plan["place"] = types.StringUnknown(), types.StringUnknown()
	plan["engine.loud"] = types.BoolUnknown()
	state, now, diags := d.stateAfterWrite(response(t, map[string]any{
		"name": "Ship", "enabled": nil, "date_updated": "2026-02-02T00:00:00Z", "engine": map[string]any{"loud": false},
	}), plan, nil)
	for name, want := range map[string]attr.Value{
		"name": types.StringValue("Train"), "enabled": types.BoolValue(true), "date_updated": types.StringValue("2026-02-02T00:00:00Z"),
		"place": types.StringValue("attic"), "engine.fuel": types.StringValue("coal"), "engine.loud": types.BoolValue(false),
	} {
		if got := state[name]; !got.Equal(want) {
			t.Errorf("%s is %s, expected %s", name, got, want)
		}
	}
	if len(diags) != 1 || diags[0].Summary() != "Twilio returned a different value for name" {
		t.Errorf("says %v", diags)
	}
	if got := slices.Sorted(maps.Keys(now)); !slices.Equal(got, []string{"enabled", "engine.fuel"}) {
		t.Errorf("unclear are %q", got)
	}
}

// What the planned type does not have is ignored in a response without the type, also where it can't be read.
func TestStateAfterWrite_typeLeftOut(t *testing.T) {
	d := toy()
	plan, _ := d.fromAPI(response(t, nil))
	engine := map[string]any{"fuel": "coal", "loud": true, "turns": []any{}}
	if _, _, diags := d.stateAfterWrite(response(t, map[string]any{"engine_type": nil, "engine": engine}), plan, plan); len(diags) > 0 {
		t.Errorf("says %v", diags)
	}
}

// A create sends all that is known but documented defaults of "", an update what differs, with the block as a whole and its type, and never
// what can't be changed.
func TestParams(t *testing.T) {
	d := toy()
	prior, _ := d.fromAPI(response(t, nil))
	bare := maps.Clone(prior)
	bare.remove(d.Blocks[0])
	for name, c := range map[string]struct {
		change func(values)
		prior  values
		want   string
	}{
		"create":             {func(values) {}, nil, "Enabled=true&Engine.Fuel=coal&Engine.Loud=true&EngineType=steam&Name=Train&Place=attic"},
		"create, unknown":    {func(v values) { v["enabled"] = types.BoolUnknown(); v.remove(d.Blocks[0]) }, nil, "EngineType=steam&Name=Train&Place=attic"},
		"no change":          {func(values) {}, prior, ""},
		"one change":         {func(v values) { v["name"] = types.StringValue("Ship") }, prior, "Name=Ship"},
		"the block":          {func(v values) { v["engine.fuel"], v["engine.loud"] = types.StringNull(), types.BoolNull() }, prior, "EngineType=steam"},
		"an empty block":     {func(v values) { v["engine.fuel"], v["engine.loud"] = types.StringNull(), types.BoolNull() }, bare, "EngineType=steam"},
		"the block is gone":  {func(v values) { v.remove(d.Blocks[0]) }, prior, ""},
		"what can't change":  {func(v values) { v["place"] = types.StringValue("cellar") }, prior, ""},
		"the type":           {func(v values) { v["engine_type"] = types.StringValue("spring") }, prior, "Engine.Fuel=coal&Engine.Loud=true&EngineType=spring"},
		"null is never sent": {func(v values) { v["enabled"] = types.BoolNull() }, prior, ""},
	} {
		plan := maps.Clone(prior)
		c.change(plan)
		if got := d.params(plan, c.prior).Encode(); got != c.want {
			t.Errorf("%s: %s, expected %s", name, got, c.want)
		}
	}
}

// A definition without a block is one like any other.
func TestWithoutBlock(t *testing.T) {
	d := toy()
	d.Blocks, d.Attributes = nil, append(d.Attributes, Attribute{Name: "wheels", Type: attribute.Number, Role: Optional, Default: attribute.NumberValue(4)})
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	known, unreadable := d.fromAPI(response(t, nil))
	if wheels := known["wheels"]; len(unreadable) > 0 || !wheels.Equal(attribute.NumberValue(4)) || known["engine"] != nil {
		t.Fatalf("%v, unreadable %q", known, unreadable)
	}
	read, _, _ := d.refresh(response(t, map[string]any{"wheels": 6}), known, unclear{})
	if got := d.params(read, known).Encode(); got != "Wheels=6" {
		t.Errorf("sends %s", got)
	}
	if problem := d.schemaMismatch(read); problem != "" {
		t.Error(problem)
	}
}

// A definition may have several blocks, each with a type of its own: beside it, or in it.
func TestTwoBlocks(t *testing.T) {
	d := toy()
	d.Blocks = append(d.Blocks, &Block{
		Name: "paint", TypeName: "kind", Types: []string{"plain", "striped"}, Unmanaged: "It stays.",
		Rules: []Rule{
			{OptionalFor: []string{"plain", "striped"}, Idle: types.StringValue("plain"), Attribute: Attribute{Name: "kind", Type: attribute.Text}},
			{RequiredFor: []string{"striped"}, Attribute: Attribute{Name: "fuel", Type: attribute.Text}}, // as in the other block
			{OptionalFor: []string{"striped"}, Attribute: Attribute{Name: "stripes", Type: attribute.Number, Default: attribute.NumberValue(2)}},
		},
	})
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	same := func(block string, a, b values) bool {
		for name := range a {
			if strings.HasPrefix(name, block) && !a[name].Equal(b[name]) {
				return false
			}
		}
		return true
	}
	striped := map[string]any{"paint": map[string]any{"kind": "striped", "fuel": "oil"}}
	known, unreadable := d.fromAPI(response(t, striped))
	if problem := d.schemaMismatch(known); problem != "" || len(unreadable) > 0 {
		t.Fatal(problem, unreadable)
	}
	if got := d.params(known, nil).Encode(); got != "Enabled=true&Engine.Fuel=coal&Engine.Loud=true&EngineType=steam&Name=Train&"+
		"Paint.Fuel=oil&Paint.Kind=striped&Paint.Stripes=2&Place=attic" {
		t.Errorf("a create sends %s", got)
	}
	// A change of one block sends that one alone, and none of it touches the other.
	changed := maps.Clone(known)
	changed["paint.fuel"] = types.StringValue("lacquer")
	if got := d.params(changed, known).Encode(); got != "Paint.Fuel=lacquer&Paint.Kind=striped&Paint.Stripes=2" {
		t.Errorf("an update sends %s", got)
	}
	state, _, diags := d.stateAfterWrite(response(t, map[string]any{"paint": map[string]any{"kind": "striped", "fuel": "lacquer"}}), changed, known)
	if len(diags) > 0 || !same("paint", state, changed) || !same("engine", state, known) {
		t.Errorf("%v: %v", diags, state)
	}
	// Each block is null, unreadable or of another type by itself.
	read, unreadable := d.fromAPI(response(t, map[string]any{"paint": map[string]any{"kind": "plain"}}))
	if !read["paint"].IsNull() || !read["paint.kind"].IsNull() || read["engine"].IsNull() || len(unreadable) > 0 {
		t.Errorf("made up: %v %q", read, unreadable)
	}
	read, unreadable, _ = d.refresh(response(t, map[string]any{"paint": "x"}), known, unclear{})
	if !same("paint", read, known) || !same("engine", read, known) || !slices.Equal(unreadable, []string{"paint"}) {
		t.Errorf("unreadable %q: %v", unreadable, read)
	}
	read, _, _ = d.refresh(response(t, map[string]any{"paint": map[string]any{"kind": "plain", "fuel": "oil"}}), known, unclear{})
	if !read["paint.fuel"].IsNull() || !same("engine", read, known) {
		t.Errorf("of another type: %v", read)
	}
}

// Each block is planned by its own type, and validated by its own rules.
func TestTwoBlocks_plan(t *testing.T) {
	d := toy()
	second := toy().Blocks[0]
	second.Name, second.TypeName = "spare", "spare_type"
	d.Blocks = append(d.Blocks, second)
	d.Attributes = append(d.Attributes, Attribute{Name: "spare_type", Type: attribute.Text, Role: Optional})
	engine, spare := d.Blocks[0], d.Blocks[1]
	config := values{"engine_type": types.StringValue("steam"), "spare_type": types.StringValue("spring")}
	for _, b := range d.Blocks {
		config.remove(b)
		config[b.Name], config[b.Name+".fuel"] = types.BoolValue(true), types.StringValue("coal")
	}
	plan := maps.Clone(config)
	engine.plan(config, plan, nil)
	spare.plan(config, plan, nil)
	if !plan["engine.turns"].IsNull() || !plan["engine.loud"].IsUnknown() || !plan["spare.turns"].Equal(attribute.NumberValue(3)) {
		t.Errorf("plans %v", plan)
	}
	if diags := engine.validate(config, false); len(diags) > 0 {
		t.Error(diags)
	}
	if diags := spare.validate(config, false); len(diags) != 1 || diags[0].Summary() != "Spare attribute does not apply" {
		t.Error(diags)
	}
}

// schemaMismatch says which values do not fit the schema, empty for none.
func (d *Definition) schemaMismatch(v values) string {
	v["timeouts"] = noTimeouts()
	_, diags := types.ObjectValue(d.resourceType().AttrTypes, d.nest(v))
	if diags.HasError() {
		return diags[0].Detail()
	}
	return ""
}

// A response that leaves a documented default out has it.
func TestCompareCreate_default(t *testing.T) {
	d := toy()
	spring := map[string]any{"engine_type": "spring", "engine": map[string]any{"turns": 3, "loud": true}}
	plan, _ := d.fromAPI(response(t, spring))
	for turns, want := range map[any]compare.Outcome{nil: compare.Same, 3: compare.Same, 4: compare.Different} {
		engine := map[string]any{"loud": true}
		if turns != nil {
			engine["turns"] = turns
		}
		if got := d.compareCreate(plan, response(t, map[string]any{"engine_type": "spring", "engine": engine})); got != want {
			t.Errorf("%v turns: %d, expected %d", turns, got, want)
		}
	}
}
