package flexflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// integrationKey is the key of the integration in an answer.
const integrationKey = "integration"

// unreadable lists the fields of an answer that can't be understood, without those that mean nothing to the flow: what its type does
// not have, and an integration that Terraform does not manage.
func unreadable(flow *twilio.FlexFlow, prior *model, integrationType types.String) []string {
	return slices.DeleteFunc(slices.Clone(flow.Unreadable), func(field string) bool {
		child, inside := strings.CutPrefix(field, integrationKey+".")
		inside = inside || field == integrationKey
		return inside && prior != nil && prior.Integration.IsNull() ||
			isTyped(integrationType) && slices.ContainsFunc(rules, func(r rule) bool {
				return inside && child == r.name && !r.applies(integrationType.ValueString())
			})
	})
}

// warnUnreadable is the warning about fields of an answer that can't be understood, if there are any. consequence says what Terraform
// does instead.
func warnUnreadable(flow *twilio.FlexFlow, fields []string, consequence string) diag.Diagnostics {
	if len(fields) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Unable to read all of Flex Flow "+flow.SID,
		fmt.Sprintf("Twilio's response holds %s of %s in a form that the provider does not understand. %s. Check the Flex Flow with Twilio's "+
			"API; if the value is right, please report this to the provider's developers.", listOf(fields), flow.SID, consequence))}
}

// What Terraform does about fields that can't be understood.
const (
	keepsPrior   = "Terraform keeps the values that it has"
	keepsPlanned = "The Flex Flow was written, and Terraform records the values that were planned"
	leavesNull   = "Terraform leaves them null"
)
