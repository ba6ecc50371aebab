package tfresource

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

type privateState interface {
	privateReader
	privateWriter
}

// warnClearing warns of clearable attributes of the block that the configuration empties, since Twilio does not document the result, and of
// those that it no longer sets, since Twilio keeps them.
func (d *Definition) warnClearing(ctx context.Context, config, plan, prior values, private privateState) diag.Diagnostics {
	var diags diag.Diagnostics
	before, now := recall[[]string](ctx, private, clearableKey), d.clearableIn(config)
	for _, r := range d.Block.Rules {
		empty, at, had := r.empty(), d.blockPath().AtName(r.Name), d.child(prior, r)
		switch {
		case empty == nil || had.Equal(empty):
		case d.child(config, r).Equal(empty):
			diags.Append(warnCleared(at, empty))
		case slices.Contains(before, r.Name) && !slices.Contains(now, r.Name) && !had.IsNull() && d.child(plan, r).Equal(had):
			diags.Append(warnKept(at, empty))
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
	for _, r := range d.Block.Rules {
		if r.empty() != nil && !d.child(v, r).IsNull() {
			names = append(names, r.Name)
		}
	}
	return names
}

func warnCleared(at path.Path, empty attr.Value) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(at, "Clearing "+at.String(), fmt.Sprintf("%s is set to %s, which Terraform sends as an empty "+
		"value. Twilio does not document what becomes of it. Check the value in Twilio after the apply.", at, empty))
}

func warnKept(at path.Path, empty attr.Value) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(at, "Twilio keeps "+at.String(), fmt.Sprintf("%s was removed from the configuration. "+
		"Terraform does not clear it, and Twilio keeps the value. To clear it, set %s to %s.", at, at, empty))
}

// empty returns the value that clears the attribute, nil where there is none.
func (a Attribute) empty() attr.Value {
	clearable, ok := a.Type.(attribute.Clearable)
	if !ok {
		return nil
	}
	return clearable.Empty()
}
