package tfresource

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

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
			diags.Append(growing.CheckNew(f.path, d.known(config, f), d.known(prior, f))...)
		}
	}
	return diags
}

// validateNewType reports a type beside the block without the block, unless the state is the same.
func (b *Block) validateNewType(config, prior values) diag.Diagnostics {
	blockType := b.typeOf(config)
	if !b.isTyped(blockType) || !b.of(config).IsNull() || prior != nil && b.of(prior).IsNull() && b.typeOf(prior).Equal(blockType) {
		return nil
	}
	detail := fmt.Sprintf("%s is %s, but the %s block is missing. Add the block with %s.", b.typeName(), blockType, b.Name,
		attribute.ListOf(b.requiredNames(blockType.ValueString())))
	if prior != nil {
		detail += fmt.Sprintf(" Or remove %s: Terraform then leaves the %s in Twilio as it is.", b.typeName(), b.words())
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(b.typePath(), "Missing "+b.Name+" block", detail)}
}
