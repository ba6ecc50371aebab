// Package conversationsaddress has the definition of an address configuration of Twilio Conversations: its API, its attributes, and the
// rules for its auto_creation block.
package conversationsaddress

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// Kind is an address configuration in Twilio's API.
var Kind = twilio.Kind{
	SID: sid.Address, Host: "conversations", Path: "/v1/Configuration/Addresses", ListKey: "address_configurations", PageSize: 50,
	Filter: "Type", FilterValues: []string{"sms", "whatsapp"},
	Distinguishing: []string{"Type", "Address"}, Alias: "Address",
}

// Definition is an address configuration in Terraform.
var Definition = &tfresource.Definition{
	Kind: Kind, TypeName: "conversations_address_configuration",
	Description: "Manages an address configuration of Twilio Conversations (classic): for one address of a contact centre, such as a phone " +
		"number, what happens to a message that belongs to no conversation yet.\n\nIn Flex Conversations, it does what a Flex Flow did " +
		"before. The guide Moving from Flex Flows to Flex Conversations says how to move.",
	Attributes: append(tfresource.Common(sid.Address), attributes...), Blocks: []*tfresource.Block{autoCreation},
	Validate: validateAddress, Foreign: foreign,
	LookUp: "address", Narrow: []string{"type"}, Filters: []string{"type", "address", "friendly_name", "address_country"},
	Conflict: "Twilio has another configuration for this address, or a Flex Flow that still uses it. Import that configuration by its " +
		"SID or its address, or delete what is in the way first.",
	Unavailable: "Or the account may not have Conversations (classic).",
}

// attributes are those of an address configuration alone, outside its auto_creation block.
var attributes = []tfresource.Attribute{
	{
		Name: "type", Role: tfresource.Required, Immutable: true,
		Type: attribute.OpenEnum("sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat").
			Meaning(map[string]string{"facebook": "messenger", "web": "chat"}),
		Description: "Type of the address. Google ended `gbm`, Google Business Messages, in 2024.",
	},
	{
		Name: "address", Role: tfresource.Required, Immutable: true,
		Type: attribute.Address.Matching(regexp.MustCompile(`(?s).`), "must not be empty", "it is empty. Set it to the address").
			Matching(regexp.MustCompile(`^(\S(.*\S)?)?$`), "must not begin or end with white space",
				"it begins or ends with white space. Set it to the address alone"),
		Description: "The address: for example `\"+15005550006\"`, `\"whatsapp:+15005550006\"`, `\"messenger:PAGE_ID\"` or an e-mail " +
			"address; for chat, for example the SID of a deployment key, which begins with `CV`.",
	},
	{
		Name: "address_country", Role: tfresource.Optional, Immutable: true, DriftIgnored: true,
		Type: attribute.Text.Matching(regexp.MustCompile(`^[A-Z]{2}$`), "must be two capital letters",
			`it is not an ISO 3166-1 alpha-2 code. Set it to two capital letters, such as "US"`),
		Description: "Country of the address as an ISO 3166-1 alpha-2 code, such as `\"US\"`. It matters to short codes only.",
	},
	{
		Name: "friendly_name", Type: attribute.Text.AtMost(256).NullIsEmpty(), Role: tfresource.Optional,
		Description: "Name that describes the address to people, up to 256 characters; `\"\"` where there is none.",
		Omitted:     "If omitted, it stays as it is in Twilio.",
	},
}

// forms are what addresses of some types look like. Only addresses of the type have its prefix.
var forms = []struct {
	addressType, prefix string
	pattern             *regexp.Regexp
	description         string
}{
	{
		"sms", "", regexp.MustCompile(`^(\+[0-9]{3,15}|[0-9]{3,8})$`),
		`a phone number in quotes and with a plus, such as "+15005550006", or a short code`,
	},
	{"whatsapp", "whatsapp:", regexp.MustCompile(`^whatsapp:\+[0-9]{3,15}$`), `such as "whatsapp:+15005550006"`},
	{"messenger", "messenger:", regexp.MustCompile(`^messenger:.`), `such as "messenger:PAGE_ID"`},
	{"email", "", regexp.MustCompile(`^[^@\s]+@[^@\s]+$`), `such as "support@example.com"`},
}

// validateAddress reports an address that has the prefix of another type, and warns of one that does not look like those of its type:
// Twilio documents no forms. A number of nine or more digits without a plus is one that YAML or JSON took for a number.
func validateAddress(text func(string) types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	address, addressType := text("address").ValueString(), text("type").ValueString()
	if addressType == "gbm" {
		diags.AddAttributeWarning(path.Root("type"), "Google Business Messages has ended", "Google ended it on 2024-07-31. No message reaches "+
			"an address of type \"gbm\". Remove the resource, or set type to that of another channel.")
	}
	if addressType == "" || address == "" || strings.TrimSpace(address) != address {
		return diags // not known, or refused already
	}
	for _, form := range forms {
		switch {
		case form.addressType != addressType && form.prefix != "" && strings.HasPrefix(address, form.prefix):
			diags.AddAttributeError(path.Root("address"), "Address of another type", fmt.Sprintf("The address begins with %q, which makes it "+
				"one of type %q, but type is %q. Change type, or remove the prefix.", form.prefix, form.addressType, addressType))
		case form.addressType == addressType && !form.pattern.MatchString(address):
			diags.AddAttributeWarning(path.Root("address"), "Unusual address", fmt.Sprintf("The address does not look like one of type %q, "+
				"which is %s. Twilio may refuse it, or never use it.", addressType, form.description))
		}
	}
	if diags.HasError() {
		return diags.Errors()
	}
	return diags
}
