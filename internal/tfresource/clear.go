package tfresource

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// warnClearing warns of clearable attributes of blocks that the configuration empties, since Twilio does not document the result, and of
// those that it no longer sets, since Twilio keeps them.
func (d *Definition) warnClearing(ctx context.Context, config, plan, prior values, private privateState) diag.Diagnostics {
	var diags diag.Diagnostics
	before, now := recall[[]string](ctx, private, clearableKey), d.clearableIn(config)
	for _, f := range d.fields() {
		empty, had := f.empty(), prior.known(f)
		switch {
		case f.block == nil || empty == nil || had.Equal(empty):
		case config.known(f).Equal(empty):
			diags.Append(warningAt(f.path, "Clearing "+f.name, "%s is set to %s, which Terraform sends as an empty value. Twilio does not "+
				"document what becomes of it. Check the value in Twilio after the apply.", f.name, empty)...)
		case slices.Contains(before, f.name) && !slices.Contains(now, f.name) && !had.IsNull() && plan.known(f).Equal(had):
			diags.Append(warningAt(f.path, "Twilio keeps "+f.name, "%s was removed from the configuration. Terraform does not clear it, and "+
				"Twilio keeps the value. To clear it, set %s to %s; to keep it without this warning, set it to the value that it has.",
				f.name, f.name, empty)...)
		}
	}
	if !slices.Equal(before, now) {
		diags.Append(remember(ctx, private, clearableKey, now)...)
	}
	return diags
}

// clearableIn returns the names of the clearable attributes that are known: in the plan of a create, those are the configured ones.
func (d *Definition) clearableIn(v values) []string {
	var names []string
	for _, f := range d.fields() {
		if f.block != nil && f.empty() != nil && !v.known(f).IsNull() {
			names = append(names, f.name)
		}
	}
	return names
}

// empty returns the value that clears the attribute, nil where there is none.
func (a Attribute) empty() attr.Value {
	clearable, ok := a.Type.(attribute.Clearable)
	if !ok {
		return nil
	}
	return clearable.Empty()
}
