package tfresource

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// withClient is a Definition with the configured client.
type withClient struct {
	*Definition
	// client is nil in a validation, and while the provider's credentials are not known.
	client *twilio.Client
}

// configure takes what the provider gives: a [*twilio.Account], or nil.
func (c *withClient) configure(providerData any) diag.Diagnostics {
	if providerData == nil {
		return nil
	}
	account, ok := providerData.(*twilio.Account)
	if !ok {
		return failed("Unexpected provider data", "Expected a *twilio.Account, got %T. This is a bug in the provider; please report it.",
			providerData)
	}
	c.client = account.Client(c.Kind)
	return nil
}

// checkClient refuses an operation that needs a call when there is nothing to make it with.
func (c *withClient) checkClient() diag.Diagnostics {
	if c.client != nil {
		return nil
	}
	return failed("Provider is not configured", "Terraform has to call Twilio, but the provider's credentials or base_url depend on "+
		"something that is not known yet. Apply that first, for example with -target, or set them to values that are known.")
}
