package attribute

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
)

// Quoted lists values as code, for documentation and messages: `a`, `b` or `c`.
func Quoted(values []string) string {
	marked := make([]string, len(values))
	for i, v := range values {
		marked[i] = "`" + v + "`"
	}
	return join(marked, " or ")
}

// Code lists values as code, for documentation: `a` and `b`.
func Code(values []string) string {
	marked := make([]string, len(values))
	for i, v := range values {
		marked[i] = "`" + v + "`"
	}
	return join(marked, " and ")
}

// ListOf lists names for a message: a, b and c.
func ListOf(names []string) string { return join(names, " and ") }

// Alternatives lists phrases for a message: a or b; a, b, or c.
func Alternatives(phrases []string) string {
	if len(phrases) > 2 {
		return join(phrases, ", or ")
	}
	return join(phrases, " or ")
}

func join(all []string, conjunction string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + conjunction + all[last]
}

// Literal returns a value as a configuration has it, empty for null.
func Literal(value attr.Value) string {
	if value == nil || value.IsNull() {
		return ""
	}
	return value.String()
}

// Capitalized returns a sentence with a capital letter at its beginning.
func Capitalized(sentence string) string {
	if sentence == "" {
		return sentence
	}
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}
