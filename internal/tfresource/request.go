package tfresource

import (
	"fmt"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// params are the parameters that turn prior into plan: those that differ. The block goes as a whole, and with its type, since an update may
// replace what it does not send. What is null or unknown is not sent.
func (d *Definition) params(plan, prior values) url.Values {
	params := url.Values{}
	block := d.block(plan)
	blockChanges := !block.IsNull() && (!block.Equal(d.block(prior)) || !d.blockType(plan).Equal(d.blockType(prior)))
	for _, a := range d.Attributes {
		if a.Immutable && prior[a.Name] != nil && !prior[a.Name].IsNull() {
			continue // an update can't change it
		}
		value, together := plan[a.Name], blockChanges && a.Name == d.Block.TypeName && !d.typeInside()
		if a.Role != Computed && attribute.IsKnown(value) && (together || !value.Equal(prior[a.Name])) {
			params[a.parameter()] = a.encode(value)
		}
	}
	if blockChanges {
		children := block.Attributes()
		for _, r := range d.Block.Rules {
			if attribute.IsKnown(children[r.Name]) {
				params[d.parameter(r)] = r.encode(children[r.Name])
			}
		}
	}
	return params
}

// stateAfterWrite is the state after a write that turned prior into plan: what was known in the plan stays, so that an apply can't end in
// an inconsistent result, and the response gives the rest. Where the response to what changed says otherwise, a warning names the
// attribute.
func (d *Definition) stateAfterWrite(plan, prior, response values) (values, diag.Diagnostics) {
	var diags diag.Diagnostics
	for _, difference := range d.differences(plan, response) {
		if difference.planned.Equal(difference.of(prior)) {
			continue // not asked for now; the next plan sees it, if it matters
		}
		if difference.isForm(response) {
			continue // no plan sees it
		}
		// The name is in the summary because Terraform shows only one of several warnings with the same one.
		name, planned, got := difference.path.String(), attribute.WithoutURLSecrets(difference.planned), attribute.WithoutURLSecrets(difference.of(response))
		if attribute.SameButForCase(difference.planned, difference.of(response)) {
			diags.AddAttributeWarning(difference.path, "Twilio writes "+name+" in another way",
				fmt.Sprintf("Twilio changed the value of %s in letter case or white space alone. So that plans show no difference, set it to %s.", name, got))
			continue
		}
		later := "; the next plan shows the difference if it is there to stay"
		if difference.attribute.Fixed {
			later = ""
		}
		diags.AddAttributeWarning(difference.path, "Twilio answered another "+name,
			fmt.Sprintf("%s was set to %s, and Twilio accepted the call, but answered %s. Terraform keeps the configured value%s.", name, planned, got, later))
	}
	state := values{"timeouts": plan["timeouts"]}
	for name, value := range response {
		state[name] = value
		if !plan[name].IsUnknown() {
			state[name] = plan[name]
		}
	}
	if block := d.block(plan); attribute.IsKnown(block) {
		state[d.Block.Name] = d.newBlock(func(r Rule) attr.Value {
			if planned := block.Attributes()[r.Name]; !planned.IsUnknown() {
				return planned
			}
			return d.child(response, r)
		})
	}
	return state, diags
}

// A difference is an attribute that was planned to be one thing and answered as another.
type difference struct {
	path      path.Path
	planned   attr.Value
	of        func(values) attr.Value
	attribute Attribute
}

// isForm tells whether the difference is one of form alone, in an attribute of which that is no change.
func (d difference) isForm(response values) bool {
	return d.attribute.Immutable && attribute.SameButForForm(d.planned, d.of(response))
}

// differences lists what a response has otherwise than planned. What is not known in the plan, or null in the response, does not differ.
func (d *Definition) differences(plan, response values) []difference {
	var all []difference
	compare := func(p path.Path, a Attribute, of func(values) attr.Value) {
		if planned, got := of(plan), of(response); attribute.IsKnown(planned) && attribute.IsKnown(got) && !planned.Equal(got) {
			all = append(all, difference{p, planned, of, a})
		}
	}
	for _, a := range d.Attributes {
		compare(path.Root(a.Name), a, func(v values) attr.Value { return v[a.Name] })
	}
	for _, r := range d.Block.Rules {
		compare(d.blockPath().AtName(r.Name), r.Attribute, func(v values) attr.Value { return d.child(v, r) })
	}
	return all
}

// matches tells whether a resource is what a plan asks for, in every value that the plan knows and the API tells.
func (d *Definition) matches(plan values, object *twilio.Object) bool {
	got, _ := d.fromAPI(object, plan)
	for _, difference := range d.differences(plan, got) {
		if !difference.isForm(got) {
			return false
		}
	}
	return true
}
