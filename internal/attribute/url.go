package attribute

import (
	"net/url"
)

// absoluteURL accepts absolute http and https URLs with a host.
var absoluteURL = check[string]{"must be an absolute http or https URL", func(value string) string {
	parsed, err := url.Parse(value)
	if err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Hostname() != "" {
		return ""
	}
	return `it is not an absolute http or https URL with a host, such as "https://example.com/hook"`
}}
