package attribute_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
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
			``: attribute.Number.Null(), `null`: attribute.Number.Null(), `""`: attribute.Number.Null(), `0`: attribute.NumberValue(0),
			`"3"`: attribute.NumberValue(3), `2.0`: attribute.NumberValue(2), `1.5`: nil, `"many"`: nil, `[]`: nil,
		}},
		"enumeration": {attribute.OpenEnum("GET", "POST"), map[string]attr.Value{
			``: types.StringNull(), `"get"`: types.StringValue("GET"), `"POST"`: types.StringValue("POST"), `"put"`: types.StringValue("put"), `[]`: nil,
		}},
		"boolean": {attribute.Boolean, map[string]attr.Value{
			``: types.BoolNull(), `null`: types.BoolNull(), `""`: types.BoolNull(), `false`: types.BoolValue(false), `"true"`: types.BoolValue(true),
			`1`: types.BoolValue(true), `"maybe"`: nil, `{}`: nil,
		}},
		"set": {attribute.SetOf(attribute.OpenEnum("a", "b", "1")), map[string]attr.Value{
			``: types.SetNull(types.StringType), `null`: types.SetNull(types.StringType), `[]`: types.SetNull(types.StringType),
			`["b", "A", "b"]`: textSet(types.StringValue("a"), types.StringValue("b")), `["new"]`: textSet(types.StringValue("new")), `[1]`: textSet(types.StringValue("1")), `"a"`: nil, `{}`: nil, `[[]]`: nil,
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
			if want == nil && !got.IsNull() {
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
		{attribute.Number, attribute.NumberValue(-3), []string{"-3"}},
		{attribute.Boolean, types.BoolValue(false), []string{"false"}},
		{attribute.Enum("GET"), types.StringValue("GET"), []string{"GET"}},
		{attribute.Enum("GET").SentLower(), types.StringValue("GET"), []string{"get"}},
		{attribute.SetOf(attribute.Text), textSet(types.StringValue("b"), types.StringValue("a")), []string{"b", "a"}},
		{attribute.SetOf(attribute.Text), textSet(), []string{""}},
	} {
		if got := c.of.Encode(c.value); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, expected %q", c.value, got, c.want)
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
		"3":               attribute.Literal(attribute.NumberValue(3)),
	} {
		if got != want {
			t.Errorf("got %q, expected %q", got, want)
		}
	}
	if attribute.Capitalized("")+attribute.Literal(nil)+attribute.Literal(types.StringNull()) != "" {
		t.Error("nothing gives something")
	}
}
