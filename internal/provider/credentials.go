package provider

import (
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// credentials authorise calls.
type credentials struct {
	username, password string
	// accountSID is the account that they are for, empty where the place does not tell.
	accountSID string
	// source says what they are and where they come from.
	source string
}

// findCredentials takes the credentials from the first place that holds any: the provider block, the environment, the Twilio
// CLI's active profile. A place holds a pair, both halves of it, or the name of a profile: so those of two accounts are never
// mixed. The place they come from is returned as well.
func findCredentials(places []place) (credentials, place, diag.Diagnostics) {
	for _, p := range places {
		if len(p.present("account_sid", "auth_token", "api_key", "api_secret", "profile")) == 0 {
			continue
		}
		if p.values["profile"] == "" {
			return p.credentials()
		}
		var diags diag.Diagnostics
		// An account SID may stand beside a profile, as beside an API key.
		if others := p.present("auth_token", "api_key", "api_secret"); len(others) > 0 {
			diags.AddAttributeError(path.Root("profile"), "Two sets of credentials",
				"Both a profile ("+p.names["profile"]+") and credentials ("+strings.Join(others, ", ")+") are set in "+p.name+". Keep one of them.")
			return credentials{}, p, diags
		}
		found, err := findProfile(p.values["profile"])
		if err != nil {
			diags.AddAttributeError(path.Root("profile"), "Unable to use the profile",
				"The value of "+p.names["profile"]+" in "+p.name+" can't be used: "+sentence(err))
			return credentials{}, p, diags
		}
		return profilePlace(found).credentials()
	}
	active, err := findProfile("")
	if err == nil {
		return profilePlace(active).credentials()
	}
	var diags diag.Diagnostics
	if !errors.Is(err, errNoProfiles) {
		diags.AddError("Unable to use the Twilio CLI's active profile", "No credentials are set in the provider block or the environment, and the Twilio CLI's "+
			"active profile can't be used: "+sentence(err))
		return credentials{}, place{}, diags
	}
	diags.AddError("Missing credentials", "The provider needs credentials to call Twilio. Set account_sid and auth_token, or api_key and "+
		"api_secret, or profile, in the provider block; or the environment variables "+variableOf("account_sid")+" and "+variableOf("auth_token")+
		", or "+variableOf("api_key")+" and "+variableOf("api_secret")+", or "+variableOf("profile")+"; or log in with the Twilio CLI, whose active "+
		"profile is used then. Now, "+sentence(err))
	return credentials{}, place{}, diags
}

func sentence(err error) string { return strings.TrimSuffix(err.Error(), ".") + "." }

// credentials takes the one pair of a place. An account SID may stand beside an API key, as Twilio's own tools have it.
func (p place) credentials() (credentials, place, diag.Diagnostics) {
	var diags diag.Diagnostics
	username, password, kind := "account_sid", "auth_token", sid.Account
	if keys := p.present("api_key", "api_secret"); len(keys) > 0 || p.at == "profile" {
		if p.values["auth_token"] != "" {
			diags.AddAttributeError(p.path("auth_token"), "Two sets of credentials",
				"Both an auth token ("+p.names["auth_token"]+") and an API key ("+strings.Join(keys, ", ")+") are set in "+p.name+". Keep one of them.")
			return credentials{}, p, diags
		}
		username, password, kind = "api_key", "api_secret", sid.APIKey
	}
	if diags = p.checkPair(username, password); diags.HasError() {
		return credentials{}, p, diags
	}
	for _, argument := range []string{username, password} {
		if value := p.values[argument]; strings.TrimSpace(value) != value {
			diags.AddAttributeError(p.path(argument), "Invalid "+argument,
				"The value of "+p.names[argument]+" in "+p.name+" can't be used: it begins or ends with white space, such as a new line. Take that out; "+
					"trimspace() does so for the content of a file.")
			return credentials{}, p, diags
		}
	}
	// The value itself is not shown: it may be a secret that slipped into the wrong place.
	if value := p.values[username]; !kind.Valid(value) {
		diags.AddAttributeError(p.path(username), "Invalid "+kind.Name+" SID",
			"The value of "+p.names[username]+" in "+p.name+" can't be used: "+kind.Fault(value)+".")
	}
	return credentials{
		username: p.values[username], password: p.values[password], accountSID: p.values["account_sid"],
		source: p.names[username] + " and " + p.names[password] + " in " + p.name,
	}, p, diags
}

// checkPair checks that a place holds both halves of a pair.
func (p place) checkPair(username, password string) diag.Diagnostics {
	var diags diag.Diagnostics
	switch there := p.present(username, password); {
	case len(there) == 2:
	case len(there) == 0:
		// Only a profile gets here: other places are asked because they hold something.
		diags.AddAttributeError(p.path(username), "Incomplete credentials", "There is neither "+p.names[username]+" nor "+p.names[password]+" in "+
			p.name+". Make the profile anew with \"twilio profiles:create\".")
	default:
		half, missing := username, password
		if p.values[username] == "" {
			half, missing = password, username
		}
		diags.AddAttributeError(p.path(half), "Incomplete credentials",
			p.names[half]+" is set in "+p.name+", but "+p.names[missing]+", which belongs to it, is not set there. Set both in one place, or take "+p.names[half]+" out.")
	}
	return diags
}

// present lists what the place calls those of the arguments that stand there.
func (p place) present(arguments ...string) []string {
	var names []string
	for _, argument := range arguments {
		if p.values[argument] != "" {
			names = append(names, p.names[argument])
		}
	}
	return names
}
