package conversationsaddress_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const pluralName = typeName + "s"

// Each type of auto-creation is read by its SID and by its address, right after it was created, as the resource has it.
func TestDataSource(t *testing.T) {
	behavior := flexemulator.Behavior{ReadLag: 500 * time.Millisecond, AutoCreation: flexemulator.AutoCreationForeignKeys}
	for kind, config := range changedByType {
		t.Run(kind, func(t *testing.T) {
			acctest.InVirtualTime(t, func(t *testing.T) {
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
				c := newCore(acctest.NewConfiguredProtocol(t, emulator))
				created := c.Create(config.Values())
				want, _ := acctest.Plain(created.Value).(map[string]any)
				for _, by := range []map[string]any{{"sid": created.SID()}, {"address": want["address"]}, {"address": want["address"], "type": want["type"]}} {
					got, text := c.ReadData(typeName, by)
					if text != "" {
						t.Fatal(text)
					}
					for name, value := range got {
						if kind == "none" && name == "auto_creation" {
							continue // the resource does not manage it
						}
						if !reflect.DeepEqual(value, want[name]) {
							t.Errorf("%s is %v, and %v in the resource", name, value, want[name])
						}
					}
				}
				emulator.RemoveAddress(created.SID())
			})
		})
	}
}

// With the real Terraform: by the SID and by the address of a resource of the same configuration.
func TestAccDataSource(t *testing.T) {
	for _, kind := range []string{"webhook"} {
		config := changedByType[kind]
		t.Run(kind, func(t *testing.T) {
			behavior := flexemulator.Behavior{ReadLag: 500 * time.Millisecond, AutoCreation: flexemulator.AutoCreationForeignKeys}
			t.Parallel()
			var checks []resource.TestCheckFunc
			names := []string{"id", "sid", "account_sid", "url", "date_created", "date_updated", "address_country", "type", "address", "friendly_name"}
			for name := range config.Block {
				names = append(names, "auto_creation."+name)
			}
			for _, name := range names {
				if name == "auto_creation.webhook_filters" {
					name += ".#"
				}
				for _, by := range []string{"sid", "address", "both"} {
					checks = append(checks, resource.TestCheckResourceAttrPair("data."+typeName+"."+by, name, address, name))
				}
			}
			all := config.String() + strings.ReplaceAll(`
data "TYPE" "sid" {
  sid = TYPE.test.sid
}
data "TYPE" "address" {
  address    = TYPE.test.address
  depends_on = [TYPE.test]
}
data "TYPE" "both" {
  address    = TYPE.test.address
  type       = TYPE.test.type
  depends_on = [TYPE.test]
}
`, "TYPE", typeName)
			acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior}), resource.TestStep{Config: all, Check: resource.ComposeAggregateTestCheckFunc(checks...)})
		})
	}
}

func TestDataSource_search(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	p := acctest.NewConfiguredProtocol(t, emulator)
	notFound := "Address configuration not found: "
	for name, c := range map[string]struct {
		config args
		found  string
		says   []string
	}{
		"by SID":                        {args{"sid": acctest.Quote(sids["rcs"])}, "rcs", nil},
		"by address":                    {args{"address": `"support@example.com"`}, "email", nil},
		"by address and type":           {args{"address": `"+15005550006"`, "type": `"rcs"`}, "rcs", nil},
		"in another letter case":        {args{"address": `"Support@Example.com"`}, "email", nil},
		"of WhatsApp":                   {args{"address": `"whatsapp:+1 (500) 555-0006"`}, "whatsapp", nil},
		"of WhatsApp by the type":       {args{"address": `"+1 500 555 0006"`, "type": `"whatsapp"`}, "whatsapp", nil},
		"with the type in front":        {args{"address": `"RCS:+1 (500) 555-0006"`}, "rcs", nil},
		"with another type in front":    {args{"address": `"email:+15005550006"`}, "", []string{notFound}},
		"with one type in front of two": {args{"address": `"whatsapp:+15005550006"`, "type": `"sms"`}, "", []string{notFound}},
		"several": {args{"address": `"+15005550006"`}, "", []string{
			"Several address configurations found: 2 address configurations match. Set type as well, or sid instead:", sids["sms"] + `   type "sms", address "+15005550006"`, sids["rcs"],
		}},
		"none of the type": {args{"address": `"+15005550006"`, "type": `"email"`}, "", []string{notFound}},
		"none":             {args{"address": `"+1500555000"`}, "", []string{notFound + `The account has no address configuration with address "+1500555000". Check the address, and that`}},
		"none of the SID":  {args{"sid": acctest.Quote(missingSID)}, "", []string{`AttributeName("sid")`, notFound + "The account has no address configuration " + missingSID}},
		"malformed SID":    {args{"sid": `"IG1"`}, "", []string{`"IG1" is not an address configuration SID`}},
		"nothing":          {args{}, "", []string{"Exactly one of these attributes must be configured: [sid,address]"}},
		"SID and address":  {args{"sid": acctest.Quote(sids["rcs"]), "address": `"+15005550006"`}, "", []string{"Exactly one of these attributes must be configured"}},
		"type alone":       {args{"type": `"sms"`}, "", []string{`Attribute "address" must be specified when "type" is specified`}},
		"a new type":       {args{"address": `"+1"`, "type": `"fax"`}, "", []string{notFound}},
		"empty address":    {args{"address": `""`}, "", []string{"it is empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			emulator.ResetRequests()
			state, text := p.ReadData(typeName, c.config.Values())
			for _, call := range emulator.CallsTo(http.MethodGet, path) {
				if want := narrowing(c.config["type"]); call.Query.Get("Type") != want {
					t.Errorf("asked for type %q, expected %q", call.Query.Get("Type"), want)
				}
			}
			if wanted := strings.Trim(c.config["address"], `"`); c.found != "" && wanted != "" && state["address"] != wanted {
				t.Errorf("holds the address %v, expected the configured one, %s", state["address"], wanted)
			}
			if c.found != "" && (text != "" || state["sid"] != sids[c.found]) {
				t.Errorf("found %v, expected %s: %s", state["sid"], sids[c.found], text)
			}
			if c.found == "" && !strings.Contains(text, "ERROR") {
				t.Errorf("found %v", state["sid"])
			}
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
		})
	}
}

// narrowing is the type by which the API is asked to narrow a list: it documents two values.
func narrowing(literal string) string {
	if name := strings.Trim(literal, `"`); name == "sms" || name == "whatsapp" {
		return name
	}
	return ""
}

// filters are filters with the address configurations of addEstate that each lets through.
var filters = map[string]struct {
	config args
	found  []string
}{
	"all":              {args{}, []string{"sms", "rcs", "whatsapp", "email", "code", "apple"}},
	"type":             {args{"type": `"sms"`}, []string{"sms", "code"}},
	"address":          {args{"address": `"+15005550006"`}, []string{"sms", "rcs"}},
	"another form":     {args{"address": `"+1 (500) 555-0006"`}, []string{"sms", "rcs"}},
	"type in front":    {args{"address": `"WhatsApp:15005550006"`}, []string{"whatsapp"}},
	"e-mail":           {args{"address": `"SUPPORT@example.com"`}, []string{"email"}},
	"type in capitals": {args{"type": `"SMS"`}, []string{"sms", "code"}},
	"name":             {args{"friendly_name": `"Support"`}, []string{"sms", "rcs"}},
	"name with blanks": {args{"friendly_name": `" Support "`}, []string{"sms", "rcs"}},
	"no name":          {args{"friendly_name": `""`}, []string{"whatsapp", "code", "apple"}},
	"country":          {args{"address_country": `"US"`}, []string{"sms"}},
	"type and country": {args{"type": `"sms"`, "address_country": `"GB"`}, []string{"code"}},
	"several":          {args{"type": `"rcs"`, "address": `"+15005550006"`, "friendly_name": `"Support"`}, []string{"rcs"}},
	"none":             {args{"type": `"email"`, "friendly_name": `"Support"`}, nil},
	"none of the type": {args{"type": `"gbm"`}, nil},
}

// found are the SIDs of what a filter lets through, in their order.
func found(sids map[string]string, keys []string) []string {
	all := []string{}
	for _, key := range keys {
		all = append(all, sids[key])
	}
	slices.Sort(all)
	return all
}

// Each filter finds what it should among more than two pages of 50, under each order of lists, sorted by SID.
func TestDataSource_list(t *testing.T) {
	for _, order := range []flexemulator.ListOrder{flexemulator.OldestFirst, flexemulator.NewestFirst, flexemulator.Shuffled} {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{Order: order}})
		sids := addEstate(emulator)
		p := acctest.NewConfiguredProtocol(t, emulator)
		for i := range 120 {
			emulator.AddAddress(flexemulator.Address{Type: "chat", Address: fmt.Sprintf("chat-%d", i), FriendlyName: new("Chat")})
		}
		for name, c := range filters {
			t.Run(string(order)+"/"+name, func(t *testing.T) {
				emulator.ResetRequests()
				state, text := p.ReadData(pluralName, c.config.Values())
				got := []string{}
				for _, one := range state["address_configurations"].([]any) {
					got = append(got, one.(map[string]any)["sid"].(string))
				}
				want := found(sids, c.found)
				if name == "all" { // the 120 as well
					if len(got) != len(want)+120 || !slices.IsSorted(got) || len(slices.Compact(got)) != len(want)+120 {
						t.Errorf("%d found", len(got))
					}
				} else if text != "" || !slices.Equal(got, want) {
					t.Errorf("got %v, expected %v: %s", got, want, text)
				}
				// The API filters by some types, and that saves pages.
				pages := 3
				if narrowing(c.config["type"]) != "" {
					pages = 1
				}
				if calls := len(emulator.Calls()); calls != pages {
					t.Errorf("%d calls, expected %d", calls, pages)
				}
				for _, call := range emulator.Calls() {
					if call.Query.Get("PageSize") != "50" || call.Query.Get("Type") != narrowing(c.config["type"]) {
						t.Errorf("asked %v", call.Query)
					}
				}
			})
		}
	}
}

// A page that can't be had is an error, and not the end of the list.
func TestDataSource_pageFails(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{SIDPaths: true}})
	for i := range 120 {
		emulator.AddAddress(flexemulator.Address{Type: "chat", Address: fmt.Sprintf("chat-%d", i)})
	}
	p := acctest.NewConfiguredProtocol(t, emulator)
	for _, name := range []string{typeName, pluralName} {
		emulator.Inject(flexemulator.Fault{Method: http.MethodGet, Nth: 3, Kind: flexemulator.FaultStatus, Status: 403, Code: 20403, Message: "no more"})()
		config := map[string]any{"address": "chat-7"}
		if _, text := p.ReadData(name, config); !strings.Contains(text, "ERROR Unable to list address configurations: Twilio responded to GET "+path+" with 403 Forbidden (code 20403): no more") {
			t.Error(text)
		}
	}
}

// With the real Terraform: the list, and an attribute of one in it.
func TestAccDataSource_list(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	all := "data." + pluralName + ".sms"
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.Factories, Steps: []resource.TestStep{{
		Config: emulator.ProviderConfig() + "data \"" + pluralName + "\" \"sms\" {\n  type = \"sms\"\n}\n",
		Check: resource.ComposeAggregateTestCheckFunc(
			resource.TestCheckResourceAttr(all, "address_configurations.#", "2"),
			resource.TestCheckTypeSetElemNestedAttrs(all, "address_configurations.*", map[string]string{
				"sid": sids["sms"], "address": "+15005550006", "friendly_name": "Support", "address_country": "US", "auto_creation.type": "studio",
				"auto_creation.studio_flow_sid": studioFlowSID, "auto_creation.studio_retry_count": "0", "auto_creation.enabled": "true",
			}),
			resource.TestCheckTypeSetElemNestedAttrs(all, "address_configurations.*", map[string]string{"sid": sids["code"], "friendly_name": ""}),
		),
	}}})
}

// Filters take any value.
func TestNewValues_filter(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	emulator.AddAddress(flexemulator.Address{Type: "chat", Address: "website"})
	emulator.Inject(acctest.OddFields(map[string]any{"type": "viber"}))()
	p := acctest.NewConfiguredProtocol(t, emulator)
	if state, text := p.ReadData(pluralName, map[string]any{"type": "viber"}); text != "" || len(state["address_configurations"].([]any)) != 1 {
		t.Errorf("found %v: %s", state, text)
	}
	if state, text := p.ReadData(typeName, map[string]any{"type": "viber", "address": "website"}); text != "" || state["type"] != "viber" {
		t.Errorf("found %v: %s", state, text)
	}
	if got, text := listed(p, p.List(typeName, map[string]any{"type": "viber"}, false, 100)); text != "" || len(got) != 1 {
		t.Errorf("found %v: %s", got, text)
	}
}
