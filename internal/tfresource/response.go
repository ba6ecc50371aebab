package tfresource

import (
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A field is an attribute of a resource or of its block, by its full name, such as enabled or integration.priority.
type field struct {
	Attribute
	name string
	path path.Path
	// rule is nil for an attribute at the top level.
	rule *Rule
}

// fields are those of the resource and of its block.
func (d *Definition) fields() []field {
	d.fieldsOnce.Do(func() { d.allFields = d.listFields() })
	return d.allFields
}

func (d *Definition) listFields() []field {
	all := make([]field, 0, len(d.Attributes)+len(d.Block.Rules))
	for _, a := range d.Attributes {
		all = append(all, field{Attribute: a, name: a.Name, path: path.Root(a.Name)})
	}
	for i, r := range d.Block.Rules {
		at := d.blockPath().AtName(r.Name)
		all = append(all, field{Attribute: r.Attribute, name: at.String(), path: at, rule: &d.Block.Rules[i]})
	}
	return all
}

// get is the field's value, null for one of a block that is null or unknown.
func (d *Definition) get(v values, f field) attr.Value {
	if f.rule == nil {
		return v[f.Name]
	}
	if value, ok := d.block(v).Attributes()[f.Name]; ok {
		return value
	}
	return f.Type.Null()
}

// applies reports whether a block of the type has the field. Where the type is not one of the block's, nothing is known.
func (d *Definition) applies(f field, blockType types.String) bool {
	return f.rule == nil || !d.isTyped(blockType) || f.rule.applies(blockType.ValueString())
}

// A parsedResponse is a response by the names of the fields.
type parsedResponse struct {
	sid string
	// raw holds the fields that the response has, also those that are null.
	raw map[string]json.RawMessage
	// values holds all fields, null where the response has none or it can't be read.
	values map[string]attr.Value
	// unreadable names the fields that can't be read, or the block as a whole.
	unreadable []string
	// hasBlock reports whether the response has the block.
	hasBlock bool
}

// parse reads the fields of a response.
func (d *Definition) parse(object *twilio.Object) *parsedResponse {
	p := &parsedResponse{sid: object.SID, raw: map[string]json.RawMessage{}, values: map[string]attr.Value{}}
	top := object.Fields()
	var inner map[string]json.RawMessage
	if raw := top[d.Block.Name]; len(raw) > 0 && json.Unmarshal(raw, &inner) != nil {
		p.unreadable = append(p.unreadable, d.Block.Name)
	}
	p.hasBlock = inner != nil
	for _, f := range d.fields() {
		from := top
		if f.rule != nil {
			from = inner
		}
		raw, ok := from[f.Name]
		if ok {
			p.raw[f.name] = raw
		}
		value, err := f.decode(raw)
		if err != nil {
			p.unreadable = append(p.unreadable, f.name)
		}
		p.values[f.name] = value
	}
	slices.Sort(p.unreadable)
	return p
}

// canRead reports whether a field is readable where the response has it.
func (d *Definition) canRead(p *parsedResponse, f field) bool {
	return !slices.Contains(p.unreadable, f.name) && (f.rule == nil || !slices.Contains(p.unreadable, d.Block.Name))
}

// value is a field of the response, its documented default where the response does not have it, null where the block's type does not have
// it.
func (d *Definition) value(p *parsedResponse, f field, blockType types.String) attr.Value {
	value := p.values[f.name]
	switch {
	case !d.applies(f, blockType):
		return f.Type.Null()
	case f.rule != nil && !d.isTyped(blockType), !value.IsNull(), !d.canRead(p, f):
		return value
	}
	return f.absent()
}

// responseType is the block's type by the response.
func (d *Definition) responseType(p *parsedResponse) types.String {
	name := d.Block.TypeName
	if d.typeInside() {
		name = d.Block.Name + "." + name
	}
	blockType, _ := p.values[name].(types.String)
	return blockType
}

// fromAPI is a response as Terraform holds it, for an import, a data source or a list. A block that shows nothing but what Twilio makes
// up is null. What can't be read is null as well; the names of what of it matters are returned.
func (d *Definition) fromAPI(object *twilio.Object) (values, []string) {
	return d.fromResponse(object, false)
}

// fromState is fromAPI for the state of another provider in the form of a response. A block in which that has a type was configured there,
// so that it counts even where Twilio could have made it up.
func (d *Definition) fromState(object *twilio.Object) (values, []string) {
	return d.fromResponse(object, d.typeInside())
}

func (d *Definition) fromResponse(object *twilio.Object, typeProves bool) (values, []string) {
	p := d.parse(object)
	blockType := d.responseType(p)
	v := d.assemble(p, func(f field) attr.Value { return d.value(p, f, blockType) })
	proven := typeProves && d.isTyped(blockType) || slices.ContainsFunc(d.fields(), func(f field) bool { return d.proves(f, v, p) })
	if !p.hasBlock || !proven {
		d.setBlock(v, d.nullBlock())
	}
	return v, d.unreadableThatMatter(p, nil, blockType)
}

// proves reports whether a field shows that the block is in use.
func (d *Definition) proves(f field, v values, p *parsedResponse) bool {
	if f.rule == nil || len(f.rule.RequiredFor) == 0 && f.rule.Idle == nil {
		return false
	}
	value := d.get(v, f)
	return !d.canRead(p, f) || !value.IsNull() && !value.Equal(f.rule.Idle)
}

// assemble makes a resource by asking for each field's value.
func (d *Definition) assemble(p *parsedResponse, value func(field) attr.Value) values {
	v, inner := values{"id": types.StringValue(p.sid)}, map[string]attr.Value{}
	for _, f := range d.fields() {
		if f.rule == nil {
			v[f.Name] = value(f)
		} else {
			inner[f.Name] = value(f)
		}
	}
	v["sid"] = v["id"]
	d.setBlock(v, types.ObjectValueMust(d.blockObjectType(), inner))
	return v
}

// refresh is a response to a read of a resource that Terraform knows. A value stays where the response has it in another form, and where
// the response does not tell: see keeps. It also returns what can't be read, and what is unclear now.
func (d *Definition) refresh(object *twilio.Object, known values, before unclear) (v values, unreadable []string, now unclear) {
	p, now := d.parse(object), unclear{}
	kept, keepsBlock := map[string]attr.Value{}, true
	for _, f := range d.fields() {
		held := d.get(known, f)
		if !attribute.IsKnown(held) {
			continue
		}
		if !d.keeps(p, f, held, before) {
			keepsBlock = keepsBlock && f.rule == nil
			continue
		}
		kept[f.name] = held
		if raw, ok := before[f.name]; ok && !d.canRead(p, f) {
			now[f.name] = raw
		} else if d.compareField(p, f, held) == compare.Unclear && d.canRead(p, f) {
			now[f.name] = p.rawOf(f)
		}
	}
	blockType := d.responseType(p)
	if held, ok := kept[d.typePath().String()].(types.String); ok {
		blockType = held
	}
	v = d.assemble(p, func(f field) attr.Value {
		if held, ok := kept[f.name]; ok && (d.applies(f, blockType) || before.has(f)) {
			return held
		}
		return d.value(p, f, blockType)
	})
	if !p.hasBlock && !keepsBlock || d.block(known).IsNull() {
		d.setBlock(v, d.nullBlock()) // not there, or not managed
	}
	return v, d.unreadableThatMatter(p, known, blockType), now
}

// unreadableThatMatter lists what of a response that can't be read matters: not what the block's type does not have, nor a block that
// Terraform does not manage. A nil known is an import or a data source.
func (d *Definition) unreadableThatMatter(p *parsedResponse, known values, blockType types.String) []string {
	ignored := map[string]bool{d.Block.Name: known != nil && d.block(known).IsNull()}
	for _, f := range d.fields() {
		ignored[f.name] = !d.applies(f, blockType) || f.rule != nil && ignored[d.Block.Name]
	}
	return slices.DeleteFunc(slices.Clone(p.unreadable), func(name string) bool { return ignored[name] })
}
