// Package attribute has the types of attributes, whichever resource they belong to. A type brings all that is known of its values: what
// they can be, how they are decoded, sent and compared, and how they stand in schemas and documentation.
package attribute

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

// A Type is a type of attribute.
type Type interface {
	// Null and Unknown return the values that are not known.
	Null() attr.Value
	Unknown() attr.Value
	// Decode returns the value in a response: null where that has null, nothing, or an empty string, and beside an error.
	Decode(raw json.RawMessage) (attr.Value, error)
	// Encode returns a known value as a request has it: a parameter for each string.
	Encode(value attr.Value) []string
	// Compare compares a known value with one in a response. Null in the response is unclear, but the same as an empty value.
	Compare(sent, answered attr.Value) compare.Outcome
	// Documentation returns what the values are, and what matters only to those who set one, in Markdown. Either may be empty.
	Documentation() (values, rule string)

	schemas
}

// A Growing type can have values that this provider does not list, because Twilio adds to them.
type Growing interface {
	// CheckNew reports values that are not listed and that the state does not have; prior is nil or null where the state has none.
	CheckNew(at path.Path, value, prior attr.Value) diag.Diagnostics
}

// A Clearable type may have an empty value that clears what the API has.
type Clearable interface {
	// Empty returns that value, nil where there is none.
	Empty() attr.Value
}

// The types of whole numbers and booleans.
var (
	Number  = NumberBetween(math.MinInt64, math.MaxInt64)
	Boolean = Type(boolean{})
)

type (
	number  struct{ check check[*big.Float] }
	boolean struct{}
)

// NumberBetween is the type of whole numbers from least to most. It does not use the framework's Int64, for which a number that is not
// whole is an error in the provider.
func NumberBetween(least, most int64) Type { return number{between(least, most)} }

// NumberValue returns a known whole number.
func NumberValue(value int64) attr.Value { return types.NumberValue(new(big.Float).SetInt64(value)) }

func (number) Null() attr.Value    { return types.NumberNull() }
func (number) Unknown() attr.Value { return types.NumberUnknown() }

func (n number) Decode(raw json.RawMessage) (attr.Value, error) {
	value, err := apijson.Int(raw)
	if err != nil || value == nil {
		return n.Null(), err
	}
	return NumberValue(*value), nil
}

func (number) Encode(value attr.Value) []string {
	whole, _ := value.(types.Number)
	return []string{whole.ValueBigFloat().Text('f', -1)}
}

func (number) Compare(sent, answered attr.Value) compare.Outcome { return compareEqual(sent, answered) }

func (number) Documentation() (values, rule string) { return "", "" }

func (boolean) Null() attr.Value    { return types.BoolNull() }
func (boolean) Unknown() attr.Value { return types.BoolUnknown() }

func (boolean) Decode(raw json.RawMessage) (attr.Value, error) {
	value, err := apijson.Bool(raw)
	return types.BoolPointerValue(value), err
}

func (boolean) Encode(value attr.Value) []string {
	truth, _ := value.(types.Bool)
	return []string{strconv.FormatBool(truth.ValueBool())}
}

func (boolean) Compare(sent, answered attr.Value) compare.Outcome {
	return compareEqual(sent, answered)
}

func (boolean) Documentation() (values, rule string) { return "", "" }

func compareEqual(sent, answered attr.Value) compare.Outcome {
	switch {
	case sent.Equal(answered):
		return compare.Same
	case answered.IsNull():
		return compare.Unclear
	}
	return compare.Different
}

// IsKnown reports whether a value is set and known.
func IsKnown(value attr.Value) bool { return value != nil && !value.IsNull() && !value.IsUnknown() }

// TextOf returns a string's value, empty for one that is null, unknown or no string.
func TextOf(value attr.Value) string {
	text, _ := value.(types.String)
	return text.ValueString()
}
