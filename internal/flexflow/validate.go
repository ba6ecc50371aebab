package flexflow

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

var (
	integrationPath     = path.Root("integration")
	integrationTypePath = path.Root("integration_type")
)

// validateIntegration holds the integration block of a configuration to the rule table. Values that are not known yet pass;
// Terraform asks again when they are. It does so in a plan and an apply as well, with a provider that is configured: what is only to be
// said once is not said again then.
func validateIntegration(config model, again bool) diag.Diagnostics {
	var diags diag.Diagnostics
	integrationType, block := config.IntegrationType, config.Integration
	switch {
	case block.IsUnknown(), integrationType.IsUnknown():
	case integrationType.IsNull() && !block.IsNull() && again:
	case integrationType.IsNull() && !block.IsNull():
		diags.AddAttributeWarning(integrationPath, "Integration without a type",
			"The integration block is set, but integration_type is not: Twilio decides which type the Flex Flow gets, and Terraform "+
				"can't check that the block fits it. Set integration_type"+meantTypes(block.Attributes())+".")
	case integrationType.IsNull(), !isTyped(integrationType):
		// Nothing to check, or refused already.
	case block.IsNull():
		diags.AddAttributeError(integrationTypePath, "Missing integration block",
			fmt.Sprintf("integration_type is %q, but there is no integration block to say what handles the messages. "+
				"Add an integration block with %s; or remove integration_type, and Terraform leaves the integration in Twilio as it is.", integrationType.ValueString(), listOf(requiredNames(integrationType.ValueString()))))
	default:
		diags.Append(checkRequired(integrationType.ValueString(), block.Attributes())...)
		diags.Append(checkApplicable(integrationType.ValueString(), block.Attributes())...)
	}
	return diags
}

// meantTypes says which types a block can be meant for, by what it sets.
func meantTypes(block map[string]attr.Value) string {
	var types []string
	for _, t := range integrationTypes {
		if !checkRequired(t, block).HasError() && !checkApplicable(t, block).HasError() {
			types = append(types, strconv.Quote(t))
		}
	}
	if len(types) == 0 {
		return ""
	}
	return " to " + strings.Join(types, " or ") + ", which is what the block fits"
}

// validateTimeouts refuses durations that leave no time. That they are durations at all, the block itself checks.
func validateTimeouts(config model) diag.Diagnostics {
	var diags diag.Diagnostics
	for name, value := range config.Timeouts.Attributes() {
		text, ok := value.(types.String)
		if duration, err := time.ParseDuration(text.ValueString()); ok && isKnown(text) && err == nil && duration <= 0 {
			diags.AddAttributeError(path.Root("timeouts").AtName(name), "Invalid timeout",
				fmt.Sprintf("timeouts.%s is %s, which leaves no time for the operation. Set it to a duration above 0, such as \"5m\".", name, text))
		}
	}
	return diags
}

// checkRequired reports each attribute that the type requires and the block lacks. Types not in the table require nothing.
func checkRequired(integrationType string, block map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, r := range rules {
		if r.required(integrationType) && block[r.name].IsNull() {
			diags.AddAttributeError(integrationPath.AtName(r.name), "Missing integration attribute",
				fmt.Sprintf("integration.%s is required when integration_type is %q, and is not set. Set it, or change integration_type.",
					r.name, integrationType))
		}
	}
	return diags
}

// checkApplicable reports each attribute of the block that means nothing to the type.
func checkApplicable(integrationType string, block map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, r := range rules {
		if value := block[r.name]; isKnown(value) && !r.applies(integrationType) {
			diags.AddAttributeError(integrationPath.AtName(r.name), "Integration attribute does not apply",
				fmt.Sprintf("integration.%s is set to %s, but does not apply when integration_type is %q. Remove it, or change "+
					"integration_type: it applies to %s.", r.name, attribute.ShownValue(value), integrationType, listOf(r.types())))
		}
	}
	return diags
}

func requiredNames(integrationType string) []string {
	var names []string
	for _, r := range rules {
		if r.required(integrationType) {
			names = append(names, r.name)
		}
	}
	return names
}

// listOf lists names for a message: a, b and c.
func listOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
