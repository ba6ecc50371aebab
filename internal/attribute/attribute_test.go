package attribute_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

func TestShownValue(t *testing.T) {
	for want, value := range map[string]attr.Value{
		`"https://…@host/path?…"`:  types.StringValue("https://me:secret@host/path?token=1"),
		`"https://host/hook"`:      types.StringValue("https://host/hook"),
		"7":                        attribute.NewWholeNumber(7),
		"<null>":                   types.StringNull(),
		`"fax"`:                    types.StringValue("fax"),
		"a value of 32 characters": types.StringValue(strings.Repeat("0", 32)),
	} {
		if got := attribute.ShownValue(value); got != want {
			t.Errorf("got %s, expected %s", got, want)
		}
	}
}

// Values that are not known pass; what is refused is refused with the value, the place and what to do.
func TestValidators(t *testing.T) {
	at := path.Root("integration").AtName("kind")
	text := func(v validator.String, value types.String) string {
		resp := &validator.StringResponse{}
		v.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: value}, resp)
		if !resp.Diagnostics.HasError() {
			return ""
		}
		return resp.Diagnostics[0].Summary() + ": " + resp.Diagnostics[0].Detail()
	}
	number := func(v validator.Int64, value types.Int64) string {
		resp := &validator.Int64Response{}
		v.ValidateInt64(t.Context(), validator.Int64Request{Path: at, ConfigValue: value}, resp)
		if !resp.Diagnostics.HasError() {
			return ""
		}
		return resp.Diagnostics[0].Summary() + ": " + resp.Diagnostics[0].Detail()
	}
	oneOf, range3 := attribute.OneOf("a", "b", "c"), attribute.Between(0, 3)
	const used = "Invalid kind: The value of integration.kind can't be used: "
	for name, c := range map[string]struct{ got, want string }{
		"one of":         {text(oneOf, types.StringValue("b")), ""},
		"none of":        {text(oneOf, types.StringValue("d")), used + `"d" is not one of the accepted values. Set it to "a", "b" or "c".`},
		"a secret":       {text(oneOf, types.StringValue(strings.Repeat("0", 32))), used + `a value of 32 characters is not one of the accepted values. Set it to "a", "b" or "c".`},
		"null":           {text(oneOf, types.StringNull()), ""},
		"unknown":        {text(oneOf, types.StringUnknown()), ""},
		"empty":          {text(attribute.NotEmpty(), types.StringValue("")), used + "it is empty. Set it to at least one character."},
		"not empty":      {text(attribute.NotEmpty(), types.StringValue(" ")), ""},
		"in range":       {number(range3, types.Int64Value(3)), ""},
		"out of range":   {number(range3, types.Int64Value(4)), used + "4 is out of range. Set it to a number from 0 to 3."},
		"unknown number": {number(range3, types.Int64Unknown()), ""},
		"URL":            {text(attribute.URL(), types.StringValue("https://me:secret@example.com?a=b")), ""},
		"no URL":         {text(attribute.URL(), types.StringValue("me:secret@example.com")), used + `it is not an absolute http or https URL with a host, such as "https://example.com/hook".`},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, expected %q", name, c.got, c.want)
		}
	}
}
