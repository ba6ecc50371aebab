package flexemulator

import (
	"fmt"
	"slices"
	"strings"
)

// checkFields reports a name in Unanswered or Unlisted that no resource has as a field.
func (b *Behavior) checkFields(resources []resource) error {
	for _, name := range slices.Concat(b.Unanswered, b.Unlisted) {
		if !slices.ContainsFunc(resources, func(r resource) bool { return slices.Contains(r.rules().fields, name) }) {
			return fmt.Errorf("no response has a field %q", name)
		}
	}
	return nil
}

// omits reports whether responses leave out fields.
func (b *Behavior) omits() bool { return len(b.Unanswered)+len(b.Unlisted) > 0 }

// omit takes the fields out of a response that it is to leave out. A list has its entries under the given key.
func (b *Behavior) omit(content any, listKey string) {
	shown, _ := content.(map[string]any)
	entries, isList := shown[listKey].([]any)
	if !isList {
		drop(shown, b.Unanswered)
	}
	for _, entry := range entries {
		if object, ok := entry.(map[string]any); ok {
			drop(object, b.Unanswered)
			drop(object, b.Unlisted)
		}
	}
}

func drop(shown map[string]any, fields []string) {
	for _, field := range fields {
		outer, inner, nested := strings.Cut(field, ".")
		if object, ok := shown[outer].(map[string]any); nested && ok {
			delete(object, inner)
		}
		if !nested {
			delete(shown, field)
		}
	}
}
