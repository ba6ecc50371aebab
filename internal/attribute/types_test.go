package attribute_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

func textSet(values ...attr.Value) types.Set { return types.SetValueMust(types.StringType, values) }

// What a response may hold, and what becomes of it. What is empty is null; what is of another type is an error, with null.
func TestDecode(t *testing.T) {
	for name, c := range map[string]struct {
		of   attribute.Type
		want map[string]attr.Value // by JSON; nil for an error
	}{
		"text": {attribute.Text, map[string]attr.Value{
			``: types.StringNull(), `null`: types.StringNull(), `""`: types.StringNull(), `"a"`: types.StringValue("a"), `" "`: types.StringValue(" "),
			`7`: types.StringValue("7"), `true`: types.StringValue("true"), `[]`: nil, `{}`: nil,
		}},
		"number": {attribute.Number, map[string]attr.Value{
			``: attribute.WholeNumberOrNull(nil), `null`: attribute.WholeNumberOrNull(nil), `""`: attribute.WholeNumberOrNull(nil), `0`: attribute.NewWholeNumber(0),
			`"3"`: attribute.NewWholeNumber(3), `2.0`: attribute.NewWholeNumber(2), `1.5`: nil, `"many"`: nil, `[]`: nil,
		}},
		"boolean": {attribute.Boolean, map[string]attr.Value{
			``: types.BoolNull(), `null`: types.BoolNull(), `""`: types.BoolNull(), `false`: types.BoolValue(false), `"true"`: types.BoolValue(true),
			`1`: types.BoolValue(true), `"maybe"`: nil, `{}`: nil,
		}},
		"set": {attribute.TextSet, map[string]attr.Value{
			``: types.SetNull(types.StringType), `null`: types.SetNull(types.StringType), `[]`: types.SetNull(types.StringType),
			`["b", "a"]`: textSet(types.StringValue("a"), types.StringValue("b")), `[1]`: textSet(types.StringValue("1")), `"a"`: nil, `{}`: nil, `[[]]`: nil,
		}},
	} {
		for raw, want := range c.want {
			got, err := c.of.Decode(json.RawMessage(raw))
			if (want == nil) != (err != nil) {
				t.Errorf("%s %s: error %v", name, raw, err)
			}
			if want != nil && !got.Equal(want) {
				t.Errorf("%s %s: got %s, expected %s", name, raw, got, want)
			}
			if want == nil && name != "text" && !got.IsNull() {
				t.Errorf("%s %s: got %s beside an error", name, raw, got)
			}
		}
		if !c.of.Null().IsNull() || !c.of.Unknown().IsUnknown() || attribute.IsKnown(c.of.Null()) || attribute.IsKnown(c.of.Unknown()) {
			t.Errorf("%s: null is %s, unknown is %s", name, c.of.Null(), c.of.Unknown())
		}
	}
}

func TestEncode(t *testing.T) {
	for _, c := range []struct {
		of    attribute.Type
		value attr.Value
		want  []string
	}{
		{attribute.Text, types.StringValue(""), []string{""}},
		{attribute.Text, types.StringValue("a b"), []string{"a b"}},
		{attribute.Number, attribute.NewWholeNumber(-3), []string{"-3"}},
		{attribute.Boolean, types.BoolValue(false), []string{"false"}},
		{attribute.TextSet, textSet(types.StringValue("b"), types.StringValue("a")), []string{"b", "a"}},
		{attribute.TextSet, textSet(), nil},
	} {
		if got := c.of.Encode(c.value); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, expected %q", c.value, got, c.want)
		}
	}
}

func TestValidators_sets(t *testing.T) {
	some := attribute.SomeOf("a", "b")
	const used = "The value of filters can't be used: "
	for name, c := range map[string]struct {
		value types.Set
		want  string
	}{
		"all":                {textSet(types.StringValue("a"), types.StringValue("b")), ""},
		"null":               {types.SetNull(types.StringType), ""},
		"unknown":            {types.SetUnknown(types.StringType), ""},
		"an unknown element": {textSet(types.StringValue("c"), types.StringUnknown()), ""}, // it is held to the rule when all is known
		"empty":              {textSet(), used + `it is empty. Set it to at least one of "a" or "b", or remove it.`},
		"another":            {textSet(types.StringValue("a"), types.StringValue("c")), used + `"c" is not one of the accepted values. Each element has to be "a" or "b".`},
		"a null element":     {textSet(types.StringNull()), used + `"" is not one of the accepted values. Each element has to be "a" or "b".`},
		"a secret":           {textSet(types.StringValue(strings.Repeat("0", 32))), used + `a value of 32 characters is not one of the accepted values. Each element has to be "a" or "b".`},
	} {
		resp, got := &validator.SetResponse{}, ""
		some.ValidateSet(t.Context(), validator.SetRequest{Path: path.Root("filters"), ConfigValue: c.value}, resp)
		if resp.Diagnostics.HasError() {
			got = resp.Diagnostics[0].Detail()
		}
		if got != c.want {
			t.Errorf("%s: got %q, expected %q", name, got, c.want)
		}
	}
}

func TestValidators_text(t *testing.T) {
	for name, c := range map[string]struct {
		by    validator.String
		value types.String
		want  string
	}{
		"at most":        {attribute.AtMost(3), types.StringValue("üüü"), ""},
		"more":           {attribute.AtMost(3), types.StringValue("üüüü"), "it has 4 characters. Set it to at most 3"},
		"matching":       {attribute.Matching(regexp.MustCompile("^a$"), "must be a", "set it to a"), types.StringValue("a"), ""},
		"not matching":   {attribute.Matching(regexp.MustCompile("^a$"), "must be a", "set it to a"), types.StringValue("b"), "set it to a"},
		"null":           {attribute.AtMost(0), types.StringNull(), ""},
		"unknown":        {attribute.AtMost(0), types.StringUnknown(), ""},
		"a host alone":   {attribute.URL(), types.StringValue("https://"), "it is not an absolute http or https URL"},
		"an opaque URL":  {attribute.URL(), types.StringValue("https:example.com"), "it is not an absolute http or https URL"},
		"blanks in it":   {attribute.URL(), types.StringValue("https://a b"), "it is not an absolute http or https URL"},
		"a port alone":   {attribute.URL(), types.StringValue("https://:80"), "it is not an absolute http or https URL"},
		"an IPv6 number": {attribute.URL(), types.StringValue("http://[::1]:80/"), ""},
	} {
		resp, got := &validator.StringResponse{}, ""
		c.by.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("x"), ConfigValue: c.value}, resp)
		if resp.Diagnostics.HasError() {
			got = resp.Diagnostics[0].Detail()
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, expected %q", name, got, c.want)
		}
		if c.by.Description(t.Context()) == "" || c.by.MarkdownDescription(t.Context()) != c.by.Description(t.Context()) {
			t.Errorf("%s has no description", name)
		}
	}
}

func TestWords(t *testing.T) {
	for want, got := range map[string]string{
		"":                attribute.ListOf(nil),
		"a":               attribute.ListOf([]string{"a"}),
		"a and b":         attribute.ListOf([]string{"a", "b"}),
		"a, b and c":      attribute.ListOf([]string{"a", "b", "c"}),
		"`a`, `b` or `c`": attribute.Quoted([]string{"a", "b", "c"}),
		"a or b":          attribute.Alternatives([]string{"a", "b"}),
		"a, b, or c":      attribute.Alternatives([]string{"a", "b", "c"}),
		"Address":         attribute.Capitalized("address"),
		"Flex Flow":       attribute.Capitalized("Flex Flow"),
		`"x"`:             attribute.Literal(types.StringValue("x")),
		"3":               attribute.Literal(attribute.NewWholeNumber(3)),
	} {
		if got != want {
			t.Errorf("got %q, expected %q", got, want)
		}
	}
	if attribute.Capitalized("")+attribute.Literal(nil)+attribute.Literal(types.StringNull()) != "" {
		t.Error("nothing gives something")
	}
}
