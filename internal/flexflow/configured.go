package flexflow

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// configured is what everything that makes calls has from the provider.
type configured struct {
	// client is nil in a validation, and while the provider's credentials are not known.
	client *twilio.Client
}

func (c *configured) configure(providerData any) {
	c.client, _ = providerData.(*twilio.Client)
}

// checkClient refuses an operation that needs a call when there is nothing to make it with.
func (c *configured) checkClient() diag.Diagnostics {
	if c.client != nil {
		return nil
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic("Provider is not configured",
		"Terraform has to call Twilio, but the provider's credentials or base_url depend on something that is not known yet. Apply "+
			"that first, for example with -target, or set them to values that are known.")}
}
