package provider

import (
	"os"
	"strings"
	"testing"
)

// The authentication guide names every setting.
func TestSettingsAreDocumented(t *testing.T) {
	guide, err := os.ReadFile("../../templates/guides/authentication.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings {
		for _, name := range []string{s.argument, s.variable(), s.key} {
			if name != "" && !strings.Contains(string(guide), "`"+name+"`") {
				t.Errorf("the guide does not name %s", name)
			}
		}
	}
}
