package provider

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// No content of the Twilio CLI's configuration file causes a panic, or appears in an error.
func FuzzProfile(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `[]`, `null`, `{"activeProject": "dev"}`, `{"activeProject": 1}`, `{"profiles": {"dev": null}}`,
		`{"profiles": {"dev": {"apiKey": null}}}`,
		`{"profiles": {"dev": {"accountSid": "AC1", "apiKey": "SK1", "apiSecret": "s", "region": "ie1", "edge": "dublin"}}}`,
		`{"profiles": {"dev": {"apiSecret": ["hunter2"]}}}`, `{"requireProfileInput": true, "activeProject": "dev", "profiles": {"dev": {}}}`,
		`{"profiles": {"dev": {"apiSecret": 1e999}}}`, "\xef\xbb\xbf{}",
	} {
		f.Add([]byte(seed), "dev")
		f.Add([]byte(seed), "")
	}
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		p, err := parseProfile("config.json", content, name)
		if err == nil && (p.name == "" || name != "" && p.name != name) {
			t.Errorf("asked for %q, got %q", name, p.name)
		}
		isName := strings.Contains(name, "hunter2") || strings.Contains(string(content), `"hunter2":`)
		if err != nil && strings.Contains(err.Error(), "hunter2") && !isName {
			t.Errorf("the error holds a value: %v", err)
		}
		var found twilio.Config
		diags := profileSource(p).setCredentials(&found)
		if !diags.HasError() && (!sid.APIKey.Valid(found.Username) || found.Password == "") {
			t.Errorf("credentials without error: %q with %q", found.Username, found.Password)
		}
	})
}
