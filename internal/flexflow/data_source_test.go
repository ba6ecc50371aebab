package flexflow_test

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

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
func TestDataSource(t *testing.T) {
	for kind, config := range flowsByType {
		for name, behavior := range map[string]flexemulator.Behavior{
			"as sent": {}, "foreign keys": {Integration: flexemulator.IntegrationForeignKeys}, "reads lag": {ReadLag: 500 * time.Millisecond},
		} {
			t.Run(kind+"/"+name, func(t *testing.T) {
				acctest.InVirtualTime(t, func(t *testing.T) {
					emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
					c := subject.Core(t, emulator)
					created := c.Create(config.Values())
					want, _ := acctest.Plain(created.Value).(map[string]any)
					for _, by := range []map[string]any{
						{"sid": created.SID()}, {"friendly_name": "Web chat", "channel_type": "web", "contact_identity": want["contact_identity"]},
					} {
						got, text := c.ReadData(typeName, by)
						if text != "" {
							t.Fatal(text)
						}
						for name, value := range got {
							if !reflect.DeepEqual(value, want[name]) {
								t.Errorf("%s is %v, and %v in the resource", name, value, want[name])
							}
						}
					}
					emulator.Remove(created.SID())
				})
			})
		}
	}
}

// With the real Terraform: by the SID and by the name of a flow of the same configuration.
func TestAccDataSource(t *testing.T) {
	t.Parallel()
	var checks []resource.TestCheckFunc
	for _, name := range []string{"id", "friendly_name", "integration_type", "integration.flow_sid", "integration.retry_count"} {
		checks = append(checks,
			resource.TestCheckResourceAttrPair("data.twilio_flex_flow.by_sid", name, address, name),
			resource.TestCheckResourceAttrPair("data.twilio_flex_flow.by_name", name, address, name))
	}
	checks = append(checks, resource.TestCheckResourceAttr("data.twilio_flex_flows.all", "flex_flows.#", "1"))
	all := studioFlow.String() + `
data "twilio_flex_flow" "by_sid" {
  sid = twilio_flex_flow.test.sid
}
data "twilio_flex_flow" "by_name" {
  friendly_name    = twilio_flex_flow.test.friendly_name
  channel_type     = twilio_flex_flow.test.channel_type
  contact_identity = twilio_flex_flow.test.contact_identity
  depends_on       = [twilio_flex_flow.test]
}
data "twilio_flex_flows" "all" {
  depends_on = [twilio_flex_flow.test]
}
`
	acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{}), resource.TestStep{Config: all, Check: resource.ComposeAggregateTestCheckFunc(checks...)})
}

func TestDataSource_search(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	p := acctest.NewConfiguredProtocol(t, emulator)
	for name, c := range map[string]struct {
		config args
		found  string
		says   []string
	}{
		"by SID":                  {args{"sid": quote(sids["sales"])}, "sales", nil},
		"by name":                 {args{"friendly_name": `"Sales"`}, "sales", nil},
		"by name and channel":     {args{"friendly_name": `"Support"`, "channel_type": `"web"`}, "web", nil},
		"by name and address":     {args{"friendly_name": `"Support"`, "contact_identity": `"+15005550007"`}, "sms 2", nil},
		"without an address":      {args{"friendly_name": `"Support"`, "contact_identity": `""`}, "web", nil},
		"by all three":            {args{"friendly_name": `"Support"`, "channel_type": `"sms"`, "contact_identity": `"+15005550006"`}, "sms", nil},
		"several":                 {args{"friendly_name": `"Support"`}, "", []string{"Several Flex Flows found", "3 Flex Flows match", sids["web"]}},
		"several, narrowed":       {args{"friendly_name": `"Support"`, "channel_type": `"sms"`}, "", []string{"2 Flex Flows match", sids["sms"] + "   channel_type"}},
		"none of the channel":     {args{"friendly_name": `"Support"`, "channel_type": `"line"`}, "", []string{"Flex Flow not found", "Those with this friendly_name are:", sids["sms 2"] + "   channel_type"}},
		"none of the name":        {args{"friendly_name": `"Supp"`}, "", []string{"Flex Flow not found", `no Flex Flow with friendly_name "Supp"`}},
		"none of the SID":         {args{"sid": quote("FO" + strings.Repeat("0", 32))}, "", []string{"Flex Flow not found", "The account has no Flex Flow FO000"}},
		"malformed SID":           {args{"sid": `"FO1"`}, "", []string{`"FO1" is not a Flex Flow SID`}},
		"nothing":                 {args{}, "", []string{"Exactly one of these attributes must be configured"}},
		"SID and name":            {args{"sid": quote(sids["sales"]), "friendly_name": `"Sales"`}, "", []string{"Exactly one of these attributes must be configured"}},
		"SID and channel":         {args{"sid": quote(sids["sales"]), "channel_type": `"web"`}, "", []string{`Attribute "friendly_name" must be specified when "channel_type" is specified`}},
		"address alone":           {args{"contact_identity": `"a"`, "sid": quote(sids["sales"])}, "", []string{`Attribute "friendly_name" must be specified when`}},
		"a channel of no account": {args{"friendly_name": `"Sales"`, "channel_type": `"fax"`}, "", []string{"not one of the accepted values"}},
		"an empty name":           {args{"friendly_name": `""`}, "", []string{"it is empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			state, text := p.ReadData(typeName, c.config.Values())
			if c.found != "" && (state["sid"] != sids[c.found] || text != "") || c.found == "" && !strings.Contains(text, "ERROR") {
				t.Errorf("found %v, expected %s: %s", state["sid"], sids[c.found], text)
			}
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
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

func TestDataSource_list(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	p := acctest.NewConfiguredProtocol(t, emulator)
	for name, c := range filters {
		state, text := p.ReadData(typeName+"s", c.config.Values())
		shown, isList := state["flex_flows"].([]any) // also where nothing is found
		got, want := []string{}, []string{}
		for _, one := range shown {
			sid, _ := one.(map[string]any)["sid"].(string)
			got = append(got, sid)
		}
		for _, key := range c.found {
			want = append(want, sids[key])
		}
		slices.Sort(want)
		if !isList || text != "" || !slices.Equal(got, want) {
			t.Errorf("%s: shows %v, expected %v: %s", name, got, want, text)
		}
		for _, one := range shown {
			if f, _ := one.(map[string]any); name == "all" && f["sid"] == sids["sales"] {
				inner, _ := f["integration"].(map[string]any)
				got := []any{
					f["id"], f["friendly_name"], f["channel_type"], f["contact_identity"], f["integration_type"], f["chat_service_sid"], f["enabled"],
					inner["workspace_sid"], inner["channel"], inner["timeout"], f["janitor_enabled"], f["long_lived"], f["account_sid"],
				}
				if want := []any{
					sids["sales"], "Sales", "whatsapp", "", "task", chatServiceSID, false, workspaceSID, "default", 86400, false, false, flexemulator.AccountSID,
				}; !reflect.DeepEqual(got, want) {
					t.Errorf("shows %v, expected %v", got, want)
				}
			}
		}
	}
}

// A data source sees a flow as soon as it was created or renamed, although the API's reads and lists lag. What becomes of other
// updates, when lists lag, is in internal/twilio.
func TestDataSource_afterWrite(t *testing.T) {
	for name, behavior := range map[string]flexemulator.Behavior{"nothing lags": {}, "reads lag": {ReadLag: 500 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			acctest.InVirtualTime(t, func(t *testing.T) {
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
				state := subject.Core(t, emulator).Absent()
				for _, name := range []string{"Web chat", "Renamed"} {
					c := subject.Core(t, emulator)
					state, _ = c.Change(state, studioFlow.With(args{"friendly_name": quote(name)}).Values())
					all, text := c.ReadData(typeName+"s", nil)
					shown, _ := all["flex_flows"].([]any)
					if len(shown) != 1 || shown[0].(map[string]any)["friendly_name"] != name || text != "" {
						t.Errorf("shows %v: %s", shown, text)
					}
					if one, text := c.ReadData(typeName, map[string]any{"friendly_name": name}); one["sid"] != state.SID() || text != "" {
						t.Errorf("shows %v: %s", one, text)
					}
				}
				emulator.Remove(state.SID())
			})
		})
	}
}

// Every page is gone through, also for a single flow; and a page that can't be had is an error, not the end of the list.
func TestDataSource_pages(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Load: flexemulator.Load{Unchecked: true}})
	const flows = 2100
	for i := range flows {
		emulator.Add(flexemulator.Flow{FriendlyName: "Flow " + strconv.Itoa(i/2000), ChatServiceSID: chatServiceSID, ChannelType: "web"})
	}
	last := emulator.Add(flexemulator.Flow{FriendlyName: "Flow 0", ChatServiceSID: chatServiceSID, ChannelType: "line"})
	p := acctest.NewConfiguredProtocol(t, emulator)
	if one, text := p.ReadData(typeName, map[string]any{"friendly_name": "Flow 0", "channel_type": "line"}); one["sid"] != last.SID {
		t.Errorf("shows %v: %s", one, text)
	}
	all, text := p.ReadData(typeName+"s", nil)
	var sids []string
	for _, one := range all["flex_flows"].([]any) {
		sid, _ := one.(map[string]any)["sid"].(string)
		sids = append(sids, sid)
	}
	if len(sids) != flows+1 || !slices.IsSorted(sids) || text != "" {
		t.Errorf("shows %d, sorted: %t: %s", len(sids), slices.IsSorted(sids), text)
	}
	emulator.Inject(flexemulator.Fault{Method: http.MethodGet, Nth: 3, Kind: flexemulator.FaultStatus, Status: 403, Code: 20403, Message: "no more"})()
	if _, text := p.ReadData(typeName+"s", nil); !strings.Contains(text, "ERROR Unable to list Flex Flows") || !strings.Contains(text, "403 Forbidden (code 20403)") {
		t.Error(text)
	}
}
