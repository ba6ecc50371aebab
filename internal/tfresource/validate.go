package tfresource

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// validateBlock holds the block of a configuration to the rules. Values that are not known yet pass; Terraform asks again when they are.
// It does so in a plan and an apply as well, with a provider that is configured: what is only to be said once is not said again then.
func (d *Definition) validateBlock(config values, again bool) diag.Diagnostics {
	var diags diag.Diagnostics
	block, blockType := d.block(config), d.blockType(config)
	title := d.Block.Texts.Title
	switch {
	case block.IsUnknown(), blockType.IsUnknown():
	case blockType.IsNull() && !block.IsNull() && again:
	case blockType.IsNull() && !block.IsNull():
		diags.AddAttributeWarning(d.blockPath(), title+" without a type", fmt.Sprintf("The %s block is set, but %s is not: Twilio decides "+
			"which type the %s gets, and Terraform can't check that the block fits it. Set %[2]s%[4]s.", d.Block.Name, d.typeName(), d.noun(), d.meantTypes(block.Attributes())))
	case blockType.IsNull(), !d.isTyped(blockType):
		// Nothing to check, or refused already.
	case block.IsNull():
		diags.AddAttributeError(d.typePath(), "Missing "+d.Block.Name+" block",
			fmt.Sprintf("%s is %q, but there is no %s block to say %s. Add an %[3]s block with %[5]s; or remove %[1]s, and %[6]s.",
				d.typeName(), blockType.ValueString(), d.Block.Name, d.Block.Texts.Without,
				attribute.ListOf(d.requiredNames(blockType.ValueString())), d.Block.Texts.Left))
	default:
		diags.Append(d.checkRequired(blockType.ValueString(), block.Attributes())...)
		diags.Append(d.checkApplicable(blockType.ValueString(), block.Attributes())...)
	}
	return diags
}

// meantTypes says which types a block can be meant for, by what it sets.
func (d *Definition) meantTypes(block map[string]attr.Value) string {
	var types []string
	for _, t := range d.Block.Types {
		if !d.checkRequired(t, block).HasError() && !d.checkApplicable(t, block).HasError() {
			types = append(types, strconv.Quote(t))
		}
	}
	if len(types) == 0 {
		return ""
	}
	return " to " + strings.Join(types, " or ") + ", which is what the block fits"
}

// checkRequired reports each attribute that the type requires and the block lacks.
func (d *Definition) checkRequired(blockType string, block map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, r := range d.Block.Rules {
		if r.required(blockType) && block[r.Name].IsNull() {
			at := d.blockPath().AtName(r.Name)
			diags.AddAttributeError(at, "Missing "+d.Block.Texts.title()+" attribute",
				fmt.Sprintf("%s is required when %s is %q, and is not set. Set it, or change %[2]s.", at, d.typeName(), blockType))
		}
	}
	return diags
}

// checkApplicable reports each attribute of the block that means nothing to the type.
func (d *Definition) checkApplicable(blockType string, block map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, r := range d.Block.Rules {
		if value := block[r.Name]; attribute.IsKnown(value) && !r.applies(blockType) {
			at := d.blockPath().AtName(r.Name)
			diags.AddAttributeError(at, d.Block.Texts.Title+" attribute does not apply",
				fmt.Sprintf("%s is set to %s, but does not apply when %s is %q. Remove it, or change %[3]s: it applies to %[5]s.",
					at, attribute.ShownValue(value), d.typeName(), blockType, attribute.ListOf(r.types())))
		}
	}
	return diags
}

func (d *Definition) requiredNames(blockType string) []string {
	var names []string
	for _, r := range d.Block.Rules {
		if r.required(blockType) {
			names = append(names, r.Name)
		}
	}
	return names
}

// title is the block's title within a sentence.
func (t BlockTexts) title() string { return strings.ToLower(t.Title[:1]) + t.Title[1:] }
