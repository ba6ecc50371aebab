package redact_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// A message repeats what is short and harmless, and describes the rest.
func TestURLs(t *testing.T) {
	for text, want := range map[string]string{
		"nothing": "nothing",
		"see https://example.com/a, and HTTP://u:p@example.com/b?c=d#e.": "see https://example.com/a, and http://…@example.com/b?…",
		`{"url":"https://u:p@example.com"}`:                              `{"url":"https://…@example.com"}`,
		"https://u:p%zz@example.com":                                     "https://…",
	} {
		if got := redact.URLs(text); got != want {
			t.Errorf("%q, expected %q", got, want)
		}
	}
}

func TestShown(t *testing.T) {
	for value, want := range map[string]string{
		"fax":                              `"fax"`,
		"":                                 `""`,
		"grün und blau":                    `"grün und blau"`,
		strings.Repeat("a", 24):            `"` + strings.Repeat("a", 24) + `"`,
		"0123456789abcdef0123456789abcdef": "a value of 32 characters", // an auth token
		"me:secret@host":                   "a value of 14 characters",
		"https://host":                     "a value of 12 characters",
		"a\nb":                             "a value of 3 characters",
		"path?token=1":                     "a value of 12 characters",
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
