package provider

import (
	"os"
	"strings"
	"testing"
)

// The guide about authentication names what the table has.
func TestInputsAreDocumented(t *testing.T) {
	guide, err := os.ReadFile("../../templates/guides/authentication.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		for _, name := range []string{in.argument, in.variable, in.key} {
			if name != "" && !strings.Contains(string(guide), "`"+name+"`") {
				t.Errorf("the guide does not name %s", name)
			}
		}
	}
}
