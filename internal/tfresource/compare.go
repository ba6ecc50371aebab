package tfresource

import (
	"bytes"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// unclear are the fields whose value in a response could not be compared with what Terraform holds, by name, as the response had them:
// null, or in another form. While responses have them so, what Terraform holds stays; any other value is drift. Nil means that nothing is
// known.
type unclear map[string]json.RawMessage

func (u unclear) has(f field) bool { _, ok := u[f.name]; return ok }

// compare compares a value that was sent, or that Terraform holds, with a response. It is the one comparison of values: see the
// package compare for the forms of strings.
func (p *parsedResponse) compare(f field, held attr.Value) compare.Outcome {
	switch answered := p.values[f.name]; {
	case !p.canRead(f):
		return compare.Unclear
	case answered.IsNull() && held.Equal(f.absent()):
		return compare.Same
	default:
		return f.Type.Compare(held, answered)
	}
}

// rawOf is a field as the response has it, null where it does not.
func (p *parsedResponse) rawOf(f field) json.RawMessage {
	var compact bytes.Buffer
	if raw := p.raw[f.name]; json.Compact(&compact, raw) == nil && compact.Len() > 0 {
		return compact.Bytes()
	}
	return json.RawMessage("null")
}

// keeps reports whether a value that Terraform holds stays after a read.
func (p *parsedResponse) keeps(f field, held attr.Value, before unclear) bool {
	if !p.canRead(f) || f.DriftIgnored || p.compare(f, held) == compare.Same {
		return true
	}
	tellsNothing := f.absent().IsNull() || f.block != nil && !p.hasBlock[f.block.Name] // else the response has the documented default
	if p.values[f.name].IsNull() && (f.Immutable || before == nil && tellsNothing) {
		return true // no response is evidence that it changed
	}
	return before.has(f) && bytes.Equal(before[f.name], p.rawOf(f))
}

// compareCreate compares a resource with what a create asked for. What is not known in the plan, or may be ignored by Twilio, does not
// count.
func (d *Definition) compareCreate(plan values, object *twilio.Object) compare.Outcome {
	p, outcome := d.parse(object), compare.Same
	for _, f := range d.fields() {
		planned := plan[f.name]
		if !attribute.IsKnown(planned) || f.DriftIgnored {
			continue
		}
		compared := p.compare(f, planned)
		if planned.Equal(types.StringValue("")) && !planned.Equal(f.Default) {
			compared = max(compared, compare.Unclear) // Twilio may choose a value for an empty one
		}
		outcome = min(outcome, compared)
	}
	return outcome
}

// isUnchanged reports whether an entry of a list tells all that Terraform holds of a resource, and nothing else.
func (d *Definition) isUnchanged(object *twilio.Object, state values, before unclear) bool {
	p := d.parse(object)
	for _, f := range d.fields() {
		held := state[f.name]
		_, told := p.raw[f.name]
		switch {
		case f.DriftIgnored:
		case f.block == nil && !told: // a response has every attribute at the top level, also one that is null
			return false
		case attribute.IsKnown(held) && (!told || p.values[f.name].IsNull() && !held.Equal(f.absent())):
			return false
		}
	}
	read, _, _ := d.refresh(object, state, before)
	return read.equal(state)
}
