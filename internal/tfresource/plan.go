package tfresource

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

// What a plan shows, given the configuration and the prior state (which is none for a create):
//
//	create            every configured value and documented default; unknown: what Twilio sets
//	no change         nothing, date_updated included
//	one change        that attribute, and date_updated as unknown; a replacement for an immutable attribute
//	removed attribute its documented default; where there is none, no change
//	changed type      the old type's attributes leave (null), the new type's arrive; unknown: those that are not set and have no default
//	unknown value     that attribute as unknown, and what depends on it; an unknown type makes all unset children unknown
//	drift             the same as a change
//	block removed     the block leaves the state; a warning says that Twilio keeps it, and nothing is sent
//	timeouts          that change alone, and nothing is sent
//	object gone       the same as a create

// ModifyPlan decides what attribute defaults and plan modifiers can't: the block's children, which depend on the type, and
// what changes with each update, which depends on everything.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return // a destroy
	}
	config, diags := r.valuesOf(ctx, req.Config.Raw)
	resp.Diagnostics.Append(diags...)
	proposed, diags := r.valuesOf(ctx, req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	var prior values
	if !req.State.Raw.IsNull() {
		prior, diags = r.valuesOf(ctx, req.State.Raw)
		resp.Diagnostics.Append(diags...)
	}
	resp.Diagnostics.Append(r.validateNew(config, prior)...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan := maps.Clone(proposed)
	// Before Terraform 1.3, a block that was taken out is proposed as it was.
	plan["timeouts"] = config["timeouts"]
	for _, b := range r.Blocks {
		plan[b.Name] = b.plan(config, plan, prior)
	}
	resp.Diagnostics.Append(r.warnClearing(ctx, config, plan, prior, resp.Private)...)
	referred := prior
	if prior != nil {
		imported := recall[importing](ctx, req.Private, importKey) == importRead
		resp.Diagnostics.Append(r.warnImported(plan, prior, imported)...)
		if resp.RequiresReplace = r.replaced(plan, prior, imported); len(resp.RequiresReplace) > 0 {
			resp.Diagnostics.Append(r.warnReplaced(config, prior)...)
			referred = nil // all references are new, and Terraform drops the warnings of the plan that creates the replacement
		}
		for _, b := range r.Blocks {
			resp.Diagnostics.Append(b.warnPlannedType(config, plan)...)
			resp.Diagnostics.Append(b.warnRemoved(plan, prior)...)
		}
		r.planChanging(plan, prior)
	}
	resp.Diagnostics.Append(r.warnReferences(ctx, config, referred)...)
	if !plan.equal(proposed) || !plan["timeouts"].Equal(proposed["timeouts"]) { // else the response holds it already
		resp.Diagnostics.Append(r.write(ctx, plan, &resp.Plan.Raw)...)
	}
}

// replaced lists the attributes whose change replaces the resource. The same value in another form does not; nor, after an import, one of
// which Twilio's response tells nothing.
func (d *Definition) replaced(plan, prior values, imported bool) path.Paths {
	var all path.Paths
	for _, a := range d.Attributes {
		old := prior[a.Name]
		if !a.Immutable || old.Equal(plan[a.Name]) || imported && (a.DriftIgnored || old.IsNull()) {
			continue
		}
		if plan[a.Name].IsUnknown() || a.Type.Compare(plan[a.Name], old) != compare.Same {
			all = append(all, path.Root(a.Name))
		}
	}
	return all
}

// warnImported warns of values that can't be changed, and that Terraform takes from the configuration after an import: Twilio returned
// none, or one that need not be what it uses.
func (d *Definition) warnImported(plan, prior values, imported bool) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, a := range d.Attributes {
		old, planned := prior[a.Name], plan[a.Name]
		if imported && a.Immutable && (a.DriftIgnored || old.IsNull()) && attribute.IsKnown(planned) && !planned.Equal(old) {
			returned := "no " + a.Name
			if !old.IsNull() {
				returned = a.Name + " " + old.String()
			}
			diags.AddAttributeWarning(path.Root(a.Name), "Imported "+d.noun()+" keeps its "+a.Name, fmt.Sprintf("Twilio returned %s for %s. "+
				"Terraform takes %s from the "+
				"configuration into the state and changes nothing in Twilio. If Twilio has another one, replace the %s with terraform apply -replace.",
				returned, prior.sid(), planned, d.noun()))
		}
	}
	return diags
}

// planChanging plans the attributes that Twilio sets with each update: unknown if there is one, which is when the plan differs from the
// state in what is sent.
func (d *Definition) planChanging(plan, prior values) {
	sent := maps.Clone(plan)
	for _, b := range d.Blocks {
		if b.of(plan).IsNull() {
			sent[b.Name] = b.of(prior)
		}
	}
	for _, a := range d.Attributes {
		if a.Role == SetByUpdates || a.Immutable {
			sent[a.Name] = prior[a.Name]
		}
	}
	updated := !sent.equal(prior)
	for _, a := range d.Attributes {
		if a.Role == SetByUpdates {
			if plan[a.Name] = prior[a.Name]; updated {
				plan[a.Name] = a.Type.Unknown()
			}
		}
	}
}

// isUpdated reports whether a plan says that something changes in Twilio.
func (d *Definition) isUpdated(plan values) bool {
	for _, a := range d.Attributes {
		if a.Role == SetByUpdates && plan[a.Name].IsUnknown() {
			return true
		}
	}
	return false
}

// planType is the block's type as it is planned to be.
func (b *Block) planType(config, plan, prior values) types.String {
	if !b.typeInside() {
		return plan.text(b.TypeName)
	}
	switch configured := b.typeOf(config); {
	case !configured.IsNull():
		return configured
	case prior != nil && attribute.IsKnown(b.of(prior)):
		return b.typeOf(prior)
	}
	return types.StringUnknown()
}

// plan is the block as it is planned to be.
func (b *Block) plan(config, plan, prior values) types.Object {
	if block := b.of(config); !attribute.IsKnown(block) {
		return block
	}
	configured := b.of(config).Attributes()
	blockType := b.planType(config, plan, prior)
	hasPrior := prior != nil && attribute.IsKnown(b.of(prior))
	isTypeSet := !b.typeOf(config).IsNull() // else Twilio chose it, and the values that came with it
	return b.newValue(func(r Rule) attr.Value {
		switch {
		case !configured[r.Name].IsNull():
			return configured[r.Name]
		case r.Name == b.TypeName:
			return blockType
		case blockType.IsUnknown():
			return r.Type.Unknown()
		case !b.isTyped(blockType) && !hasPrior:
			return r.Type.Unknown()
		case !b.isTyped(blockType):
			return b.of(prior).Attributes()[r.Name]
		case !r.applies(blockType.ValueString()):
			return r.Type.Null()
		case r.Default != nil && (isTypeSet || !hasPrior || b.child(prior, r).IsNull()):
			return r.Default
		case hasPrior && (b.typeOf(prior).Equal(blockType) || r.SurvivesTypeChange && !b.child(prior, r).IsNull()):
			// With the same type even when null: else a value that Twilio leaves unset would be a perpetual diff.
			return b.of(prior).Attributes()[r.Name]
		case hasPrior && r.required(blockType.ValueString()):
			return r.Type.Null() // nothing is sent that could give it a value; ignore_changes kept the block of another type
		default:
			return r.Type.Unknown()
		}
	})
}

// warnPlannedType holds the block to the type that is planned, which no validation of the configuration saw: where Twilio chose
// it, or ignore_changes keeps a block of another type. It only warns, because an error would stop a destroy as well.
func (b *Block) warnPlannedType(config, plan values) diag.Diagnostics {
	blockType := b.typeOf(plan)
	if !attribute.IsKnown(b.of(config)) || !b.isTyped(blockType) {
		return nil
	}
	var missing, unfit []string
	for _, r := range b.Rules {
		switch {
		case r.required(blockType.ValueString()) && b.of(plan).Attributes()[r.Name].IsNull():
			missing = append(missing, r.Name)
		case !r.applies(blockType.ValueString()) && attribute.IsKnown(b.of(config).Attributes()[r.Name]):
			unfit = append(unfit, r.Name)
		}
	}
	var problems []string
	if len(missing) > 0 {
		problems = append(problems, "missing: "+attribute.ListOf(missing))
	}
	if len(unfit) > 0 {
		problems = append(problems, "not applicable: "+attribute.ListOf(unfit))
	}
	if len(problems) == 0 {
		return nil
	}
	cause := fmt.Sprintf("ignore_changes in the resource's lifecycle block keeps %s, or the %s block, as it was. Ignore changes of both "+
		"or of neither.",
		b.typeName(), b.Name)
	if b.typeOf(config).IsNull() {
		cause = fmt.Sprintf("The configuration does not set %s, and Twilio chose %s. Set %[1]s to the type that the block is "+
			"for.", b.typeName(), blockType)
	} else if b.typeInside() {
		cause = fmt.Sprintf("ignore_changes in the resource's lifecycle block keeps %s as it was. Remove it from ignore_changes, or write "+
			"the block for this type.", b.typeName())
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(b.path(), b.title()+" does not fit its type",
		fmt.Sprintf("The %s block does not fit %s %s: %s. %s", b.Name, b.typeName(), blockType, strings.Join(problems, "; "), cause))}
}

// warnReplaced says what a replacement loses: what the configuration does not set, and Twilio has.
func (d *Definition) warnReplaced(config, prior values) diag.Diagnostics {
	lost := []string{}
	for _, a := range d.Attributes {
		if a.Role == Optional && a.Default == nil && config[a.Name].IsNull() && !prior[a.Name].Equal(a.absent()) {
			lost = append(lost, a.Name)
		}
	}
	for _, b := range d.Blocks {
		if b.of(config).IsNull() {
			lost = append(lost, b.Name)
		}
	}
	for _, f := range d.fields() {
		isConfigured := f.block != nil && attribute.IsKnown(f.block.of(config))
		if isConfigured && f.Default == nil && d.get(config, f).IsNull() && !d.known(prior, f).IsNull() {
			lost = append(lost, f.name)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Replacing "+d.noun()+" "+prior.sid()+" drops settings",
		fmt.Sprintf("The configuration does not set %s. The new %s will not have these settings. Set those that you want to "+
			"keep.", attribute.ListOf(lost), d.noun()))}
}

// warnRemoved says what becomes of a block that the configuration does not have: it was removed, or the resource was imported
// without it.
func (b *Block) warnRemoved(plan, prior values) diag.Diagnostics {
	if !b.of(plan).IsNull() || b.of(prior).IsNull() {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(b.path(), b.title()+" is not managed",
		fmt.Sprintf("The configuration has no %s block. Terraform removes it from the state and changes nothing in Twilio. %s",
			b.Name, b.Unmanaged))}
}

// warnDrift warns of a difference that will replace the resource, before a plan does: it may be one of form that Terraform can't tell.
func (d *Definition) warnDrift(read, state values) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, a := range d.Attributes {
		if old := state[a.Name]; a.Immutable && attribute.IsKnown(old) && !old.Equal(read[a.Name]) {
			diags.AddAttributeWarning(path.Root(a.Name), a.Name+" of "+d.noun()+" "+state.sid()+" changed", fmt.Sprintf("The state has %s, and "+
				"Twilio returned %s. "+
				"A configuration with another value than %[2]s replaces the %s. If both are the same %s, set %[4]s to "+
				"%[2]s.", old, read[a.Name], d.noun(), a.Name))
		}
	}
	return diags
}
