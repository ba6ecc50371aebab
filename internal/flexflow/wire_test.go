package flexflow_test

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Every parameter of the create operation on the wire, with the right name and value, and nothing else.
func TestAccRequestParameters(t *testing.T) {
	common := args{
		"contact_identity": `"+15005550006"`, "enabled": "false", "janitor_enabled": "true", "long_lived": "true", "channel_type": `"sms"`,
	}
	commonForm := url.Values{
		"FriendlyName": {"Web chat"}, "ChatServiceSid": {chatServiceSID}, "ChannelType": {"sms"}, "ContactIdentity": {"+15005550006"},
		"Enabled": {"false"}, "JanitorEnabled": {"true"}, "LongLived": {"true"},
	}
	for name, c := range map[string]struct {
		config flow
		form   url.Values
	}{
		"none": {bareFlow, nil},
		"studio": {
			studioFlow.WithInBlock(args{"retry_count": "0", "creation_on_message": "false"}), url.Values{
				"IntegrationType": {"studio"}, "Integration.FlowSid": {studioFlowSID}, "Integration.RetryCount": {"0"},
				"Integration.CreationOnMessage": {"false"},
			},
		},
		"external": {
			externalFlow.WithInBlock(args{"url": `"https://example.com/hook?a=1&b=ü"`}), url.Values{
				"IntegrationType": {"external"}, "Integration.Url": {"https://example.com/hook?a=1&b=ü"}, "Integration.RetryCount": {"3"},
			},
		},
		"task": {
			taskFlow.WithInBlock(args{
				"channel": `"sms"`, "timeout": "3600", "priority": "0", "creation_on_message": "true",
			}), url.Values{
				"IntegrationType": {"task"}, "Integration.WorkspaceSid": {workspaceSID}, "Integration.WorkflowSid": {workflowSID},
				"Integration.Channel": {"sms"}, "Integration.Timeout": {"3600"}, "Integration.Priority": {"0"},
				"Integration.CreationOnMessage": {"true"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			acctest.Run(t, emulator, resource.TestStep{Config: c.config.With(common).String(), ConfigPlanChecks: plansCreate})
			want := url.Values{}
			for _, form := range []url.Values{commonForm, c.form} {
				maps.Copy(want, form)
			}
			if got := emulator.LastForm(); got.Encode() != want.Encode() {
				t.Errorf("sent     %s\nexpected %s", got.Encode(), want.Encode())
			}
		})
	}
}

// What nobody set is not sent, and documented defaults are.
func TestAccRequestParameters_minimal(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	acctest.Run(t, emulator, resource.TestStep{Config: bareFlow.String()})
	want := url.Values{
		"FriendlyName": {"Web chat"}, "ChatServiceSid": {chatServiceSID}, "ChannelType": {"web"}, "JanitorEnabled": {"false"}, "LongLived": {"false"},
	}
	if got := emulator.LastForm(); got.Encode() != want.Encode() {
		t.Errorf("sent %s, expected %s", got.Encode(), want.Encode())
	}
	for _, call := range emulator.Calls() {
		if call.Path != "/v1/FlexFlows" && call.Path[:15] != "/v1/FlexFlows/F" {
			t.Errorf("an unexpected call of %s", call.Path)
		}
		if name := call.Header.Get("User-Agent"); len(name) < 30 {
			t.Errorf("the User-Agent does not say who calls: %q", name)
		}
	}
}

// Every attribute of an answer in state.
func TestAccComputedAttributes(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{EnabledByDefault: true}})
	same := func(want func(flexemulator.Flow) string) knownvalue.Check {
		return knownvalue.StringFunc(func(got string) error {
			return knownvalue.StringExact(want(emulator.Only())).CheckValue(got)
		})
	}
	sidOf := func(f flexemulator.Flow) string { return f.SID }
	config := studioFlow.With(args{"channel_type": `"whatsapp"`, "contact_identity": `"whatsapp:+15005550006"`})
	checks := plansCreate
	checks.PreApply = append(checks.PreApply, acctest.ExpectUnknown(address, "account_sid", "date_created", "date_updated", "enabled", "id",
		"integration.creation_on_message", "sid", "url"))
	acctest.Run(t, emulator, resource.TestStep{
		Config: config.String(), ConfigPlanChecks: checks,
		ConfigStateChecks: []statecheck.StateCheck{
			holds(same(sidOf), "sid"),
			holds(same(sidOf), "id"),
			holds(knownvalue.StringExact(flexemulator.AccountSID), "account_sid"),
			holds(same(func(f flexemulator.Flow) string { return emulator.URL + "/v1/FlexFlows/" + f.SID }), "url"),
			holds(same(func(f flexemulator.Flow) string { return f.DateCreated.UTC().Format("2006-01-02T15:04:05Z") }), "date_created"),
			holds(same(func(f flexemulator.Flow) string { return f.DateCreated.UTC().Format("2006-01-02T15:04:05Z") }), "date_updated"),
			holds(knownvalue.StringExact("Web chat"), "friendly_name"),
			holds(knownvalue.StringExact(chatServiceSID), "chat_service_sid"),
			holds(knownvalue.StringExact("whatsapp"), "channel_type"),
			holds(knownvalue.StringExact("whatsapp:+15005550006"), "contact_identity"),
			holds(knownvalue.Bool(true), "enabled"),
			holds(knownvalue.StringExact("studio"), "integration_type"),
			holds(knownvalue.Bool(false), "janitor_enabled"),
			holds(knownvalue.Bool(false), "long_lived"),
			holds(knownvalue.StringExact(studioFlowSID), "integration", "flow_sid"),
			holds(knownvalue.Int64Exact(3), "integration", "retry_count"),
			holds(knownvalue.Null(), "integration", "creation_on_message"),
		},
	})
}

// The six channel types, as the API spells them.
func TestAccChannelTypes(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	steps := []resource.TestStep{}
	for i, channel := range []string{"web", "sms", "facebook", "whatsapp", "line", "custom"} {
		action := plancheck.ResourceActionUpdate
		if i == 0 {
			action = plancheck.ResourceActionCreate
		}
		steps = append(steps, resource.TestStep{Config: bareFlow.With(args{"channel_type": quote(channel)}).String(), ConfigPlanChecks: plans(action)})
	}
	acctest.Run(t, emulator, steps...)
	if got := emulator.Calls(http.MethodPost)[5].Form.Get("ChannelType"); got != "custom" {
		t.Errorf("sent %q", got)
	}
}
