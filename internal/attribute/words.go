package attribute

import (
	"math/big"
	"net/url"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// Quoted lists values as code, for documentation and messages: `a`, `b` or `c`.
func Quoted(values []string) string { return join(quote(values, "`"), " or ") }

// Code lists values as code, for documentation: `a` and `b`.
func Code(values []string) string { return join(quote(values, "`"), " and ") }

func quote(values []string, mark string) []string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = mark + v + mark
	}
	return quoted
}

// ListOf lists names for a message: a, b and c.
func ListOf(names []string) string { return join(names, " and ") }

// Alternatives lists phrases for a message: a or b; a, b, or c.
func Alternatives(phrases []string) string {
	if len(phrases) > 2 {
		return join(phrases, ", or ")
	}
	return join(phrases, " or ")
}

func join(all []string, conjunction string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + conjunction + all[last]
}

// Literal returns a value as a configuration has it, empty for null.
func Literal(value attr.Value) string {
	if value == nil || value.IsNull() {
		return ""
	}
	return shown(value)
}

// shown is a value as messages have it: a number with all its digits, of which its own String has ten at the most.
func shown(value attr.Value) string {
	if number, ok := value.(types.Number); ok && IsKnown(number) {
		return digits(number.ValueBigFloat())
	}
	return value.String()
}

func digits(number *big.Float) string {
	if number.IsInt() {
		return number.Text('f', 0)
	}
	return number.Text('g', -1)
}

// Capitalized returns a sentence with a capital letter at its beginning.
func Capitalized(sentence string) string {
	if sentence == "" {
		return sentence
	}
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

// ShownValue is [redact.Shown] for a value of any type. It shows the scheme, host and path of a URL.
func ShownValue(value attr.Value) string {
	text, ok := value.(types.String)
	if _, isURL := parseURL(value); isURL || !ok || text.IsNull() || text.IsUnknown() {
		return WithoutURLSecrets(value)
	}
	return redact.Shown(text.ValueString())
}

// WithoutURLSecrets returns a value for a message: whole, except for the parts of a URL that may be secret.
func WithoutURLSecrets(value attr.Value) string {
	if parsed, isURL := parseURL(value); isURL {
		return strconv.Quote(redact.URL(parsed))
	}
	return shown(value)
}

func parseURL(value attr.Value) (*url.URL, bool) {
	text, _ := value.(types.String)
	parsed, err := url.Parse(text.ValueString())
	return parsed, err == nil && parsed.Scheme != "" && parsed.Host != ""
}
