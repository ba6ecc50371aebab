package acctest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// Says matches a text in Terraform's output, wherever that breaks its lines.
func Says(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	return strings.Join(words, `[\s│]+`)
}

// At matches the source line that Terraform quotes beside an error.
func At(line string) string { return `\d+:[ ]+` + regexp.QuoteMeta(line) }

// Later makes an expression that a plan does not know, of a value, and the resources that it needs.
func Later(t *testing.T, value string) (expression, resources string) {
	t.Helper()
	NeedTerraform(t, "1.4.0") // the first with terraform_data
	return "terraform_data.later.output", "\nresource \"terraform_data\" \"later\" {\n  input = " + value + "\n}\n"
}

// Attribute is a path in a resource, a child as its block's name and its own.
func Attribute(names ...string) tfjsonpath.Path {
	p := tfjsonpath.New(names[0])
	for _, name := range names[1:] {
		p = p.AtMapKey(name)
	}
	return p
}

// Holds checks an attribute of a resource in the state.
func Holds(address string, check knownvalue.Check, names ...string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, Attribute(names...), check)
}
