package tfresource

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		b.plan(config, plan, prior)
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
		if !a.Immutable || old.Equal(plan[a.Name]) || imported && a.isUntold(old) {
			continue
		}
		if plan[a.Name].IsUnknown() || a.Type.Compare(plan[a.Name], old) != compare.Same {
			all = append(all, path.Root(a.Name))
		}
	}
	return all
}

// isUntold reports whether a value that was imported need not be the one that Twilio uses.
func (a Attribute) isUntold(imported attr.Value) bool { return a.DriftIgnored || imported.IsNull() }

// planChanging plans the attributes that Twilio sets with each update: unknown if there is one, which is when the plan differs from the
// state in what is sent.
func (d *Definition) planChanging(plan, prior values) {
	sent := maps.Clone(plan)
	for _, f := range d.fields() {
		if f.Role == SetByUpdates || f.Immutable || f.block != nil && plan.lacks(f.block) {
			sent[f.name] = prior[f.name]
		}
	}
	for _, b := range d.Blocks {
		if plan.lacks(b) {
			sent[b.Name] = prior[b.Name]
		}
	}
	isUpdate := !sent.equal(prior)
	for _, a := range d.Attributes {
		if a.Role == SetByUpdates {
			if plan[a.Name] = prior[a.Name]; isUpdate {
				plan[a.Name] = a.Type.Unknown()
			}
		}
	}
}

// isUpdated reports whether a plan says that something changes in Twilio.
func (d *Definition) isUpdated(plan values) bool {
	return slices.ContainsFunc(d.Attributes, func(a Attribute) bool { return a.Role == SetByUpdates && plan[a.Name].IsUnknown() })
}

// planType is the block's type as it is planned to be.
func (b *Block) planType(config, plan, prior values) types.String {
	switch {
	case !b.typeInside():
		return plan.text(b.TypeName)
	case !b.typeOf(config).IsNull():
		return b.typeOf(config)
	case prior.has(b):
		return b.typeOf(prior)
	}
	return types.StringUnknown()
}

// plan plans the block.
func (b *Block) plan(config, plan, prior values) {
	blockType := b.planType(config, plan, prior)
	plan[b.Name] = config[b.Name]
	for _, f := range b.fields() {
		switch value := config[f.name]; {
		case !config.has(b), !value.IsNull():
			plan[f.name] = value
		case f.Name == b.TypeName:
			plan[f.name] = blockType
		default:
			plan[f.name] = b.planUnset(f, blockType, config, prior)
		}
	}
}

// planUnset is an attribute of the block that the configuration does not set, as it is planned to be.
func (b *Block) planUnset(f field, blockType types.String, config, prior values) attr.Value {
	hasPrior := prior.has(b)
	isTypeSet := !b.typeOf(config).IsNull() // else Twilio chose it, and the values that came with it
	switch {
	case blockType.IsUnknown(), !b.isTyped(blockType) && !hasPrior:
		return f.Type.Unknown()
	case !b.isTyped(blockType):
		return prior[f.name]
	case !f.applies(blockType.ValueString()):
		return f.Type.Null()
	case f.Default != nil && (isTypeSet || !hasPrior || prior[f.name].IsNull()):
		return f.Default
	case hasPrior && (b.typeOf(prior).Equal(blockType) || f.SurvivesTypeChange && !prior[f.name].IsNull()):
		// With the same type even when null: else a value that Twilio leaves unset would be a perpetual diff.
		return prior[f.name]
	case hasPrior && f.required(blockType.ValueString()):
		return f.Type.Null() // nothing is sent that could give it a value; ignore_changes kept the block of another type
	}
	return f.Type.Unknown()
}
