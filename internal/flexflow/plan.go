package flexflow

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What a plan shows, given the configuration and the prior state (which is none for a create):
//
//	create            every configured value and documented default; unknown: what Twilio sets
//	no change         nothing, date_updated included
//	one change        that attribute, and date_updated as unknown
//	removed attribute its documented default; where there is none, no change
//	changed type      the old type's attributes leave (null), the new type's arrive; unknown: creation_on_message, if not set
//	unknown value     that attribute as unknown, and what depends on it; an unknown type makes all unset children unknown
//	drift             the same as a change
//	block removed     the block leaves the state; a warning says that Twilio keeps it, and nothing is sent
//	timeouts          that change alone, and nothing is sent
//	object gone       the same as a create

// ModifyPlan decides what attribute defaults and plan modifiers can't: the block's children, which depend on the type, and
// date_updated, which depends on everything.
func (r *flexFlowResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return // a destroy
	}
	config, diags := modelOf(ctx, req.Config.Raw)
	resp.Diagnostics.Append(diags...)
	proposed, diags := modelOf(ctx, req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	var prior *model
	if !req.State.Raw.IsNull() {
		state, diags := modelOf(ctx, req.State.Raw)
		resp.Diagnostics.Append(diags...)
		prior = &state
	}
	if resp.Diagnostics.HasError() {
		return
	}

	plan := proposed
	// Before Terraform 1.3, a block that was taken out is proposed as it was.
	plan.Timeouts = config.Timeouts
	plan.Integration = planIntegration(config, plan, prior)
	if prior != nil {
		// Terraform plans once more when it applies, and would say all this again. It has read the flow only before the first plan.
		if r.client != nil && r.client.HasRead(prior.SID.ValueString()) {
			resp.Diagnostics.Append(warnPlannedType(config, plan)...)
			resp.Diagnostics.Append(warnRemovedBlock(plan, *prior)...)
		}
		// Compared with what is never sent put back.
		sent := plan
		sent.DateUpdated = prior.DateUpdated
		if plan.Integration.IsNull() {
			sent.Integration = prior.Integration
		}
		plan.DateUpdated = types.StringUnknown()
		if sent.equal(*prior) {
			plan.DateUpdated = prior.DateUpdated
		}
	}
	if !plan.equal(proposed) || !plan.Timeouts.Equal(proposed.Timeouts) { // else the response holds it already
		resp.Diagnostics.Append(plan.write(ctx, &resp.Plan.Raw)...)
	}
}

// planIntegration is the block as it is planned to be.
func planIntegration(config, plan model, prior *model) types.Object {
	if !isKnown(config.Integration) {
		return config.Integration
	}
	configured := config.Integration.Attributes()
	integrationType := plan.IntegrationType
	return integrationObject(func(r rule) attr.Value {
		hasPrior := prior != nil && isKnown(prior.Integration)
		switch {
		case !configured[r.name].IsNull():
			return configured[r.name]
		case integrationType.IsUnknown():
			return r.unknown()
		case !isTyped(integrationType) && !hasPrior:
			return r.unknown()
		case !isTyped(integrationType):
			return prior.Integration.Attributes()[r.name]
		case !r.applies(integrationType.ValueString()):
			return r.null()
		case !r.standard.IsNull():
			return r.standard
		case hasPrior && prior.IntegrationType.Equal(integrationType):
			// Even when null: else a value that Twilio leaves unset would be a perpetual diff.
			return prior.Integration.Attributes()[r.name]
		case hasPrior && r.required(integrationType.ValueString()):
			return r.null() // nothing is sent that could give it a value; ignore_changes kept the block of another type
		default:
			return r.unknown()
		}
	})
}

// warnPlannedType holds the block to the type that is planned, which no validation of the configuration saw: where Twilio chose
// it, or ignore_changes keeps a block of another type. It only warns, because an error would stop a destroy as well.
func warnPlannedType(config, plan model) diag.Diagnostics {
	if !isKnown(config.Integration) || !isTyped(plan.IntegrationType) {
		return nil
	}
	var missing, unfit []string
	for _, r := range rules {
		switch integrationType := plan.IntegrationType.ValueString(); {
		case r.required(integrationType) && plan.Integration.Attributes()[r.name].IsNull():
			missing = append(missing, r.name)
		case !r.applies(integrationType) && isKnown(config.Integration.Attributes()[r.name]):
			unfit = append(unfit, r.name)
		}
	}
	var problems []string
	if len(missing) > 0 {
		problems = append(problems, "it lacks "+listOf(missing)+", which this type requires")
	}
	if len(unfit) > 0 {
		problems = append(problems, "it sets "+listOf(unfit)+", which this type does not have")
	}
	if len(problems) == 0 {
		return nil
	}
	cause := "ignore_changes in the resource's lifecycle block keeps the integration block as it was for another type. Take integration out of " +
		"ignore_changes, or put integration_type in as well."
	if config.IntegrationType.IsNull() {
		cause = "The configuration sets no integration_type, and Twilio made it " + plan.IntegrationType.String() +
			". Set integration_type to the type that the block is for."
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(integrationPath, "Integration does not fit its type",
		fmt.Sprintf("The integration block does not fit integration_type %s: %s. %s", plan.IntegrationType, strings.Join(problems, "; "), cause))}
}

func warnRemovedBlock(plan, prior model) diag.Diagnostics {
	var diags diag.Diagnostics
	if plan.Integration.IsNull() && !prior.Integration.IsNull() {
		diags.AddAttributeWarning(integrationPath, "Integration is no longer managed",
			"The integration block was removed from the configuration. Terraform forgets it and changes nothing in Twilio: the Flex Flow "+
				prior.SID.ValueString()+" goes on handling messages as it does now. To change what handles them, set the block; to stop "+
				"handling them, set enabled to false.")
	}
	return diags
}
