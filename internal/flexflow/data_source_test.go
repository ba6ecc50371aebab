package flexflow_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// addEstate puts flows into an emulator that differ in all that a search can tell apart, and returns their SIDs by a short name.
func addEstate(emulator *acctest.Emulator) map[string]string {
	sids := map[string]string{}
	for key, f := range map[string]flexemulator.Flow{
		"web":    {FriendlyName: "Support", ChannelType: "web", Enabled: true, IntegrationType: new("studio"), Integration: map[string]any{"flow_sid": studioFlowSID}},
		"sms":    {FriendlyName: "Support", ChannelType: "sms", ContactIdentity: "+15005550006", IntegrationType: new("external"), Integration: map[string]any{"url": "https://example.com"}},
		"sms 2":  {FriendlyName: "Support", ChannelType: "sms", ContactIdentity: "+15005550007", Enabled: true},
		"prefix": {FriendlyName: "Support desk", ChannelType: "web"},
		"sales":  {FriendlyName: "Sales", ChannelType: "whatsapp", IntegrationType: new("task"), Integration: map[string]any{"workspace_sid": workspaceSID, "workflow_sid": workflowSID, "channel": "default"}},
	} {
		f.ChatServiceSID = chatServiceSID
		sids[key] = emulator.Add(f).SID
	}
	return sids
}

// Each type of flow is read by its SID and by its name, right after it was created, as the resource has it.
func TestAccDataSource(t *testing.T) {
	for kind, config := range flowsByType {
		for name, behavior := range map[string]flexemulator.Behavior{
			"as sent": {}, "foreign keys": {Integration: flexemulator.IntegrationForeignKeys}, "reads lag": {ReadLag: 500 * time.Millisecond},
		} {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
				var checks []resource.TestCheckFunc
				names := []string{"id", "sid", "account_sid", "url", "date_created", "date_updated", "enabled", "janitor_enabled", "long_lived", "integration_type"}
				for name := range config.Args {
					names = append(names, name)
				}
				for name := range config.Block {
					names = append(names, "integration."+name)
				}
				for _, name := range names {
					checks = append(checks,
						resource.TestCheckResourceAttrPair("data.twilio_flex_flow.by_sid", name, address, name),
						resource.TestCheckResourceAttrPair("data.twilio_flex_flow.by_name", name, address, name))
				}
				all := config.String() + `
data "twilio_flex_flow" "by_sid" {
  sid = twilio_flex_flow.test.sid
}
data "twilio_flex_flow" "by_name" {
  friendly_name    = twilio_flex_flow.test.friendly_name
  channel_type     = twilio_flex_flow.test.channel_type
  contact_identity = twilio_flex_flow.test.contact_identity
  depends_on       = [twilio_flex_flow.test]
}
`
				acctest.Run(t, emulator, resource.TestStep{Config: all, Check: resource.ComposeAggregateTestCheckFunc(checks...)})
			})
		}
	}
}

func TestAccDataSource_search(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	candidate := func(key string) string { return sids[key] + `\s+channel_type` }
	for name, c := range map[string]struct {
		config args
		found  string
		err    string
	}{
		"by SID":                  {args{"sid": quote(sids["sales"])}, "sales", ""},
		"by name":                 {args{"friendly_name": `"Sales"`}, "sales", ""},
		"by name and channel":     {args{"friendly_name": `"Support"`, "channel_type": `"web"`}, "web", ""},
		"by name and address":     {args{"friendly_name": `"Support"`, "contact_identity": `"+15005550007"`}, "sms 2", ""},
		"without an address":      {args{"friendly_name": `"Support"`, "contact_identity": `""`}, "web", ""},
		"by all three":            {args{"friendly_name": `"Support"`, "channel_type": `"sms"`, "contact_identity": `"+15005550006"`}, "sms", ""},
		"several":                 {args{"friendly_name": `"Support"`}, "", `Several Flex Flows found.*3 Flex Flows match.*` + sids["web"]},
		"several, narrowed":       {args{"friendly_name": `"Support"`, "channel_type": `"sms"`}, "", says("2 Flex Flows match") + ".*" + candidate("sms")},
		"none of the channel":     {args{"friendly_name": `"Support"`, "channel_type": `"line"`}, "", `Flex Flow not found.*Those with this friendly_name are:.*` + candidate("sms 2")},
		"none of the name":        {args{"friendly_name": `"Supp"`}, "", `Flex Flow not found.*` + says(`no Flex Flow with friendly_name "Supp"`)},
		"none of the SID":         {args{"sid": quote("FO" + strings.Repeat("0", 32))}, "", `Flex Flow not found.*` + says("The account has no Flex Flow FO000")},
		"malformed SID":           {args{"sid": `"FO1"`}, "", says(`"FO1" is not a Flex Flow SID`)},
		"nothing":                 {args{}, "", says("Exactly one of these attributes must be configured")},
		"SID and name":            {args{"sid": quote(sids["sales"]), "friendly_name": `"Sales"`}, "", says("Exactly one of these attributes must be configured")},
		"SID and channel":         {args{"sid": quote(sids["sales"]), "channel_type": `"web"`}, "", says(`Attribute "friendly_name" must be specified when "channel_type" is specified`)},
		"address alone":           {args{"contact_identity": `"a"`, "sid": quote(sids["sales"])}, "", says(`Attribute "friendly_name" must be specified when`)},
		"a channel of no account": {args{"friendly_name": `"Sales"`, "channel_type": `"fax"`}, "", says("not one of the accepted values")},
		"an empty name":           {args{"friendly_name": `""`}, "", says("it is empty")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step := resource.TestStep{Config: emulator.ProviderConfig() + "data \"twilio_flex_flow\" \"test\" {\n" + c.config.HCL() + "}\n"}
			if c.err != "" {
				step.ExpectError = regexp.MustCompile("(?s)" + c.err)
			} else {
				step.Check = resource.TestCheckResourceAttr("data.twilio_flex_flow.test", "sid", sids[c.found])
			}
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: acctest.Factories, Steps: []resource.TestStep{step}})
		})
	}
}

// filters are filters with the flows of addEstate that each lets through.
var filters = map[string]struct {
	config args
	found  []string
}{
	"all":            {args{}, []string{"web", "sms", "sms 2", "prefix", "sales"}},
	"name":           {args{"friendly_name": `"Support"`}, []string{"web", "sms", "sms 2"}},
	"channel":        {args{"channel_type": `"web"`}, []string{"web", "prefix"}},
	"type":           {args{"integration_type": `"external"`}, []string{"sms"}},
	"enabled":        {args{"enabled": "true"}, []string{"web", "sms 2"}},
	"not enabled":    {args{"enabled": "false"}, []string{"sms", "prefix", "sales"}},
	"address":        {args{"contact_identity": `"+15005550006"`}, []string{"sms"}},
	"another form":   {args{"contact_identity": `"+1 (500) 555-0006"`}, []string{"sms"}},
	"type in front":  {args{"contact_identity": `"sms:+15005550006"`}, []string{"sms"}},
	"another type":   {args{"contact_identity": `"whatsapp:+15005550006"`}, nil},
	"blanks":         {args{"friendly_name": `" Support "`}, []string{"web", "sms", "sms 2"}},
	"no address":     {args{"contact_identity": `""`}, []string{"web", "prefix", "sales"}},
	"several at all": {args{"friendly_name": `"Support"`, "enabled": "true", "channel_type": `"sms"`}, []string{"sms 2"}},
	"none":           {args{"friendly_name": `"Nobody"`}, nil},
}

func TestAccDataSource_list(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	config, checks := emulator.ProviderConfig(), []resource.TestCheckFunc{}
	for name, c := range filters {
		label := strings.ReplaceAll(name, " ", "_")
		config += fmt.Sprintf("data \"twilio_flex_flows\" %q {\n%s}\n", label, c.config.HCL())
		address := "data.twilio_flex_flows." + label
		checks = append(checks, resource.TestCheckResourceAttr(address, "flex_flows.#", strconv.Itoa(len(c.found))))
		for _, key := range c.found {
			checks = append(checks, resource.TestCheckTypeSetElemNestedAttrs(address, "flex_flows.*", map[string]string{"sid": sids[key]}))
		}
	}
	checks = append(checks, resource.TestCheckTypeSetElemNestedAttrs("data.twilio_flex_flows.all", "flex_flows.*", map[string]string{
		"id": sids["sales"], "friendly_name": "Sales", "channel_type": "whatsapp", "contact_identity": "", "integration_type": "task",
		"chat_service_sid": chatServiceSID, "enabled": "false", "integration.workspace_sid": workspaceSID, "integration.channel": "default",
		"integration.timeout": "86400", "janitor_enabled": "false", "long_lived": "false", "account_sid": flexemulator.AccountSID,
	}))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config: config, Check: resource.ComposeAggregateTestCheckFunc(checks...),
			ConfigStateChecks: []statecheck.StateCheck{ // a list, not null
				statecheck.ExpectKnownValue("data.twilio_flex_flows.none", tfjsonpath.New("flex_flows"), knownvalue.ListSizeExact(0)),
			},
		}},
	})
}

// A data source that depends on a flow sees it as soon as it was created, although the API's reads and lists lag. What becomes of
// updates, when lists lag, is in internal/twilio.
func TestAccDataSource_afterCreate(t *testing.T) {
	for name, behavior := range map[string]flexemulator.Behavior{"nothing lags": {}, "reads lag": {ReadLag: 500 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
			data := func(name string) string {
				return `
data "twilio_flex_flows" "all" {
  depends_on = [twilio_flex_flow.test]
}
data "twilio_flex_flow" "by_name" {
  friendly_name = ` + quote(name) + `
  depends_on    = [twilio_flex_flow.test]
}
`
			}
			check := func(name string) resource.TestCheckFunc {
				return resource.ComposeAggregateTestCheckFunc(
					resource.TestCheckResourceAttr("data.twilio_flex_flows.all", "flex_flows.#", "1"),
					resource.TestCheckResourceAttr("data.twilio_flex_flows.all", "flex_flows.0.friendly_name", name),
					resource.TestCheckResourceAttrPair("data.twilio_flex_flow.by_name", "sid", address, "sid"),
				)
			}
			acctest.Run(t, emulator,
				resource.TestStep{Config: studioFlow.String() + data("Web chat"), Check: check("Web chat"), ConfigPlanChecks: plansCreate},
				resource.TestStep{Config: studioFlow.With(args{"friendly_name": `"Renamed"`}).String() + data("Renamed"), Check: check("Renamed"), ConfigPlanChecks: plansUpdate},
			)
		})
	}
}

// Every page is gone through, also for a single flow; and a page that can't be had is an error, not the end of the list.
func TestAccDataSource_pages(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{Load: flexemulator.Load{Unchecked: true}})
	const flows = 2100
	for i := range flows {
		emulator.Add(flexemulator.Flow{FriendlyName: "Flow " + strconv.Itoa(i/2000), ChatServiceSID: chatServiceSID, ChannelType: "web"})
	}
	last := emulator.Add(flexemulator.Flow{FriendlyName: "Flow 0", ChatServiceSID: chatServiceSID, ChannelType: "line"})
	config := emulator.ProviderConfig() + `
data "twilio_flex_flow" "last" {
  friendly_name = "Flow 0"
  channel_type  = "line"
}
data "twilio_flex_flows" "all" {}
output "sorted" {
  value = sort(data.twilio_flex_flows.all.flex_flows[*].sid) == tolist(data.twilio_flex_flows.all.flex_flows[*].sid)
}
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{
			{
				Config: config,
				Check: resource.ComposeAggregateTestCheckFunc(
					resource.TestCheckResourceAttr("data.twilio_flex_flow.last", "sid", last.SID),
					resource.TestCheckResourceAttr("data.twilio_flex_flows.all", "flex_flows.#", strconv.Itoa(flows+1)),
					resource.TestCheckOutput("sorted", "true"),
				),
			},
			{
				PreConfig: func() {
					err := emulator.SetFaults(flexemulator.Fault{Method: http.MethodGet, Nth: 3, Kind: flexemulator.FaultStatus, Status: 403, Code: 20403, Message: "no more"})
					if err != nil {
						t.Fatal(err)
					}
				},
				Config:      config,
				ExpectError: regexp.MustCompile(`(?s)Unable to list Flex Flows.*403 Forbidden \(code 20403\)`),
			},
		},
	})
}
