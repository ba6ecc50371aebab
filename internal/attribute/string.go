package attribute

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// A String is a type of strings.
type String struct {
	form   compare.Form
	checks []check[string]
	// values and rule are the type's documentation.
	values, rule string
	// listed are the values of an enumeration, all of them unless it is open. lower means that requests have them in lower case.
	listed      []string
	open, lower bool
	// meant has the values of the enumeration that are meant by names from elsewhere.
	meant map[string]string
	// address means that the strings are addresses of contacts.
	address bool
	// kind is that of the SIDs that may stand in place of a name.
	kind sid.Kind
	// clearable means that "" clears what the API has, and nullIsEmpty that null in a response means "".
	clearable, nullIsEmpty bool
}

// Types of strings. Address is an address at which contacts reach a channel, such as a telephone number.
var (
	Text         = String{form: compare.Text}
	NonEmptyText = String{form: compare.Text, checks: []check[string]{notEmpty}, rule: "Must not be empty."}
	Address      = String{form: compare.Address, address: true}
	URL          = String{form: compare.URL, checks: []check[string]{absoluteURL}, values: "An absolute `http` or `https` URL."}
)

// Enum is the type of an enumeration, which has no other values than these.
func Enum(values ...string) String {
	return String{form: compare.Word, listed: values, checks: []check[string]{oneOf(values, nil)}, values: "One of " + Quoted(values) + "."}
}

// OpenEnum is the type of an enumeration that Twilio adds to. Any value is valid; see [Growing].
func OpenEnum(values ...string) String {
	return String{
		form: compare.Word, listed: values, open: true, values: "One of " + Quoted(values) + "; Twilio may add others.",
		rule: "A value that is not listed can be imported, but not set.",
	}
}

// Meaning returns an enumeration whose errors say which value is meant by names from elsewhere.
func (s String) Meaning(meant map[string]string) String {
	if s.meant = meant; !s.open {
		s.checks = []check[string]{oneOf(s.listed, meant)}
	}
	return s
}

// SID is the type of the SIDs of a kind.
func SID(kind sid.Kind) String {
	return String{
		form: compare.Text, values: "Format: " + kind.Markdown() + ".",
		checks: []check[string]{{"must be " + kind.Format(), problemOf(kind.Check)}},
	}
}

// SIDOrName is the type of references by a SID or by a unique name.
func SIDOrName(kind sid.Kind) String {
	return String{
		form: compare.Text, kind: kind, values: "A SID (" + kind.Markdown() + ") or a unique name.",
		checks: []check[string]{{"must be " + kind.Format() + ", or a unique name", problemOf(kind.CheckOrUniqueName)}},
	}
}

// SentLower returns the type with requests that have its values in lower case.
func (s String) SentLower() String {
	s.lower = true
	return s
}

// OrEmpty returns the type with "" as a value that clears what the API has.
func (s String) OrEmpty() String {
	s.clearable = true
	return s
}

// NullIsEmpty returns the type with null in responses as "".
func (s String) NullIsEmpty() String {
	s.nullIsEmpty = true
	return s
}

// Absent is the value of a field that a response does not have.
func (s String) Absent() attr.Value {
	if s.nullIsEmpty {
		return types.StringValue("")
	}
	return types.StringNull()
}

// AtMost returns the type for strings of so many characters or fewer.
func (s String) AtMost(characters int) String {
	return s.with(fmt.Sprintf("must have at most %d characters", characters), func(value string) string {
		if count := utf8.RuneCountInString(value); count > characters {
			return fmt.Sprintf("it has %d characters. Set it to at most %d", count, characters)
		}
		return ""
	})
}

// Matching returns the type for strings that the expression matches. problem says what is wrong with the others, and what to do.
func (s String) Matching(expression *regexp.Regexp, description, problem string) String {
	return s.with(description, func(value string) string {
		if expression.MatchString(value) {
			return ""
		}
		return problem
	})
}

func (s String) with(description string, problem func(string) string) String {
	s.checks = append(slices.Clone(s.checks), check[string]{description, problem})
	return s
}

// Null returns null.
func (String) Null() attr.Value { return types.StringNull() }

// Unknown returns an unknown string.
func (String) Unknown() attr.Value { return types.StringUnknown() }

// Decode returns the value of a response; of an enumeration, in the letter case of the list.
func (s String) Decode(raw json.RawMessage) (attr.Value, error) {
	value, err := apijson.String(raw)
	if err != nil || value == nil || *value == "" {
		return types.StringNull(), err
	}
	spelled, _ := s.Listed(*value)
	return types.StringValue(spelled), nil
}

// Listed returns a value of an enumeration in the letter case of the list, and any other value as it is.
func (s String) Listed(value string) (spelled string, ok bool) {
	for _, listed := range s.listed {
		if strings.EqualFold(value, listed) {
			return listed, true
		}
	}
	return value, false
}

// Encode returns the value as a request has it.
func (s String) Encode(value attr.Value) []string {
	if s.lower {
		return []string{strings.ToLower(TextOf(value))}
	}
	return []string{TextOf(value)}
}

// Compare compares two values in the form of the type. A SID and a name may be those of the same resource.
func (s String) Compare(sent, answered attr.Value) compare.Outcome {
	one, other := TextOf(sent), TextOf(answered)
	switch {
	case answered.IsNull() && one == "":
		return compare.Same
	case answered.IsNull(), s.kind.Prefix != "" && s.kind.Valid(one) != s.kind.Valid(other):
		return compare.Unclear
	}
	return compare.Strings(one, other, s.form)
}

// Documentation returns what the values are, and what matters only to those who set one.
func (s String) Documentation() (values, rule string) { return s.values, s.rule }

// IsAddress reports whether the strings are addresses at which contacts reach a channel, which may have its name in front.
func (s String) IsAddress() bool { return s.address }

// Empty returns "" where that clears what the API has.
func (s String) Empty() attr.Value {
	if s.clearable {
		return types.StringValue("")
	}
	return nil
}

// CheckNew reports a value of an open enumeration that is not listed and that the state does not have.
func (s String) CheckNew(at path.Path, value, prior attr.Value) diag.Diagnostics {
	if !IsKnown(value) || IsKnown(prior) && s.Compare(value, prior) == compare.Same {
		return nil
	}
	return s.checkListed(at, TextOf(value))
}

func (s String) checkListed(at path.Path, value string) diag.Diagnostics {
	if !s.open {
		return nil
	}
	return oneOf(s.listed, s.meant).diagnose(at, types.StringValue(value), value)
}

// problemOf returns a check's problem from a function that returns an error.
func problemOf(check func(string) error) func(string) string {
	return func(value string) string {
		if err := check(value); err != nil {
			return err.Error()
		}
		return ""
	}
}
