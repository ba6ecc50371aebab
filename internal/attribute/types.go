// Package attribute is what attributes are made of, whichever resource they belong to: types, places in schemas, validators whose messages
// say what is wrong, where, and what to do, and words for messages.
package attribute

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A Type is a type of attribute: its values in Terraform, in a response and in a request, and its place in a schema.
type Type interface {
	// Null and Unknown are its values that tell nothing.
	Null() attr.Value
	Unknown() attr.Value
	// Decode reads a value out of a response: null where that has null, nothing, or an empty string.
	Decode(raw json.RawMessage) (attr.Value, error)
	// Encode gives a known value as a request has it: a parameter for each string.
	Encode(value attr.Value) []string
	// Compare compares a known value with one of a response. Null in the response is unclear.
	Compare(sent, answered attr.Value) compare.Outcome

	schemas
}

// The types of attributes that there are.
var (
	Text    Type = text{}
	Number  Type = number{}
	Boolean Type = boolean{}
	TextSet Type = textSet{}
)

type (
	text    struct{}
	number  struct{}
	boolean struct{}
	textSet struct{}
)

func (text) Null() attr.Value    { return types.StringNull() }
func (text) Unknown() attr.Value { return types.StringUnknown() }

func (text) Decode(raw json.RawMessage) (attr.Value, error) {
	value, err := twilio.DecodeString(raw)
	if value == nil || *value == "" {
		return types.StringNull(), err
	}
	return types.StringValue(*value), err
}

func (text) Encode(value attr.Value) []string { return []string{TextOf(value)} }

func (text) Compare(sent, answered attr.Value) compare.Outcome {
	if answered.IsNull() {
		return compare.Unclear
	}
	return compare.Strings(TextOf(sent), TextOf(answered), compare.Text)
}

func (number) Null() attr.Value    { return WholeNumberOrNull(nil) }
func (number) Unknown() attr.Value { return WholeNumber{Int64Value: types.Int64Unknown()} }

func (number) Decode(raw json.RawMessage) (attr.Value, error) {
	value, err := twilio.DecodeInt(raw)
	return WholeNumberOrNull(value), err
}

func (number) Encode(value attr.Value) []string {
	whole, _ := value.(WholeNumber)
	return []string{strconv.FormatInt(whole.ValueInt64(), 10)}
}

func (number) Compare(sent, answered attr.Value) compare.Outcome { return compareEqual(sent, answered) }

func (boolean) Null() attr.Value    { return types.BoolNull() }
func (boolean) Unknown() attr.Value { return types.BoolUnknown() }

func (boolean) Decode(raw json.RawMessage) (attr.Value, error) {
	value, err := twilio.DecodeBool(raw)
	return types.BoolPointerValue(value), err
}

func (boolean) Encode(value attr.Value) []string {
	truth, _ := value.(types.Bool)
	return []string{strconv.FormatBool(truth.ValueBool())}
}

func (boolean) Compare(sent, answered attr.Value) compare.Outcome {
	return compareEqual(sent, answered)
}

func (textSet) Null() attr.Value    { return types.SetNull(types.StringType) }
func (textSet) Unknown() attr.Value { return types.SetUnknown(types.StringType) }

func (t textSet) Decode(raw json.RawMessage) (attr.Value, error) {
	values, err := twilio.DecodeStrings(raw)
	if err != nil || len(values) == 0 {
		return t.Null(), err
	}
	slices.Sort(values)
	elements := []attr.Value{}
	for _, value := range slices.Compact(values) { // a set with an element twice is none
		elements = append(elements, types.StringValue(value))
	}
	return types.SetValueMust(types.StringType, elements), nil
}

func (textSet) Encode(value attr.Value) []string {
	set, _ := value.(types.Set)
	var values []string
	for _, element := range set.Elements() {
		values = append(values, TextOf(element))
	}
	return values
}

func (textSet) Compare(sent, answered attr.Value) compare.Outcome {
	return compareEqual(sent, answered)
}

func compareEqual(sent, answered attr.Value) compare.Outcome {
	switch {
	case sent.Equal(answered):
		return compare.Same
	case answered.IsNull():
		return compare.Unclear
	}
	return compare.Different
}

// SameButForCase tells whether two values are strings that differ in letter case and white space at their ends alone.
func SameButForCase(a, b attr.Value) bool {
	one, ok := a.(types.String)
	other, also := b.(types.String)
	return ok && also && IsKnown(one) && IsKnown(other) &&
		strings.EqualFold(strings.TrimSpace(one.ValueString()), strings.TrimSpace(other.ValueString()))
}

// SameButForForm tells whether two values are strings that name one address in two forms: telephone numbers with blanks and the like, as +1
// (500) 555-0006 and +15005550006 are, and e-mail addresses in another letter case. White space at the ends never counts; in any other
// string, everything else does.
func SameButForForm(a, b attr.Value) bool {
	one, ok := a.(types.String)
	other, also := b.(types.String)
	return ok && also && IsKnown(one) && IsKnown(other) && canonical(one.ValueString()) == canonical(other.ValueString())
}

// telephone is a telephone number, which may have the prefix of a channel.
var telephone = regexp.MustCompile(`^([a-z]+:)?\+?[0-9 ().-]+$`)

func canonical(text string) string {
	text = strings.TrimSpace(text)
	switch {
	case telephone.MatchString(text):
		return strings.NewReplacer(" ", "", "(", "", ")", "", ".", "", "-", "").Replace(text)
	case strings.Contains(text, "@"):
		return strings.ToLower(text)
	}
	return text
}

// IsKnown tells whether a value is set and known.
func IsKnown(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

// TextOf is a string's value, empty for one that is null, unknown or no string.
func TextOf(value attr.Value) string {
	text, _ := value.(types.String)
	return text.ValueString()
}
