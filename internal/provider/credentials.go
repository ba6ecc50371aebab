package provider

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// findCredentials sets the credentials of the first source that has any, and returns that source. A source has one complete pair or
// the name of a profile, so that credentials of two accounts are never mixed. If no source has any, the Twilio CLI's active profile
// is used.
func findCredentials(config *twilio.Config, sources []source) (source, diag.Diagnostics) {
	for _, s := range sources {
		if s.values["profile"] != "" {
			return s.setProfileCredentials(config)
		}
		if len(s.present("account_sid", "auth_token", "api_key", "api_secret")) > 0 {
			return s, s.setCredentials(config)
		}
	}
	var diags diag.Diagnostics
	active, err := findProfile("")
	switch {
	case err == nil:
		s := profileSource(active)
		return s, s.setCredentials(config)
	case errors.Is(err, errNoProfile):
		diags.AddError("Missing credentials", "The provider needs credentials to call Twilio. Set account_sid and auth_token, api_key and "+
			"api_secret, or profile in the provider block; or set the environment variables TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, "+
			"TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_PROFILE; or log in with the Twilio CLI, whose active profile is used last. "+
			attribute.Capitalized(err.Error())+".")
	default:
		diags.AddError("Unable to use the Twilio CLI's active profile", "No credentials are set in the provider block or the environment, "+
			"and the Twilio CLI's active profile can't be used: "+err.Error()+".")
	}
	return source{}, diags
}

// setProfileCredentials sets the credentials of the profile that the source names, and returns the profile. The source may have the
// account SID as well.
func (s source) setProfileCredentials(config *twilio.Config) (source, diag.Diagnostics) {
	if others := s.present("auth_token", "api_key", "api_secret"); len(others) > 0 {
		return s, s.errorAt("profile", "Two sets of credentials", fmt.Sprintf("Both a profile (%s) and credentials (%s) are set in %s. %s",
			s.names["profile"], strings.Join(others, ", "), s.name, s.choose(fmt.Sprintf("  profile = %q", s.values["profile"]))))
	}
	named, err := findProfile(s.values["profile"])
	if err != nil {
		return s, s.unusable("profile", "Unable to use the profile", err.Error())
	}
	of := profileSource(named)
	diags := of.setCredentials(config)
	diags.Append(s.checkSID("account_sid", sid.Account)...)
	want := s.values["account_sid"]
	config.AccountSID = cmp.Or(config.AccountSID, want)
	if !diags.HasError() && want != "" && want != config.AccountSID {
		diags.Append(s.errorAt("account_sid", "Two accounts", fmt.Sprintf("%s is %q, but %s is %q. Correct or remove one of them.",
			s.subject("account_sid"), want, of.subject("account_sid"), config.AccountSID))...)
	}
	return of, diags
}

// setCredentials sets the source's pair. An account SID may be set beside an API key, as in Twilio's own tools.
func (s source) setCredentials(config *twilio.Config) diag.Diagnostics {
	username, password := "account_sid", "auth_token"
	if keys := s.present("api_key", "api_secret"); len(keys) > 0 || s.at == "profile" {
		if s.values["auth_token"] != "" {
			return s.errorAt("auth_token", "Two sets of credentials", fmt.Sprintf(
				"Both an auth token (%s) and an API key (%s) are set in %s. %s",
				s.names["auth_token"], strings.Join(keys, ", "), s.name, s.choose(s.keyLines())))
		}
		username, password = "api_key", "api_secret"
	}
	if diags := s.checkPair(username, password); diags.HasError() {
		return diags
	}
	config.Username, config.Password, config.AccountSID = s.values[username], s.values[password], s.values["account_sid"]
	config.Source = s.names[username] + " and " + s.subject(password)
	diags := s.checkSpace(password)
	diags.Append(s.checkSID("api_key", sid.APIKey)...)
	diags.Append(s.checkSID("account_sid", sid.Account)...)
	return diags
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
	half, missing := username, password
	if s.values[username] == "" {
		half, missing = password, username
	}
	switch {
	case s.values[half] == "": // only in a profile: the other sources are used because they have something
		return s.errorAt(username, "Incomplete credentials", fmt.Sprintf(
			"Neither %s nor %s is set in %s. Create the profile again with \"twilio profiles:create\".",
			s.names[username], s.names[password], s.name))
	case s.values[missing] == "":
		return s.errorAt(half, "Incomplete credentials", fmt.Sprintf(
			"%s is set in %s, but %s is not. Set both in the same source, or remove %[1]s.", s.names[half], s.name, s.names[missing]))
	}
	return nil
}

// checkSID reports an error if the source has a value that is not a SID of the kind. The error does not repeat the value, which may
// be a secret in the wrong place.
func (s source) checkSID(argument string, kind sid.Kind) diag.Diagnostics {
	value, diags := s.values[argument], s.checkSpace(argument)
	if value != "" && !diags.HasError() && !kind.Valid(value) {
		return s.unusable(argument, "Invalid "+kind.Name+" SID", kind.Fault(value))
	}
	return diags
}

// checkSpace reports an error if a value has white space around it.
func (s source) checkSpace(argument string) diag.Diagnostics {
	if value := s.values[argument]; strings.TrimSpace(value) == value {
		return nil
	}
	return s.unusable(argument, "Invalid "+argument,
		"it begins or ends with white space, such as a new line. Remove it; trimspace() does so for the content of a file")
}
