package provider

import (
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// The environment variables that stand in for arguments of the provider block.
const (
	envAccountSID     = "TWILIO_ACCOUNT_SID"
	envAuthToken      = "TWILIO_AUTH_TOKEN"
	envAPIKey         = "TWILIO_API_KEY"
	envAPISecret      = "TWILIO_API_SECRET"
	envBaseURL        = "TWILIO_BASE_URL"
	envMaxRetries     = "TWILIO_MAX_RETRIES"
	envRequestTimeout = "TWILIO_REQUEST_TIMEOUT"
)

// credentials authorise calls.
type credentials struct {
	username, password string
}

// A place is somewhere that credentials may stand. Each of its four values has the name by which an error calls it.
type place struct {
	name                                     string
	accountSID, authToken, apiKey, apiSecret named
}

type named struct {
	name, value string
	// argument is the argument of the provider block at which an error is shown.
	argument string
}

// findCredentials takes the credentials from the first place that holds any: the provider block, then the environment. The
// two halves of a pair have to stand in one place, so that those of two accounts are never mixed.
func findCredentials(config model) (credentials, diag.Diagnostics) {
	var diags diag.Diagnostics
	places := []place{
		{
			name:       "the provider block",
			accountSID: named{"account_sid", config.AccountSID.ValueString(), "account_sid"},
			authToken:  named{"auth_token", config.AuthToken.ValueString(), "auth_token"},
			apiKey:     named{"api_key", config.APIKey.ValueString(), "api_key"},
			apiSecret:  named{"api_secret", config.APISecret.ValueString(), "api_secret"},
		},
		{
			name:       "the environment",
			accountSID: named{envAccountSID, os.Getenv(envAccountSID), "account_sid"},
			authToken:  named{envAuthToken, os.Getenv(envAuthToken), "auth_token"},
			apiKey:     named{envAPIKey, os.Getenv(envAPIKey), "api_key"},
			apiSecret:  named{envAPISecret, os.Getenv(envAPISecret), "api_secret"},
		},
	}
	for _, p := range places {
		if !p.empty() {
			return p.credentials()
		}
	}
	diags.AddError("Missing credentials", "The provider needs credentials to call Twilio. Set account_sid and auth_token, or api_key and "+
		"api_secret, in the provider block; or the environment variables "+envAccountSID+" and "+envAuthToken+", or "+envAPIKey+" and "+
		envAPISecret+".")
	return credentials{}, diags
}

func (p place) empty() bool {
	return p.accountSID.value+p.authToken.value+p.apiKey.value+p.apiSecret.value == ""
}

// credentials takes the one pair of a place. An account SID may stand beside an API key, as Twilio's own tools have it.
func (p place) credentials() (credentials, diag.Diagnostics) {
	var diags diag.Diagnostics
	username, password, kind := p.accountSID, p.authToken, sid.Account
	if p.apiKey.value != "" || p.apiSecret.value != "" {
		if p.authToken.value != "" {
			diags.AddAttributeError(path.Root(p.authToken.argument), "Two sets of credentials",
				"Both an auth token ("+p.authToken.name+") and an API key ("+strings.Join(p.present(p.apiKey, p.apiSecret), ", ")+
					") are set in "+p.name+". Keep one of them.")
			return credentials{}, diags
		}
		username, password, kind = p.apiKey, p.apiSecret, sid.APIKey
	}
	for _, missing := range []struct{ half, other named }{{username, password}, {password, username}} {
		if missing.half.value == "" {
			diags.AddAttributeError(path.Root(missing.other.argument), "Incomplete credentials",
				missing.other.name+" is set in "+p.name+", but "+missing.half.name+", which belongs to it, is not set there. Set both in one place.")
			return credentials{}, diags
		}
	}
	if !kind.Valid(username.value) {
		// The value itself may be a secret that slipped into the wrong place.
		diags.AddAttributeError(path.Root(username.argument), "Invalid "+kind.Name+" SID",
			"The value of "+username.name+" in "+p.name+" can't be used: "+kind.Fault(username.value)+".")
	}
	return credentials{username: username.value, password: password.value}, diags
}

func (p place) present(values ...named) []string {
	var names []string
	for _, v := range values {
		if v.value != "" {
			names = append(names, v.name)
		}
	}
	return names
}
