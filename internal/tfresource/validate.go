package tfresource

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// validate checks the block of a configuration. Unknown values are valid: Terraform validates again when they are known. It also
// does so in each plan and apply, with a configured provider: isPlan leaves out the warnings that terraform validate gives.
func (b *Block) validate(config values, isPlan bool) diag.Diagnostics {
	var diags diag.Diagnostics
	block, blockType := b.of(config), b.typeOf(config)
	switch {
	case block.IsUnknown(), blockType.IsUnknown():
	case blockType.IsNull() && !block.IsNull() && isPlan:
	case blockType.IsNull() && !block.IsNull():
		diags.AddAttributeWarning(b.path(), "Missing "+b.typeName(), fmt.Sprintf("The %s block is set, but %s is not. Twilio chooses the "+
			"type, and Terraform can't check that the block fits it. Set %s%s.",
			b.Name, b.typeName(), b.typeName(), b.fittingTypes(block.Attributes())))
	case block.IsNull(), !b.isTyped(blockType):
		// Nothing to check, refused already, or left to validateNew.
	default:
		diags.Append(b.checkRequired(blockType.ValueString(), block.Attributes())...)
		diags.Append(b.checkApplicable(blockType.ValueString(), block.Attributes())...)
	}
	return diags
}

// fittingTypes names the types that a block is for, by what it sets. It names none where the block sets nothing that only some types
// have: the type that Twilio has may be any, and another one would drop its settings.
func (b *Block) fittingTypes(block map[string]attr.Value) string {
	var types []string
	for _, t := range b.Types {
		if !b.checkRequired(t, block).HasError() && !b.checkApplicable(t, block).HasError() {
			types = append(types, strconv.Quote(t))
		}
	}
	isTelling := func(r Rule) bool { return !b.appliesToAll(r) && attribute.IsKnown(block[r.Name]) }
	if len(types) == 0 || !slices.ContainsFunc(b.Rules, isTelling) {
		return ""
	}
	return " to " + strings.Join(types, " or ") + ", which is what the block fits"
}

// checkRequired reports each attribute that the type requires and the block lacks.
func (b *Block) checkRequired(blockType string, block map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, r := range b.Rules {
		if r.required(blockType) && block[r.Name].IsNull() {
			at := b.at(r.Name)
			diags.AddAttributeError(at, "Missing "+b.words()+" attribute",
				fmt.Sprintf("%s is required when %s is %q, and is not set. Set it, or change %s.", at, b.typeName(), blockType, b.typeName()))
		}
	}
	return diags
}

// checkApplicable reports each attribute of the block that does not apply to the type.
func (b *Block) checkApplicable(blockType string, block map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, r := range b.Rules {
		if value := block[r.Name]; attribute.IsKnown(value) && !r.applies(blockType) {
			at := b.at(r.Name)
			diags.AddAttributeError(at, b.title()+" attribute does not apply",
				fmt.Sprintf("%s is set to %s, but does not apply when %s is %q. Remove it, or change %s: it applies to %s.",
					at, attribute.ShownValue(value), b.typeName(), blockType, b.typeName(), attribute.ListOf(r.types())))
		}
	}
	return diags
}

func (b *Block) requiredNames(blockType string) []string {
	var names []string
	for _, r := range b.Rules {
		if r.required(blockType) {
			names = append(names, r.Name)
		}
	}
	return names
}
