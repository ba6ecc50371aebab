package tfresource

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/reference"
)

// warnImported warns of values that can't be changed, and that Terraform takes from the configuration after an import: Twilio returned
// none, or one that need not be what it uses.
func (d *Definition) warnImported(plan, prior values, imported bool) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, a := range d.Attributes {
		old, planned := prior[a.Name], plan[a.Name]
		if !imported || !a.Immutable || !a.isUntold(old) || !attribute.IsKnown(planned) || planned.Equal(old) {
			continue
		}
		returned := "no " + a.Name
		if !old.IsNull() {
			returned = a.Name + " " + old.String()
		}
		diags.Append(warningAtf(path.Root(a.Name), "Imported "+d.noun()+" keeps its "+a.Name, "Twilio returned %s for %s. Terraform takes %s "+
			"from the configuration into the state and changes nothing in Twilio. If Twilio has another one, replace the %s with terraform apply "+
			"-replace.", returned, prior.sid(), planned, d.noun())...)
	}
	return diags
}

// warnPlannedType holds the block to the type that is planned, which no validation of the configuration saw: where Twilio chose
// it, or ignore_changes keeps a block of another type. It only warns, because an error would stop a destroy as well.
func (b *Block) warnPlannedType(config, plan values) diag.Diagnostics {
	blockType := b.typeOf(plan)
	if !config.has(b) || !b.isTyped(blockType) {
		return nil
	}
	missing, _ := b.misfits(blockType.ValueString(), plan)
	_, inapplicable := b.misfits(blockType.ValueString(), config)
	var problems []string
	if len(missing) > 0 {
		problems = append(problems, "missing: "+namesOf(missing))
	}
	if len(inapplicable) > 0 {
		problems = append(problems, "not applicable: "+namesOf(inapplicable))
	}
	if len(problems) == 0 {
		return nil
	}
	var cause string
	switch typeName := b.typeName(); {
	case b.typeOf(config).IsNull():
		cause = "The configuration does not set " + typeName + ", and Twilio chose " + blockType.String() + ". Set " + typeName + " to the " +
			"type that the block is for."
	case b.typeInside():
		cause = "ignore_changes in the resource's lifecycle block keeps " + typeName + " as it was. Remove it from ignore_changes, or write " +
			"the block for this type."
	default:
		cause = "ignore_changes in the resource's lifecycle block keeps " + typeName + ", or the " + b.Name + " block, as it was. Ignore " +
			"changes of both or of neither."
	}
	return warningAtf(b.path(), b.title()+" does not fit its type", "The %s block does not fit %s %s: %s. %s", b.Name, b.typeName(), blockType,
		strings.Join(problems, "; "), cause)
}

// namesOf lists attributes of one block for a message.
func namesOf(fields []field) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	return attribute.ListOf(names)
}

// warnReplaced says what a replacement loses: what the configuration does not set, and Twilio has.
func (d *Definition) warnReplaced(config, prior values) diag.Diagnostics {
	var lost []string
	for _, f := range d.fields() {
		isOptional := f.Role == Optional || f.block != nil && config.has(f.block)
		if isOptional && f.Default == nil && config[f.name].IsNull() && !prior.known(f).Equal(f.absent()) {
			lost = append(lost, f.name)
		}
	}
	for _, b := range d.Blocks {
		if config.lacks(b) {
			lost = append(lost, b.Name)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return warningf("Replacing "+d.noun()+" "+prior.sid()+" drops settings", "The configuration does not set %s. The new %s will not have "+
		"these settings. Set those that you want to keep.", attribute.ListOf(lost), d.noun())
}

// warnRemoved says what becomes of a block that the configuration does not have: it was removed, or the resource was imported
// without it.
func (b *Block) warnRemoved(plan, prior values) diag.Diagnostics {
	if !plan.lacks(b) || !prior.has(b) {
		return nil
	}
	return warningAtf(b.path(), b.title()+" is not managed", "The configuration has no %s block. Terraform removes it from the state and "+
		"changes nothing in Twilio. %s", b.Name, b.Unmanaged)
}

// warnDrift warns of a difference that will replace the resource, before a plan does: it may be one of form that Terraform can't tell.
func (d *Definition) warnDrift(read, state values) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, a := range d.Attributes {
		if old := state[a.Name]; a.Immutable && attribute.IsKnown(old) && !old.Equal(read[a.Name]) {
			diags.Append(warningAtf(path.Root(a.Name), a.Name+" of "+d.noun()+" "+state.sid()+" changed", "The state has %s, and Twilio returned "+
				"%s. A configuration with another value than %[2]s replaces the %s. If both are the same %s, set %[4]s to %[2]s.",
				old, read[a.Name], d.noun(), a.Name)...)
		}
	}
	return diags
}

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
			diags.Append(warningAtf(f.path, "Clearing "+f.name, "%s is set to %s, which Terraform sends as an empty value. Twilio does not "+
				"document what becomes of it. Check the value in Twilio after the apply.", f.name, empty)...)
		case slices.Contains(before, f.name) && !slices.Contains(now, f.name) && !had.IsNull() && plan.known(f).Equal(had):
			diags.Append(warningAtf(f.path, "Twilio keeps "+f.name, "%s was removed from the configuration. Terraform does not clear it, and "+
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

// referencePatience is for how long the plan of a resource waits for what it refers to.
const referencePatience = 2 * time.Second

// warnReferences warns where an attribute, new or changed, refers to something that does not exist, or that no message gets through.
func (r *Resource) warnReferences(ctx context.Context, config, prior values) diag.Diagnostics {
	if r.client == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, referencePatience)
	defer cancel()
	var wait sync.WaitGroup
	problems := map[string]*reference.Problem{}
	var mu sync.Mutex
	for _, f := range r.fields() {
		value, parent := config.referenceOf(f)
		before, parentBefore := prior.referenceOf(f)
		if value == "" || value == before && parent == parentBefore || f.Refers.Parent != "" && parent == "" {
			continue
		}
		wait.Go(func() {
			problem := f.Refers.Check(ctx, r.client, value, parent)
			mu.Lock()
			defer mu.Unlock()
			problems[f.name] = problem
		})
	}
	wait.Wait()

	var diags diag.Diagnostics
	for _, f := range r.fields() {
		p := problems[f.name]
		if p == nil {
			continue
		}
		if parent := problems[f.sibling(f.Refers.Parent)]; parent != nil && parent.Missing {
			continue // nor is what would belong to it
		}
		value, _ := config.referenceOf(f)
		diags.Append(warningAtf(f.path, attribute.Capitalized(p.Summary), "%s is %q, %s", f.name, value, p.Detail)...)
	}
	return diags
}

// referenceOf returns the value of a field that refers to something, and that of the attribute that names what this one belongs to. They
// are empty where they are not known.
func (v values) referenceOf(f field) (value, parent string) {
	if f.Refers == nil {
		return "", ""
	}
	return attribute.TextOf(v[f.name]), attribute.TextOf(v[f.sibling(f.Refers.Parent)])
}

// sibling is the full name of an attribute beside this one.
func (f field) sibling(name string) string {
	if f.block == nil {
		return name
	}
	return f.block.fullName(name)
}
