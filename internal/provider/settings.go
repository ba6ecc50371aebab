package provider

import (
	"fmt"
	"os"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// A setting is a value that configures the provider, with its name in each source.
type setting struct {
	// argument is its name in the provider block, and in this package.
	argument string
	// variable is its environment variable.
	variable string
	// key is its name in a profile of the Twilio CLI, empty if profiles do not have it.
	key string
	// block returns its value in the provider block.
	block func(model) attr.Value
}

// settings lists everything that several sources can set: the provider block, the environment, and the Twilio CLI profile that
// the credentials come from.
var settings = []setting{
	{"account_sid", "TWILIO_ACCOUNT_SID", "accountSid", func(m model) attr.Value { return m.AccountSID }},
	{"auth_token", "TWILIO_AUTH_TOKEN", "", func(m model) attr.Value { return m.AuthToken }},
	{"api_key", "TWILIO_API_KEY", "apiKey", func(m model) attr.Value { return m.APIKey }},
	{"api_secret", "TWILIO_API_SECRET", "apiSecret", func(m model) attr.Value { return m.APISecret }},
	{"profile", "TWILIO_PROFILE", "", func(m model) attr.Value { return m.Profile }},
	{"region", "TWILIO_REGION", "region", func(m model) attr.Value { return m.Region }},
	{"edge", "TWILIO_EDGE", "edge", func(m model) attr.Value { return m.Edge }},
	{"base_url", "TWILIO_BASE_URL", "", func(m model) attr.Value { return m.BaseURL }},
	{"max_retries", "TWILIO_MAX_RETRIES", "", func(m model) attr.Value { return m.MaxRetries }},
	{"request_timeout", "TWILIO_REQUEST_TIMEOUT", "", func(m model) attr.Value { return m.RequestTimeout }},
	{"shared_reads", "TWILIO_SHARED_READS", "", func(m model) attr.Value { return m.SharedReads }},
	{"check_references", "TWILIO_CHECK_REFERENCES", "", func(m model) attr.Value { return m.CheckReferences }},
}

// variableOf returns the environment variable of an argument.
func variableOf(argument string) string {
	for _, s := range settings {
		if s.argument == argument {
			return s.variable
		}
	}
	panic("no such argument: " + argument)
}

// A source is where settings come from.
type source struct {
	// name is the source's name in errors.
	name string
	// values holds the settings that the source has, and names what it calls each of them, by argument.
	values, names map[string]string
	// at is the argument at which every error about the source is reported. If it is empty, each is reported at its own argument.
	at string
}

// path returns where an error about one of the source's settings is reported.
func (s source) path(argument string) path.Path {
	if s.at != "" {
		return path.Root(s.at)
	}
	return path.Root(argument)
}

// subject returns the setting's name and the source's, for a sentence.
func (s source) subject(argument string) string { return s.names[argument] + " in " + s.name }

// unusable returns the detail of an error about a value.
func (s source) unusable(argument, reason string) string {
	return "The value of " + s.subject(argument) + " can't be used: " + reason + "."
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

// newSource reads a source. nameOf and valueOf return a setting's name and value there; an empty value is one that is not set.
func newSource(name string, nameOf, valueOf func(setting) string) source {
	s := source{name: name, values: map[string]string{}, names: map[string]string{}}
	for _, of := range settings {
		s.names[of.argument] = nameOf(of)
		if value := valueOf(of); value != "" {
			s.values[of.argument] = value
		}
	}
	return s
}

func blockSource(m model) source {
	return newSource("the provider block", func(s setting) string { return s.argument }, func(s setting) string {
		switch value := s.block(m).(type) {
		case types.String:
			return value.ValueString()
		case attribute.WholeNumber:
			if value.IsNull() {
				return ""
			}
			return strconv.FormatInt(value.ValueInt64(), 10)
		case types.Bool:
			if value.IsNull() {
				return ""
			}
			return strconv.FormatBool(value.ValueBool())
		default:
			panic(fmt.Sprintf("%s is a %T", s.argument, value))
		}
	})
}

// environmentName is the environment's name as a source.
const environmentName = "the environment"

func environmentSource() source {
	return newSource(environmentName, func(s setting) string { return s.variable }, func(s setting) string { return os.Getenv(s.variable) })
}

func profileSource(p profile) source {
	s := newSource(p.String(), func(s setting) string { return s.key }, func(s setting) string { return p.values[s.key] })
	s.at = "profile"
	return s
}
