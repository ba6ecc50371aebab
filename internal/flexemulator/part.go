package flexemulator

import (
	"maps"
	"slices"
	"strings"
)

// A part of an entity has parameters of its own, and a type that says which are required: a flow's integration, an address's
// auto-creation.
type part struct {
	// Prefix is what the names of its parameters begin with, and Type the name of the parameter with its type.
	Prefix string `json:"prefix"`
	Type   string `json:"type"`
	// Defaults are those that do not depend on the type.
	Defaults map[string]any      `json:"defaults"`
	Types    map[string]partType `json:"types"`
	// keys are all that it may have in an answer.
	keys []string
}

// partType is what the document says of one type.
type partType struct {
	Required []string       `json:"required"`
	Defaults map[string]any `json:"defaults"`
}

// key is the name that a parameter has in answers: Integration.FlowSid is flow_sid.
func key(parameter string) string {
	name := parameter[strings.LastIndex(parameter, ".")+1:]
	var s strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			s.WriteByte('_')
		}
		s.WriteString(strings.ToLower(string(r)))
	}
	return s.String()
}

// apply returns what a part has after a form was sent; replace drops what the form does not have, if it has any of the part.
func (p *part) apply(has, form map[string]any, replace bool) map[string]any {
	sent := map[string]any{}
	for name, value := range form {
		if strings.HasPrefix(name, p.Prefix) {
			sent[key(name)] = value
		}
	}
	if len(sent) == 0 {
		return has
	}
	if replace || has == nil {
		return sent
	}
	maps.Copy(has, sent)
	return has
}

// missing refuses a part that lacks what its type requires, when a form has that type.
func (p *part) missing(has, form map[string]any) *apiError {
	kind, _ := form[p.Type].(string)
	for _, parameter := range p.Types[kind].Required {
		if has[key(parameter)] == nil {
			return invalid(parameter, "it is required when "+p.Type+" is "+kind)
		}
	}
	return nil
}

// defaults are what a part of a type has where nothing was sent.
func (p *part) defaults(kind string) map[string]any {
	all := map[string]any{}
	maps.Copy(all, p.Defaults)
	maps.Copy(all, p.Types[kind].Defaults)
	return all
}

// nulls are all keys that a part may have, without values.
func (p *part) nulls() map[string]any {
	all := map[string]any{}
	for _, name := range p.keys {
		all[name] = nil
	}
	return all
}

// listKeys sets the keys from the names of all parameters.
func (p *part) listKeys(parameters []string) {
	for _, name := range parameters {
		if strings.HasPrefix(name, p.Prefix) {
			p.keys = append(p.keys, key(name))
		}
	}
	slices.Sort(p.keys)
}

// set sets a field to what a form holds under a name, if it does.
func set[T any](form map[string]any, name string, target *T) {
	if value, ok := form[name].(T); ok {
		*target = value
	}
}
