package tfresource

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A field is an attribute of a resource or of one of its blocks, by its full name, such as enabled or integration.priority.
type field struct {
	// Rule has nothing but the attribute for one at the top level, and block is nil.
	Rule
	name  string
	path  path.Path
	block *Block
}

// fields are those of the resource and of its blocks.
func (d *Definition) fields() []field {
	d.fieldsOnce.Do(func() {
		for _, a := range d.Attributes {
			d.allFields = append(d.allFields, field{Rule: Rule{Attribute: a}, name: a.Name, path: path.Root(a.Name)})
		}
		for _, b := range d.Blocks {
			d.allFields = append(d.allFields, b.fields()...)
		}
	})
	return d.allFields
}

// parameter is the name that the API has for the field: FriendlyName, or Integration.FlowSid.
func (f field) parameter() string {
	if f.block == nil {
		return f.Attribute.parameter()
	}
	return Attribute{Name: f.block.Name}.parameter() + "." + f.Attribute.parameter()
}

// known is the field's value, null where that is not known.
func (v values) known(f field) attr.Value {
	if value := v[f.name]; attribute.IsKnown(value) {
		return value
	}
	return f.Type.Null()
}

// typeHas reports whether the type of the field's block, by these values, has the field. Where it is not one of the block's types, nothing
// is known.
func (v values) typeHas(f field) bool {
	return f.block == nil || !f.block.isTyped(f.block.typeOf(v)) || f.applies(f.block.typeOf(v).ValueString())
}

// A parsedResponse is a response by the names of the fields.
type parsedResponse struct {
	sid string
	// raw holds the fields that the response has, also those that are null.
	raw map[string]json.RawMessage
	// values holds all fields, null where the response has none or it can't be read.
	values values
	// unreadable names the fields that can't be read, or a block as a whole.
	unreadable []string
	// hasBlock reports whether the response has a block.
	hasBlock map[string]bool
}

// parse reads the fields of a response.
func (d *Definition) parse(object *twilio.Object) *parsedResponse {
	p := &parsedResponse{sid: object.SID, raw: map[string]json.RawMessage{}, values: values{}, hasBlock: map[string]bool{}}
	top, inner := object.Fields(), map[string]map[string]json.RawMessage{}
	for _, b := range d.Blocks {
		var fields map[string]json.RawMessage
		if raw := top[b.Name]; len(raw) > 0 && json.Unmarshal(raw, &fields) != nil {
			p.unreadable = append(p.unreadable, b.Name)
		}
		inner[b.Name], p.hasBlock[b.Name] = fields, fields != nil
	}
	for _, f := range d.fields() {
		from := top
		if f.block != nil {
			from = inner[f.block.Name]
		}
		raw, ok := from[f.Name]
		if ok {
			p.raw[f.name] = raw
		}
		value, err := f.Type.Decode(raw)
		if err != nil {
			p.unreadable = append(p.unreadable, f.name)
		}
		p.values[f.name] = value
	}
	slices.Sort(p.unreadable)
	return p
}

// canRead reports whether a field is readable where the response has it.
func (p *parsedResponse) canRead(f field) bool {
	return !slices.Contains(p.unreadable, f.name) && (f.block == nil || !slices.Contains(p.unreadable, f.block.Name))
}

// value is a field of the response, its documented default where the response does not have it, null where the block's type does not have
// it. The values of latest hold the type.
func (p *parsedResponse) value(f field, latest values) attr.Value {
	value := p.values[f.name]
	switch {
	case !latest.typeHas(f):
		return f.Type.Null()
	case f.block != nil && !f.block.isTyped(f.block.typeOf(latest)), !value.IsNull(), !p.canRead(f):
		return value
	}
	return f.absent()
}

// fromAPI is a response as Terraform holds it, for an import, a data source or a list. A block that shows nothing but what Twilio makes
// up is null. What can't be read is null as well; the names of what of it matters are returned.
func (d *Definition) fromAPI(object *twilio.Object) (values, []string) {
	return d.fromResponse(object, false)
}

// fromResponse is fromAPI, also for the state of another provider in the form of a response, where typeProves is true: a block in which
// that has a type was configured there, so that it counts even where Twilio could have made it up.
func (d *Definition) fromResponse(object *twilio.Object, typeProves bool) (values, []string) {
	p := d.parse(object)
	v := d.assemble(p, func(f field) attr.Value { return p.value(f, p.values) })
	for _, b := range d.Blocks {
		proven := typeProves && b.typeInside() && b.isTyped(b.typeOf(p.values)) ||
			slices.ContainsFunc(b.fields(), func(f field) bool { return p.proves(f, v) })
		if !p.hasBlock[b.Name] || !proven {
			v.remove(b)
		}
	}
	return v, d.unreadableThatMatter(p, nil, p.values)
}

// proves reports whether a field of a block shows that the block is in use.
func (p *parsedResponse) proves(f field, v values) bool {
	if len(f.RequiredFor) == 0 && f.Idle == nil {
		return false
	}
	return !p.canRead(f) || !v[f.name].IsNull() && !v[f.name].Equal(f.Idle)
}

// assemble makes a resource by asking for each field's value.
func (d *Definition) assemble(p *parsedResponse, value func(field) attr.Value) values {
	v := values{"id": types.StringValue(p.sid)}
	for _, f := range d.fields() {
		v[f.name] = value(f)
	}
	for _, b := range d.Blocks {
		v[b.Name] = types.BoolValue(true)
	}
	v["sid"] = v["id"]
	return v
}

// refresh is a response to a read of a resource that Terraform knows. A value stays where the response has it in another form, and where
// the response does not tell: see keeps. It also returns what can't be read, and what is unclear now.
func (d *Definition) refresh(object *twilio.Object, known values, before unclear) (v values, unreadable []string, now unclear) {
	p, now := d.parse(object), unclear{}
	kept, losesBlock := values{}, map[*Block]bool{}
	for _, f := range d.fields() {
		held := known[f.name]
		if !attribute.IsKnown(held) {
			continue
		}
		if !p.keeps(f, held, before) {
			losesBlock[f.block] = true
			continue
		}
		kept[f.name] = held
		if raw, ok := before[f.name]; ok && !p.canRead(f) {
			now[f.name] = raw
		} else if p.compare(f, held) == compare.Unclear && p.canRead(f) {
			now[f.name] = p.rawOf(f)
		}
	}
	latest := maps.Clone(p.values)
	maps.Copy(latest, kept)
	v = d.assemble(p, func(f field) attr.Value {
		if held, ok := kept[f.name]; ok && (latest.typeHas(f) || before.has(f)) {
			return held
		}
		return p.value(f, latest)
	})
	for _, b := range d.Blocks {
		if !p.hasBlock[b.Name] && losesBlock[b] || !known.has(b) {
			v.remove(b) // not there, or not managed
		}
	}
	return v, d.unreadableThatMatter(p, known, latest), now
}

// unreadableThatMatter lists what of a response that can't be read matters: not what a block's type does not have, nor a block that
// Terraform does not manage. A nil known is an import or a data source. The values of latest hold the types.
func (d *Definition) unreadableThatMatter(p *parsedResponse, known, latest values) []string {
	ignored := map[string]bool{}
	for _, b := range d.Blocks {
		ignored[b.Name] = known != nil && !known.has(b)
	}
	for _, f := range d.fields() {
		ignored[f.name] = !latest.typeHas(f) || f.block != nil && ignored[f.block.Name]
	}
	return slices.DeleteFunc(slices.Clone(p.unreadable), func(name string) bool { return ignored[name] })
}
