package provider

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A setting is an argument of the provider block, which other sources can set as well.
type setting struct {
	// argument is its name in the provider block, and in this package.
	argument string
	// key is its name in a profile of the Twilio CLI, empty if profiles do not have it.
	key string
	// attribute returns its attribute in the schema of the provider block.
	attribute func(description string) schema.Attribute
	// description is in Markdown, without its environment variable.
	description string
}

// settings lists everything that several sources can set: the provider block, the environment, and the Twilio CLI profile that
// the credentials come from.
var settings = []setting{
	{"account_sid", "accountSid", text, "SID of the account: `AC` followed by 32 hexadecimal digits. Used with `auth_token`; optional " +
		"beside `api_key` or `profile`."},
	{"auth_token", "", secret, "Auth token of the account."},
	{"api_key", "apiKey", text, "SID of an API key, used with `api_secret` instead of `account_sid` and `auth_token`: `SK` followed by 32 " +
		"hexadecimal digits."},
	{"api_secret", "apiSecret", secret, "Secret of the API key."},
	{"profile", "", text, "Name of a profile of the Twilio CLI, used instead of the credentials above: its API key, and its region and " +
		"edge where those are not set. Without any credentials, the Twilio CLI's active profile is used."},
	{"region", "region", text, "Twilio region that processes the requests, such as `\"ie1\"`. Credentials belong to one region. Defaults " +
		"to the profile's, or else to `\"us1\"`."},
	{"edge", "edge", text, "Twilio edge location through which requests enter Twilio's network, such as `\"dublin\"`. Defaults to the " +
		"profile's, or else to the region's own."},
	{"base_url", "", text, "Endpoint of all APIs, for an emulator or a proxy: an `https` URL, or `http` on a loopback address. It takes " +
		"precedence over `region` and `edge`. By default, each API has its own host."},
	{"max_retries", "", number, fmt.Sprintf("How often a failed request is retried, 0 or more: after a connection error, a timeout, a "+
		"truncated response or a 5xx response. A create is repeated only where nothing is found that the failed one may have created. "+
		"429 responses don't count towards this limit; they are retried until the operation times out. Defaults to `%d`.",
		twilio.DefaultMaxRetries)},
	{"request_timeout", "", text, fmt.Sprintf("How long one attempt at a request may take, as a "+
		"[duration](https://pkg.go.dev/time#ParseDuration) such as `\"30s\"`. It also bounds how long a write that is under way goes on when "+
		"Terraform is interrupted. Defaults to `\"%s\"`.", twilio.DefaultRequestTimeout)},
	{"shared_reads", "", boolean, "Whether one list request may serve several concurrent reads, where that takes fewer requests. A " +
		"resource that differs in the list from the state, or is missing from it, is read by itself. Defaults to `true`."},
	{"check_references", "", boolean, "Whether a plan checks what a new or changed attribute refers to, such as a Studio flow, and warns " +
		"where it is missing or handles no messages. Credentials that may not read it get no warning. Defaults to `true`."},
}

// variable returns its environment variable, such as TWILIO_ACCOUNT_SID.
func (s setting) variable() string { return "TWILIO_" + strings.ToUpper(s.argument) }

func text(description string) schema.Attribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description}
}

func secret(description string) schema.Attribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: description}
}

func number(description string) schema.Attribute {
	return schema.NumberAttribute{
		Optional: true, MarkdownDescription: description, Validators: []validator.Number{attribute.WholeNumber(0, math.MaxInt32)},
	}
}

func boolean(description string) schema.Attribute {
	return schema.BoolAttribute{Optional: true, MarkdownDescription: description}
}

// A source is where settings come from.
type source struct {
	// name is the source's name in errors.
	name string
	// values holds the values of the settings, empty for those that are not set, and names what the source calls them, by argument.
	values, names map[string]string
	// at is the argument at which every error about the source is reported. If it is empty, each is reported at its own argument.
	at string
}

// subject returns the setting's name and the source's, for a sentence.
func (s source) subject(argument string) string { return s.names[argument] + " in " + s.name }

// errorAt returns an error about one of the source's settings.
func (s source) errorAt(argument, summary, detail string) diag.Diagnostics {
	at := path.Root(cmp.Or(s.at, argument))
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, detail)}
}

// unusable returns an error about a value.
func (s source) unusable(argument, summary, reason string) diag.Diagnostics {
	return s.errorAt(argument, summary, "The value of "+s.subject(argument)+" can't be used: "+reason+".")
}

// present returns the names of those of the arguments that the source has.
func (s source) present(arguments ...string) []string {
	var names []string
	for _, argument := range arguments {
		if s.values[argument] != "" {
			names = append(names, s.names[argument])
		}
	}
	return names
}

// newSource reads a source. nameOf and valueOf return a setting's name and value there.
func newSource(name string, nameOf, valueOf func(setting) string) source {
	s := source{name: name, values: map[string]string{}, names: map[string]string{}}
	for _, of := range settings {
		s.names[of.argument], s.values[of.argument] = nameOf(of), valueOf(of)
	}
	return s
}

// blockSource has the values of a provider block, by argument.
func blockSource(values map[string]string) source {
	return newSource("the provider block", func(s setting) string { return s.argument }, func(s setting) string { return values[s.argument] })
}

// environmentName is the environment's name as a source.
const environmentName = "the environment"

func environmentSource() source {
	return newSource(environmentName, setting.variable, func(s setting) string { return os.Getenv(s.variable()) })
}

func profileSource(p profile) source {
	name := fmt.Sprintf("profile %q of %s", p.name, p.file)
	s := newSource(name, func(s setting) string { return s.key }, func(s setting) string { return p.values[s.key] })
	s.at = "profile"
	return s
}
