package redact_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// URLs in a text are shown without what may be secret of them, however the text writes them.
func TestURLs(t *testing.T) {
	for text, want := range map[string]string{
		"nothing": "nothing",
		"see https://example.com/a, and HTTP://u:p@example.com/b?c=d#e.": "see https://example.com/a, and http://…@example.com/b?…",
		`{"url":"https://u:p@example.com"}`:                              `{"url":"https://…@example.com"}`,
		"https://u:p%zz@example.com":                                     "https://…",
		"https://u:hun'ter2@example.com/a is wrong":                      "https://…@example.com/a is wrong",
		"https://u:hun/ter2@example.com":                                 "https://…",
		"https://example.com/?token=hun'ter2 is wrong":                   "https://example.com/?… is wrong",
		"'https://example.com/a' and 'https://example.com/b'":            "'https://example.com/a' and 'https://example.com/b'",
		"wss://u:p@example.com/socket":                                   "wss://…@example.com/socket",
		"<a href='https://u:p@example.com/a'>":                           "<a href='https://…@example.com/a'>",
		`{"url":"https:\/\/u:p@example.com\/a?b=c\u0026d=e","code":1}`:   `{"url":"https://…@example.com/a?…","code":1}`,
		"Url=https%3A%2F%2Fu%3Ap%40example.com%2Fa%3Fb%3Dc&Name=a":       "Url=https://…@example.com/a?…&Name=a",
		"Url=https%3a%2f%2fu%3ap%zz%40example.com":                       "Url=https://…",
		`"the URL \"https://u:p@example.com/a\" is wrong"`:               `"the URL \"https://…@example.com/a\" is wrong"`,
		`https://u:hun\ter2@example.com/a`:                               "https://…",
		"a ratio of 1://2":                                               "a ratio of 1://2",
	} {
		if got := redact.URLs(text); got != want {
			t.Errorf("%q, expected %q", got, want)
		}
	}
}

// A message repeats what is short and harmless, and describes the rest.
func TestShown(t *testing.T) {
	for value, want := range map[string]string{
		"fax":                                `"fax"`,
		"FW0123456789abcdef0123456789abcdef": `"FW0123456789abcdef0123456789abcdef"`,
		"":                                   `""`,
		"grün und blau":                      `"grün und blau"`,
		strings.Repeat("a", 24):              `"` + strings.Repeat("a", 24) + `"`,
		"0123456789abcdef0123456789abcdef":   "a value of 32 characters", // an auth token
		"me:secret@host":                     "a value of 14 characters",
		"https://host":                       "a value of 12 characters",
		"a\nb":                               "a value of 3 characters",
		"path?token=1":                       "a value of 12 characters",
	} {
		if got := redact.Shown(value); got != want {
			t.Errorf("%q: got %s, expected %s", value, got, want)
		}
	}
}

// A URL is shown without what may be secret of it.
func TestURL(t *testing.T) {
	for value, want := range map[string]string{
		"https://example.com/a/b":                    "https://example.com/a/b",
		"https://me:hunter2@example.com/a?token=1#x": "https://…@example.com/a?…",
	} {
		parsed, err := url.Parse(value)
		if err != nil {
			t.Fatal(err)
		}
		if got := redact.URL(parsed); got != want {
			t.Errorf("%s: got %s, expected %s", value, got, want)
		}
	}
}
