package attribute

import (
	"net/url"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

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
	return value.String()
}

func parseURL(value attr.Value) (*url.URL, bool) {
	text, _ := value.(types.String)
	parsed, err := url.Parse(text.ValueString())
	return parsed, err == nil && parsed.Scheme != "" && parsed.Host != ""
}
