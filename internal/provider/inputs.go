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

// An input is a value that the provider is configured with, by the name that each place has for it.
type input struct {
	// argument is its name in the provider block, and here.
	argument string
	// variable is the environment variable.
	variable string
	// key is its name in a profile of the Twilio CLI, empty where profiles have no such thing.
	key string
	// block gives it from the provider block.
	block func(model) attr.Value
}

// inputs is the one table of what the provider can be configured with. Each place is looked into in turn: the provider block,
// the environment, and the profile of the Twilio CLI that the credentials come from.
var inputs = []input{
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
}

// variableOf is the environment variable that stands in for an argument.
func variableOf(argument string) string {
	for _, in := range inputs {
		if in.argument == argument {
			return in.variable
		}
	}
	panic("no such argument: " + argument)
}

// A place is somewhere that inputs stand.
type place struct {
	// name is what an error calls the place.
	name string
	// values and names are the inputs that stand there and what the place calls each, by argument.
	values, names map[string]string
	// at is the argument at which errors about the place are shown, empty where each is shown at its own.
	at string
}

// path is where an error about an input of the place is shown.
func (p place) path(argument string) path.Path {
	if p.at != "" {
		return path.Root(p.at)
	}
	return path.Root(argument)
}

// newPlace reads a place. name and value give what the place has for an input, an empty value where it has none.
func newPlace(placeName string, name, value func(input) string) place {
	p := place{name: placeName, values: map[string]string{}, names: map[string]string{}}
	for _, in := range inputs {
		p.names[in.argument] = name(in)
		if v := value(in); v != "" {
			p.values[in.argument] = v
		}
	}
	return p
}

func blockPlace(m model) place {
	return newPlace("the provider block", func(in input) string { return in.argument }, func(in input) string {
		switch value := in.block(m).(type) {
		case types.String:
			return value.ValueString()
		case attribute.WholeNumber:
			if value.IsNull() {
				return ""
			}
			return strconv.FormatInt(value.ValueInt64(), 10)
		default:
			panic(fmt.Sprintf("%s is a %T", in.argument, value))
		}
	})
}

func environmentPlace() place {
	return newPlace("the environment", func(in input) string { return in.variable }, func(in input) string { return os.Getenv(in.variable) })
}

func profilePlace(p profile) place {
	found := newPlace(p.String(), func(in input) string { return in.key }, func(in input) string { return p.values[in.key] })
	found.at = "profile"
	return found
}
