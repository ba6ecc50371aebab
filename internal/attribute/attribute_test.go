package attribute_test

import (
	"math/big"
	"regexp"
	"strings"
	"testing"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

func TestShownValue(t *testing.T) {
	for want, value := range map[string]attr.Value{
		`"https://…@host/path?…"`:  types.StringValue("https://me:secret@host/path?token=1"),
		`"https://host/hook"`:      types.StringValue("https://host/hook"),
		"7":                        attribute.NumberValue(7),
		"<null>":                   types.StringNull(),
		`"fax"`:                    types.StringValue("fax"),
		"a value of 32 characters": types.StringValue(strings.Repeat("0", 32)),
	} {
		if got := attribute.ShownValue(value); got != want {
			t.Errorf("got %s, expected %s", got, want)
		}
	}
}

// problems returns what the checks of a type say of a value, as a resource, a data source and a list resource run them.
func problems(t *testing.T, of attribute.Type, value attr.Value) string {
	t.Helper()
	at, all := path.Root("integration").AtName("kind"), diag.Diagnostics{}
	switch a := of.Resource(attribute.SchemaOptions{Optional: true}).(type) {
	case resource.StringAttribute:
		for _, v := range a.Validators {
			resp := &validator.StringResponse{}
			v.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: value.(types.String)}, resp)
			all.Append(resp.Diagnostics...)
			if v.Description(t.Context()) == "" || v.MarkdownDescription(t.Context()) != v.Description(t.Context()) {
				t.Errorf("%T has no description", v)
			}
		}
	case resource.NumberAttribute:
		for _, v := range a.Validators {
			resp := &validator.NumberResponse{}
			v.ValidateNumber(t.Context(), validator.NumberRequest{Path: at, ConfigValue: value.(types.Number)}, resp)
			all.Append(resp.Diagnostics...)
		}
	case resource.SetAttribute:
		for _, v := range a.Validators {
			resp := &validator.SetResponse{}
			v.ValidateSet(t.Context(), validator.SetRequest{Path: at, ConfigValue: value.(types.Set)}, resp)
			all.Append(resp.Diagnostics...)
		}
	default:
		t.Fatalf("%T", a)
	}
	return said(all)
}

func said(diags diag.Diagnostics) string {
	var all []string
	for _, d := range diags {
		all = append(all, d.Summary()+": "+d.Detail())
	}
	return strings.Join(all, "\n")
}

// Unknown and null values are valid. An error names the attribute, what is wrong and what to do.
func TestChecks(t *testing.T) {
	enum, number := attribute.Enum("a", "b", "c"), attribute.NumberBetween(0, 3)
	open := attribute.SetOf(attribute.OpenEnum("a", "b"))
	closed := attribute.SetOf(attribute.Enum("a", "b"))
	onlyA := attribute.Text.Matching(regexp.MustCompile("^a$"), "must be a", "it is not a. Set it to a")
	const used = "Invalid kind: The value of integration.kind can't be used: "
	text := types.StringValue
	for name, c := range map[string]struct {
		of    attribute.Type
		value attr.Value
		want  string
	}{
		"listed":                  {enum, text("b"), ""},
		"not listed":              {enum, text("d"), `"d" is not one of the accepted values. Set it to "a", "b" or "c".`},
		"a secret":                {enum, text(strings.Repeat("0", 32)), `a value of 32 characters is not one of the accepted values. Set it to "a", "b" or "c".`},
		"null":                    {enum, types.StringNull(), ""},
		"unknown":                 {enum, types.StringUnknown(), ""},
		"open":                    {attribute.OpenEnum("a"), text("d"), ""},
		"empty text":              {attribute.Text, text(""), ""},
		"empty":                   {attribute.NonEmptyText, text(""), "it is empty. Set it to at least one character."},
		"not empty":               {attribute.NonEmptyText, text(" "), ""},
		"in range":                {number, attribute.NumberValue(3), ""},
		"out of range":            {number, attribute.NumberValue(4), "4 is out of range. Set it to a number from 0 to 3."},
		"not whole":               {number, types.NumberValue(big.NewFloat(1.5)), "1.5 is not a whole number. Use a whole number."},
		"ten digits":              {number, attribute.NumberValue(2147483648), "2147483648 is out of range. Set it to a number from 0 to 3."},
		"of more than 64 bits":    {number, types.NumberValue(big.NewFloat(1 << 70)), "1180591620717411303424 is out of range. Set it to a number from 0 to 3."},
		"unknown number":          {number, number.Unknown(), ""},
		"no number of 64 bits":    {attribute.Number, types.NumberValue(big.NewFloat(1 << 70)), "1180591620717411303424 is out of range. Set it to a number from -9223372036854775808 to 9223372036854775807."},
		"any number":              {attribute.Number, attribute.NumberValue(4), ""},
		"SID":                     {attribute.SID(sid.ChatService), text("IS" + strings.Repeat("1", 32)), ""},
		"malformed SID":           {attribute.SID(sid.ChatService), text("IS1"), `"IS1" is not a chat service SID: it has 3 characters instead of 34. A chat service SID is "IS" followed by 32 hexadecimal digits.`},
		"no SID":                  {attribute.SID(sid.ChatService), text(""), `"" is not a chat service SID: it is empty. A chat service SID is "IS" followed by 32 hexadecimal digits.`},
		"empty SID that clears":   {attribute.SID(sid.ChatService).OrEmpty(), text(""), ""},
		"malformed SID or empty":  {attribute.SID(sid.ChatService).OrEmpty(), text("x"), `"x" is not a chat service SID: it has 1 character instead of 34. A chat service SID is "IS" followed by 32 hexadecimal digits.`},
		"unique name":             {attribute.SIDOrName(sid.TaskChannel), text("sms"), ""},
		"empty name":              {attribute.SIDOrName(sid.TaskChannel), text(""), "an empty value is neither a Task Channel SID nor a unique name."},
		"at most":                 {attribute.Text.AtMost(3), text("üüü"), ""},
		"more":                    {attribute.Text.AtMost(3), text("üüüü"), "it has 4 characters. Set it to at most 3."},
		"matching":                {onlyA, text("a"), ""},
		"not matching":            {onlyA, text("b"), "it is not a. Set it to a."},
		"null set":                {open, open.Null(), ""},
		"unknown set":             {open, open.Unknown(), ""},
		"empty set":               {open, textSet(), ""},
		"open set":                {open, textSet(text("a"), text("c")), ""},
		"null element":            {open, textSet(text("a"), types.StringNull()), "it has an empty element. Remove that."},
		"closed set":              {closed, textSet(text("a"), text("c")), `"c" is not one of the accepted values. Set it to "a" or "b".`},
		"set with unknown values": {closed, textSet(text("c"), types.StringUnknown()), ""}, // checked when all are known
	} {
		want := c.want
		if want != "" {
			want = used + want
		}
		if got := problems(t, c.of, c.value); got != want {
			t.Errorf("%s: got %q, expected %q", name, got, want)
		}
	}
}

// Attributes that can't be configured have no checks.
func TestChecks_computed(t *testing.T) {
	a, ok := attribute.Enum("a").DataSource(attribute.SchemaOptions{Computed: true}).(datasource.StringAttribute)
	if !ok || len(a.Validators) > 0 {
		t.Errorf("%d checks", len(a.Validators))
	}
}

// A value that Twilio added to an enumeration is refused where it is new, and not where the state has it.
func TestCheckNew(t *testing.T) {
	word, events := attribute.OpenEnum("a", "b"), attribute.SetOf(attribute.OpenEnum("a", "b"))
	text := types.StringValue
	const refused = `Invalid kind: The value of kind can't be used: "c" is not one of the accepted values. Set it to "a" or "b".`
	for name, c := range map[string]struct {
		of           attribute.Type
		value, prior attr.Value
		want         string
	}{
		"listed":                  {word, text("a"), nil, ""},
		"create":                  {word, text("c"), nil, refused},
		"null before":             {word, text("c"), types.StringNull(), refused},
		"change":                  {word, text("c"), text("a"), refused},
		"in the state":            {word, text("c"), text("c"), ""},
		"unknown":                 {word, types.StringUnknown(), nil, ""},
		"null":                    {word, types.StringNull(), nil, ""},
		"closed":                  {attribute.Enum("a", "b"), text("c"), nil, ""}, // refused already
		"set":                     {events, textSet(text("a"), text("c")), nil, refused},
		"set, null before":        {events, textSet(text("c")), events.Null(), refused},
		"set, in the state":       {events, textSet(text("a"), text("c")), textSet(text("c")), ""},
		"set, another one before": {events, textSet(text("c")), textSet(text("d")), refused},
		"set, unknown":            {events, textSet(types.StringUnknown()), nil, ""},
		"unknown set":             {events, events.Unknown(), nil, ""},
	} {
		growing, ok := c.of.(attribute.Growing)
		if !ok {
			t.Fatalf("%T", c.of)
		}
		if got := said(growing.CheckNew(path.Root("kind"), c.value, c.prior)); got != c.want {
			t.Errorf("%s: got %q, expected %q", name, got, c.want)
		}
	}
}

// Each type compares in its own form.
func TestCompare(t *testing.T) {
	text, number := types.StringValue, attribute.NumberValue
	channel, other := "TC"+strings.Repeat("1", 32), "TC"+strings.Repeat("2", 32)
	events := attribute.SetOf(attribute.OpenEnum("a", "b"))
	for name, c := range map[string]struct {
		of             attribute.Type
		sent, answered attr.Value
		want           compare.Outcome
	}{
		"text":                   {attribute.Text, text("a "), text("a"), compare.Same},
		"another text":           {attribute.Text, text("a"), text("b"), compare.Different},
		"null":                   {attribute.Text, text("a"), types.StringNull(), compare.Unclear},
		"empty and null":         {attribute.Text, text(""), types.StringNull(), compare.Same},
		"empty and another text": {attribute.Text, text(""), text("a"), compare.Different},
		"address":                {attribute.Address, text("+1 (500) 555-0006"), text("+15005550006"), compare.Same},
		"URL":                    {attribute.URL, text("HTTPS://EXAMPLE.com"), text("https://example.com/"), compare.Same},
		"word":                   {attribute.Enum("GET"), text("GET"), text("get"), compare.Same},
		"another word":           {attribute.OpenEnum("a"), text("a"), text("b"), compare.Different},
		"SID":                    {attribute.SID(sid.TaskChannel), text(channel), text(other), compare.Different},
		"SID and a name":         {attribute.SIDOrName(sid.TaskChannel), text("sms"), text(channel), compare.Unclear},
		"name and a SID":         {attribute.SIDOrName(sid.TaskChannel), text(channel), text("sms"), compare.Unclear},
		"two SIDs":               {attribute.SIDOrName(sid.TaskChannel), text(channel), text(other), compare.Different},
		"two names":              {attribute.SIDOrName(sid.TaskChannel), text("sms"), text("web"), compare.Different},
		"number":                 {attribute.Number, number(1), number(1), compare.Same},
		"another number":         {attribute.Number, number(1), number(2), compare.Different},
		"no number":              {attribute.Number, number(0), attribute.Number.Null(), compare.Unclear},
		"boolean":                {attribute.Boolean, types.BoolValue(false), types.BoolNull(), compare.Unclear},
		"set":                    {events, textSet(text("a"), text("b")), textSet(text("b"), text("a")), compare.Same},
		"another set":            {events, textSet(text("a")), textSet(text("b")), compare.Different},
		"set and null":           {events, textSet(text("a")), events.Null(), compare.Unclear},
		"empty set and null":     {events, textSet(), events.Null(), compare.Same},
	} {
		if got := c.of.Compare(c.sent, c.answered); got != c.want {
			t.Errorf("%s: %d, expected %d", name, got, c.want)
		}
	}
}

func TestDocumentation(t *testing.T) {
	for want, of := range map[string]attribute.Type{
		"": attribute.Text, "|Must not be empty.": attribute.NonEmptyText, "An absolute `http` or `https` URL.": attribute.URL,
		"One of `a`, `b` or `c`.": attribute.Enum("a", "b", "c"),
		"One of `a` or `b`; Twilio may add others.|A value that is not listed can be imported, but not set.":         attribute.OpenEnum("a", "b"),
		"Each is one of `a` or `b`; Twilio may add others.|A value that is not listed can be imported, but not set.": attribute.SetOf(attribute.OpenEnum("a", "b")),
		"Format: `FW` followed by 32 hexadecimal digits.":                                                            attribute.SID(sid.StudioFlow),
		"A SID (`TC` followed by 32 hexadecimal digits) or a unique name.":                                           attribute.SIDOrName(sid.TaskChannel),
	} {
		values, rule := of.Documentation()
		if got := strings.TrimSuffix(values+"|"+rule, "|"); got != want {
			t.Errorf("got %q, expected %q", got, want)
		}
	}
}
