package attribute

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

// A set is a type of sets of strings. The empty set clears what the API has.
type set struct{ element String }

// SetOf is the type of sets of strings of a type.
func SetOf(element String) Type { return set{element} }

var (
	_ Growing   = set{}
	_ Clearable = set{}
)

func (set) Null() attr.Value    { return types.SetNull(types.StringType) }
func (set) Unknown() attr.Value { return types.SetUnknown(types.StringType) }
func (set) Empty() attr.Value   { return types.SetValueMust(types.StringType, []attr.Value{}) }

// Decode returns the elements, each once: a set with an element twice is invalid.
func (s set) Decode(raw json.RawMessage) (attr.Value, error) {
	values, err := apijson.Strings(raw)
	if err != nil || len(values) == 0 {
		return s.Null(), err
	}
	slices.Sort(values)
	elements := []attr.Value{}
	for _, value := range slices.Compact(values) {
		spelled, _ := s.element.Listed(value)
		elements = append(elements, types.StringValue(spelled))
	}
	return types.SetValueMust(types.StringType, elements), nil
}

// Encode returns the elements, or an empty string for the empty set: a form can't have a parameter without a value.
func (s set) Encode(value attr.Value) []string {
	values := elementsOf(value)
	if len(values) == 0 {
		return []string{""}
	}
	return values
}

func (s set) Compare(sent, answered attr.Value) compare.Outcome {
	if answered.IsNull() && len(elementsOf(sent)) == 0 {
		return compare.Same
	}
	return compareEqual(sent, answered)
}

func (s set) Documentation() (values, rule string) {
	values, rule = s.element.Documentation()
	if values != "" {
		values = "Each is " + strings.ToLower(values[:1]) + values[1:]
	}
	return values, rule
}

func (s set) CheckNew(at path.Path, value, prior attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	known := elementsOf(prior)
	elements, _ := value.(types.Set)
	for _, element := range elements.Elements() {
		if IsKnown(element) && !slices.Contains(known, TextOf(element)) && !diags.HasError() {
			diags.Append(s.element.checkListed(at, TextOf(element))...)
		}
	}
	return diags
}

// elementsOf returns the strings of a set, none for one that is nil, null or unknown.
func elementsOf(value attr.Value) []string {
	elements, _ := value.(types.Set)
	var all []string
	for _, element := range elements.Elements() {
		all = append(all, TextOf(element))
	}
	return all
}

// check refuses elements that are null or empty, and those that the element's type refuses.
func (s set) check() check[[]string] {
	return check[[]string]{"must not have empty elements", func(elements []string) string {
		for _, element := range elements {
			if element == "" {
				return "it has an empty element. Remove that"
			}
			for _, c := range s.element.checks {
				if problem := c.problem(element); problem != "" {
					return problem
				}
			}
		}
		return ""
	}}
}
