package provider

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// credentials authenticate requests.
type credentials struct {
	username, password string
	// accountSID is the account of the credentials, empty if their source does not have it.
	accountSID string
	// origin says what the credentials are and where they come from.
	origin string
}

// findCredentials returns the credentials of the first source that has any, and that source. A source has one complete pair or the
// name of a profile, so that credentials of two accounts are never mixed. If no source has any, the Twilio CLI's active profile
// is used.
func findCredentials(sources []source) (credentials, source, diag.Diagnostics) {
	for _, s := range sources {
		if len(s.present("account_sid", "auth_token", "api_key", "api_secret", "profile")) == 0 {
			continue
		}
		if s.values["profile"] != "" {
			return s.profileCredentials()
		}
		found, diags := s.credentials()
		return found, s, diags
	}
	var diags diag.Diagnostics
	active, err := findProfile("")
	switch {
	case err == nil:
		s := profileSource(active)
		found, diags := s.credentials()
		return found, s, diags
	case errors.Is(err, errNoProfile):
		reason := sentence(err)
		diags.AddError("Missing credentials", "The provider needs credentials to call Twilio. Set account_sid and auth_token, api_key and "+
			"api_secret, or profile in the provider block; or set the environment variables "+variableOf("account_sid")+" and "+
			variableOf("auth_token")+", "+variableOf("api_key")+" and "+variableOf("api_secret")+", or "+variableOf("profile")+"; or log in with "+
			"the Twilio CLI, whose active profile is used last. "+strings.ToUpper(reason[:1])+reason[1:])
	default:
		diags.AddError("Unable to use the Twilio CLI's active profile", "No credentials are set in the provider block or the environment, and "+
			"the Twilio CLI's active profile can't be used: "+sentence(err))
	}
	return credentials{}, source{}, diags
}

func sentence(err error) string { return strings.TrimSuffix(err.Error(), ".") + "." }

// profileCredentials returns the credentials of the profile that the source names. The source may have the account SID as well.
func (s source) profileCredentials() (credentials, source, diag.Diagnostics) {
	var diags diag.Diagnostics
	if others := s.present("auth_token", "api_key", "api_secret"); len(others) > 0 {
		diags.AddAttributeError(path.Root("profile"), "Two sets of credentials", fmt.Sprintf(
			"Both a profile (%s) and credentials (%s) are set in %s. %s",
			s.names["profile"], strings.Join(others, ", "), s.name, s.choose(fmt.Sprintf("  profile = %q", s.values["profile"]))))
		return credentials{}, s, diags
	}
	named, err := findProfile(s.values["profile"])
	if err != nil {
		diags.AddAttributeError(path.Root("profile"), "Unable to use the profile",
			"The value of "+s.subject("profile")+" can't be used: "+sentence(err))
		return credentials{}, s, diags
	}
	of := profileSource(named)
	found, diags := of.credentials()
	diags.Append(s.checkSID("account_sid", sid.Account)...)
	want := s.values["account_sid"]
	found.accountSID = cmp.Or(found.accountSID, want)
	if !diags.HasError() && want != "" && want != found.accountSID {
		diags.AddAttributeError(path.Root("account_sid"), "Two accounts", fmt.Sprintf(
			"%s is %q, but %s is %q. Correct or remove one of them.", s.subject("account_sid"), want, of.subject("account_sid"), found.accountSID))
	}
	return found, of, diags
}

// credentials returns the source's pair. An account SID may be set beside an API key, as in Twilio's own tools.
func (s source) credentials() (credentials, diag.Diagnostics) {
	var diags diag.Diagnostics
	username, password, kind := "account_sid", "auth_token", sid.Account
	if keys := s.present("api_key", "api_secret"); len(keys) > 0 || s.at == "profile" {
		if s.values["auth_token"] != "" {
			diags.AddAttributeError(s.path("auth_token"), "Two sets of credentials", fmt.Sprintf(
				"Both an auth token (%s) and an API key (%s) are set in %s. %s",
				s.names["auth_token"], strings.Join(keys, ", "), s.name, s.choose(s.keyLines())))
			return credentials{}, diags
		}
		username, password, kind = "api_key", "api_secret", sid.APIKey
	}
	if diags = s.checkPair(username, password); diags.HasError() {
		return credentials{}, diags
	}
	diags.Append(s.checkSpace(password)...)
	diags.Append(s.checkSID(username, kind)...)
	if username != "account_sid" {
		diags.Append(s.checkSID("account_sid", sid.Account)...)
	}
	return credentials{
		username: s.values[username], password: s.values[password], accountSID: s.values["account_sid"],
		origin: s.names[username] + " and " + s.subject(password),
	}, diags
}

// choose says how to resolve two choices in one source. The lines make the choice in the provider block.
func (s source) choose(lines string) string {
	if s.name != environmentName {
		return "Keep one of them."
	}
	return "Unset one of them, or choose in the provider block, which takes precedence:\n\n" + lines
}

// keyLines returns the arguments that choose the environment's API key. They can't contain the secret, so it goes through a variable.
func (s source) keyLines() string {
	key := s.values["api_key"]
	if !sid.APIKey.Valid(key) {
		key = "SK..."
	}
	return fmt.Sprintf("  api_key    = %q\n  api_secret = var.twilio_api_secret\n\nThen declare the variable twilio_api_secret as "+
		"sensitive, and run:\n\n  export TF_VAR_twilio_api_secret=\"$%s\"", key, s.names["api_secret"])
}

// checkPair reports an error unless the source has both halves of a pair.
func (s source) checkPair(username, password string) diag.Diagnostics {
	var diags diag.Diagnostics
	switch there := s.present(username, password); {
	case len(there) == 2:
	case len(there) == 0:
		// Only a profile can have neither: the other sources are used because they have something.
		diags.AddAttributeError(s.path(username), "Incomplete credentials", fmt.Sprintf(
			"Neither %s nor %s is set in %s. Create the profile again with \"twilio profiles:create\".",
			s.names[username], s.names[password], s.name))
	default:
		half, missing := username, password
		if s.values[username] == "" {
			half, missing = password, username
		}
		diags.AddAttributeError(s.path(half), "Incomplete credentials", fmt.Sprintf(
			"%s is set in %s, but %s is not. Set both in the same source, or remove %s.", s.names[half], s.name, s.names[missing], s.names[half]))
	}
	return diags
}

// checkSID reports an error if the source has a value that is not a SID of the kind. The error does not repeat the value, which may
// be a secret in the wrong place.
func (s source) checkSID(argument string, kind sid.Kind) diag.Diagnostics {
	value := s.values[argument]
	diags := s.checkSpace(argument)
	if value != "" && !diags.HasError() && !kind.Valid(value) {
		diags.AddAttributeError(s.path(argument), "Invalid "+kind.Name+" SID", s.unusable(argument, kind.Fault(value)))
	}
	return diags
}

// checkSpace reports an error if a value has white space around it.
func (s source) checkSpace(argument string) diag.Diagnostics {
	var diags diag.Diagnostics
	if value := s.values[argument]; strings.TrimSpace(value) != value {
		diags.AddAttributeError(s.path(argument), "Invalid "+argument, s.unusable(argument,
			"it begins or ends with white space, such as a new line. Remove it; trimspace() does so for the content of a file"))
	}
	return diags
}
