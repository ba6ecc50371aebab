package tfresource

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// validateNew reports what a plan must not set, but what a state may have, since Terraform generates configurations from what it imports:
// values that an enumeration of Twilio's has and this provider does not list, and a type without its block. prior is nil for a create.
// Terraform plans a replacement as a create.
func (d *Definition) validateNew(config, prior values) diag.Diagnostics {
	diags := d.validateNewType(config, prior)
	check := func(a Attribute, at path.Path, value, before attr.Value) {
		if growing, ok := a.Type.(attribute.Growing); ok {
			diags.Append(growing.CheckNew(at, value, before)...)
		}
	}
	for _, a := range d.Attributes {
		check(a, path.Root(a.Name), config[a.Name], prior[a.Name])
	}
	for _, r := range d.Block.Rules {
		check(r.Attribute, d.blockPath().AtName(r.Name), d.child(config, r), d.child(prior, r))
	}
	return diags
}

// validateNewType reports a type beside the block without the block, unless the state is the same.
func (d *Definition) validateNewType(config, prior values) diag.Diagnostics {
	blockType := d.blockType(config)
	if !d.isTyped(blockType) || !d.block(config).IsNull() || prior != nil && d.block(prior).IsNull() && d.blockType(prior).Equal(blockType) {
		return nil
	}
	required := attribute.ListOf(d.requiredNames(blockType.ValueString()))
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(d.typePath(), "Missing "+d.Block.Name+" block",
		fmt.Sprintf("%s is %s, but the %s block is missing. Add the block with %s. Or remove %s: Terraform then leaves the %s in Twilio as "+
			"it is.",
			d.typeName(), blockType, d.Block.Name, required, d.typeName(), d.Block.words()))}
}
