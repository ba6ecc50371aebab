package tfresource

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// validate checks the block of a configuration. Unknown values are valid: Terraform validates again when they are known. It also
// does so in each plan and apply, with a configured provider: isPlan leaves out the warnings that terraform validate gives.
func (b *Block) validate(config values, isPlan bool) diag.Diagnostics {
	blockType, of := b.typeOf(config), b.typeName()
	switch {
	case !config.has(b), blockType.IsUnknown(), blockType.IsNull() && isPlan:
		return nil
	case blockType.IsNull():
		return warningAtf(b.path(), "Missing "+of, "The %s block is set, but %s is not. Twilio chooses the type, and Terraform can't check that "+
			"the block fits it. Set %s%s.", b.Name, of, of, b.fittingTypes(config))
	case !b.isTyped(blockType):
		return nil // refused already
	}
	var diags diag.Diagnostics
	missing, inapplicable := b.misfits(blockType.ValueString(), config)
	for _, f := range missing {
		diags.Append(errorAtf(f.path, "Missing "+b.words()+" attribute", "%s is required when %s is %s, and is not set. Set it, or change %s.",
			f.name, of, blockType, of)...)
	}
	for _, f := range inapplicable {
		diags.Append(errorAtf(f.path, b.title()+" attribute does not apply", "%s is set to %s, but does not apply when %s is %s. Remove it, or "+
			"change %s: it applies to %s.", f.name, attribute.ShownValue(config[f.name]), of, blockType, of, attribute.ListOf(f.types()))...)
	}
	return diags
}

// fittingTypes names the types that a block is for, by what it sets. It names none where the block sets nothing that only some types
// have: the type that Twilio has may be any, and another one would drop its settings.
func (b *Block) fittingTypes(config values) string {
	var types []string
	for _, t := range b.Types {
		if missing, inapplicable := b.misfits(t, config); len(missing)+len(inapplicable) == 0 {
			types = append(types, strconv.Quote(t))
		}
	}
	isTelling := func(f field) bool { return !b.appliesToAll(f.Rule) && attribute.IsKnown(config[f.name]) }
	if len(types) == 0 || !slices.ContainsFunc(b.fields(), isTelling) {
		return ""
	}
	return " to " + strings.Join(types, " or ") + ", which is what the block fits"
}

// validateNew reports what a plan must not set, but what a state may have, since Terraform generates configurations from what it imports:
// values that an enumeration of Twilio's has and this provider does not list, and a type without its block. prior is nil for a create.
// Terraform plans a replacement as a create.
func (d *Definition) validateNew(config, prior values) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, b := range d.Blocks {
		diags.Append(b.validateNewType(config, prior)...)
	}
	for _, f := range d.fields() {
		if growing, ok := f.Type.(attribute.Growing); ok {
			diags.Append(growing.CheckNew(f.path, config.known(f), prior.known(f))...)
		}
	}
	return diags
}

// validateNewType reports a type beside the block without the block, unless the state is the same.
func (b *Block) validateNewType(config, prior values) diag.Diagnostics {
	blockType := b.typeOf(config)
	if !b.isTyped(blockType) || !config.lacks(b) || prior != nil && !prior.has(b) && b.typeOf(prior).Equal(blockType) {
		return nil
	}
	required, _ := b.misfits(blockType.ValueString(), config)
	otherwise := ""
	if prior != nil {
		otherwise = " Or remove " + b.TypeName + ": Terraform then leaves the " + b.words() + " in Twilio as it is."
	}
	return errorAtf(path.Root(b.TypeName), "Missing "+b.Name+" block", "%s is %s, but the %s block is missing. Add the block with %s.%s",
		b.TypeName, blockType, b.Name, namesOf(required), otherwise)
}
