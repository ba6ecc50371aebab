package attribute_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// What is not a URL of RFC 3986 is refused with what to write, and without what may be secret of it.
func TestURL(t *testing.T) {
	const used = "Invalid kind: The value of integration.kind can't be used: "
	const notAbsolute = `it is not an absolute http or https URL with a host, such as "https://example.com/hook".`
	for value, want := range map[string]string{
		"https://example.com":                         "",
		"http://example.com:80/a/b;c?d=e&f=%7Bg%7D#h": "",
		"https://me:secret@example.com?a=b":           "",
		"HTTPS://EXAMPLE.com":                         "",
		"http://[::1]:80/":                            "",
		"https://example.com:":                        "",
		"https://example.com/$sid/*'()!,~":            "",
		"https://xn--bcher-kva.example/":              "",
		"":                                            notAbsolute,
		"/hook":                                       notAbsolute,
		"me:secret@example.com":                       notAbsolute,
		"https://":                                    notAbsolute,
		"https:///hook":                               notAbsolute,
		"https:example.com":                           notAbsolute,
		"https://:80":                                 notAbsolute,
		"ftp://example.com":                           notAbsolute,
		"https://exa mple.com":                        `it has characters that a URL can't have. Write " " as "%20".`,
		"https://example.com/{x}?a=\"b\"":             `it has characters that a URL can't have. Write "\"" as "%22", "{" as "%7B" and "}" as "%7D".`,
		"https://me:secret@example.com/a|b^c`d\\e<f>g": "it has characters that a URL can't have. Write \"<\" as \"%3C\", \">\" as \"%3E\", \"\\\\\" as \"%5C\", \"^\" as \"%5E\", \"`\" as \"%60\" and \"|\" as \"%7C\".",
		"https://example.com/büro/büro?ö=ß":            `it has characters that a URL can't have. Write "ß" as "%C3%9F", "ö" as "%C3%B6" and "ü" as "%C3%BC".`,
		"https://example.com/a\n":                      `it has characters that a URL can't have. Write "\n" as "%0A".`,
		"https://me:secret@Bücher.example:80/?a":       `its host "Bücher.example" has characters outside ASCII. Write the host as "xn--bcher-kva.example".`,
		"https://a\u2028b.example/":                    "its host \"a\\u2028b.example\" is not a domain name. Set the host in ASCII.",
		"https://a/%zz":                                `"%zz" is a malformed percent-encoding. Write a percent sign as "%25".`,
		"https://a/%20%":                               `"%" is a malformed percent-encoding. Write a percent sign as "%25".`,
		"https://a/?b=100%ü":                           `"%ü" is a malformed percent-encoding. Write a percent sign as "%25".`,
		"https://example.com:99999":                    "port 99999 is out of range. Set it to a number from 1 to 65535.",
		"https://example.com:0/":                       "port 0 is out of range. Set it to a number from 1 to 65535.",
		"https://example.com:http/":                    notAbsolute,
	} {
		if want != "" {
			want = used + want
		}
		if got := problems(t, attribute.URL, types.StringValue(value)); got != want {
			t.Errorf("%q: got %q, expected %q", value, got, want)
		}
	}
}

// Whatever is refused is refused without a panic, and what is written as the message says is a URL.
func FuzzURL(f *testing.F) {
	for _, seed := range []string{"https://a/%", "https://ü@ü:ü/", "https://a b", "%%%", "http://[::1%25a]/", "https://@/", "\xff://\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) { problems(t, attribute.URL, types.StringValue(value)) })
}
