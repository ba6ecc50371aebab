// Package attribute is what the Terraform sides of the resources and the provider block share: types of values, and validators whose
// messages say what is wrong, where, and what to do.
package attribute

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// longestShown is how many characters a value may have to be repeated in a message. Auth tokens and API secrets have 32.
const longestShown = 24

// Shown is a value as a message may repeat it: in quotes if it is short and harmless, and otherwise described. A value may be a secret
// in the wrong place.
func Shown(value string) string {
	harmless := !strings.ContainsAny(value, "@?") && !strings.Contains(value, "://") && strings.IndexFunc(value, func(r rune) bool {
		return !unicode.IsPrint(r)
	}) < 0
	if count := utf8.RuneCountInString(value); count > longestShown || !harmless {
		return "a value of " + strconv.Itoa(count) + " characters"
	}
	return strconv.Quote(value)
}

// ShownValue is [Shown] for a value of any type. Of a URL, scheme, host and path are shown.
func ShownValue(value attr.Value) string {
	text, ok := value.(types.String)
	if _, isURL := parseURL(value); isURL || !ok || text.IsNull() || text.IsUnknown() {
		return WithoutURLSecrets(value)
	}
	return Shown(text.ValueString())
}

// WithoutURLSecrets is a value that is known to be in its place as a message may repeat it: whole, but for what may be secret of a URL.
func WithoutURLSecrets(value attr.Value) string {
	if parsed, isURL := parseURL(value); isURL {
		return strconv.Quote(WithoutSecrets(parsed))
	}
	return value.String()
}

func parseURL(value attr.Value) (*url.URL, bool) {
	text, _ := value.(types.String)
	parsed, err := url.Parse(text.ValueString())
	return parsed, err == nil && parsed.Scheme != "" && parsed.Host != ""
}

// WithoutSecrets is a URL without what may be secret of it: user, password, query and fragment, which three dots stand for.
func WithoutSecrets(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	text := shown.String()
	if u.User != nil {
		text = strings.Replace(text, "//", "//…@", 1)
	}
	if u.RawQuery != "" || u.Fragment != "" {
		text += "?…"
	}
	return text
}
