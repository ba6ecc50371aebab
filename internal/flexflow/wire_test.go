package flexflow_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Every parameter of the create operation on the wire, with the right name and value, and nothing else.
func TestRequestParameters(t *testing.T) {
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
			externalFlow.WithInBlock(args{"url": `"https://example.com/hook?a=1&b=%C3%BC"`}), url.Values{
				"IntegrationType": {"external"}, "Integration.Url": {"https://example.com/hook?a=1&b=%C3%BC"}, "Integration.RetryCount": {"3"},
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
			want := maps.Clone(commonForm)
			maps.Copy(want, c.form)
			steps(t, flexemulator.Behavior{}, func(*acctest.Emulator) []acctest.Step {
				return []acctest.Step{{Config: c.config.With(common).Values(), Plans: creates, Sends: want}}
			})
		})
	}
}

// What nobody set is not sent, and documented defaults are.
func TestRequestParameters_minimal(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		t.Cleanup(func() {
			for _, call := range emulator.Calls() {
				if call.Path != "/v1/FlexFlows" && !strings.HasPrefix(call.Path, "/v1/FlexFlows/F") {
					t.Errorf("an unexpected call of %s", call.Path)
				}
				if name := call.Header.Get("User-Agent"); len(name) < 30 {
					t.Errorf("the User-Agent does not say who calls: %q", name)
				}
			}
		})
		return []acctest.Step{{Config: bareFlow.Values(), Sends: url.Values{
			"FriendlyName": {"Web chat"}, "ChatServiceSid": {chatServiceSID}, "ChannelType": {"web"}, "JanitorEnabled": {"false"}, "LongLived": {"false"},
		}}}
	})
}

// Every attribute of a response in state.
func TestComputedAttributes(t *testing.T) {
	config := studioFlow.With(args{"channel_type": `"whatsapp"`, "contact_identity": `"whatsapp:+15005550006"`}).Values()
	steps(t, flexemulator.Behavior{EnabledByDefault: true}, func(emulator *acctest.Emulator) []acctest.Step {
		holds := map[string]any{
			"account_sid": flexemulator.AccountSID, "friendly_name": "Web chat", "chat_service_sid": chatServiceSID, "channel_type": "whatsapp",
			"contact_identity": "whatsapp:+15005550006", "enabled": true, "integration_type": "studio", "janitor_enabled": false, "long_lived": false,
			"integration.flow_sid": studioFlowSID, "integration.retry_count": 3, "integration.creation_on_message": nil,
		}
		fromAPI := func() {
			f := emulator.Only()
			date := f.DateCreated.UTC().Format("2006-01-02T15:04:05Z")
			maps.Copy(holds, map[string]any{
				"sid": f.SID, "id": f.SID, "url": emulator.URL + "/v1/FlexFlows/" + f.SID, "date_created": date, "date_updated": date,
			})
		}
		return []acctest.Step{
			{Config: config, Plans: creates, Holds: holds, Unknown: []string{
				"account_sid", "date_created", "date_updated", "enabled", "id", "integration.creation_on_message", "sid", "url",
			}},
			{Before: fromAPI, Config: config, Plans: nothing, Holds: holds},
		}
	})
}

// The six channel types, as the API spells them.
func TestChannelTypes(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		var all []acctest.Step
		for i, channel := range []string{"web", "sms", "facebook", "whatsapp", "line", "custom"} {
			step := acctest.Step{Config: bareFlow.With(args{"channel_type": quote(channel)}).Values(), Plans: creates}
			if i > 0 {
				step.Plans, step.Sends = updates, url.Values{"ChannelType": {channel}}
			}
			all = append(all, step)
		}
		return append(all, acctest.Step{Before: func() {
			if posts := emulator.Calls(http.MethodPost); len(posts) != 1 {
				t.Errorf("sent %v", posts)
			}
		}})
	})
}
