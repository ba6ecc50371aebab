package flexflow_test

import (
	"cmp"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// held is a studio flow of an emulator, as a state has it.
func held(emulator *acctest.Emulator, changes map[string]any) map[string]any {
	flow := emulator.Add(flexemulator.Flow{
		FriendlyName: "Web chat", ChatServiceSID: chatServiceSID, ChannelType: "web", IntegrationType: new("studio"),
		Integration: map[string]any{"flow_sid": studioFlowSID, "retry_count": 3},
	})
	state := map[string]any{
		"id": flow.SID, "sid": flow.SID, "account_sid": flexemulator.AccountSID, "friendly_name": "Web chat", "chat_service_sid": chatServiceSID,
		"channel_type": "web", "contact_identity": "", "enabled": false, "janitor_enabled": false, "long_lived": false, "integration_type": "studio",
		"integration": map[string]any{"flow_sid": studioFlowSID, "retry_count": 3},
		"url":         emulator.URL + "/v1/FlexFlows/" + flow.SID, "date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:05Z",
	}
	maps.Copy(state, changes)
	return state
}

// What is said when an operation goes wrong names the flow, the cause and a next step.
func TestWords(t *testing.T) {
	const other = "AC11111111111111111111111111111111"
	status := func(status, code int) flexemulator.Fault {
		return flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: status, Code: code}
	}
	hang := flexemulator.Fault{Kind: flexemulator.FaultHang}
	for name, c := range map[string]struct {
		operation string // read, delete or create
		fault     flexemulator.Fault
		changes   map[string]any
		texts     []string
	}{
		"not found in another account": {
			"read", status(404, 20404),
			map[string]any{"account_sid": other},
			[]string{"WARNING Flex Flow FO", "belongs to another account", other, flexemulator.AccountSID, "do not apply"},
		},
		"not deleted in another account": {"delete", status(404, 20404), map[string]any{"account_sid": other}, []string{"WARNING Flex Flow FO", other}},
		"a read without time": {
			"read", hang,
			map[string]any{"timeouts": map[string]any{"read": "300ms"}},
			[]string{"ERROR Unable to read Flex Flow: Flex Flow FO", "timeouts.read of the resource", "terraform apply -refresh=false"},
		},
		"a deletion without time": {
			"delete", hang,
			map[string]any{"timeouts": map[string]any{"delete": "300ms"}},
			[]string{"ERROR Unable to delete Flex Flow: Flex Flow FO", "timeouts.delete of the resource", "terraform apply -refresh=false"},
		},
		"a deletion that is throttled for too long": {
			"delete", status(429, 20429), map[string]any{"timeouts": map[string]any{"delete": "300ms"}}, []string{"Flex Flow FO", "timeouts.delete of the resource"},
		},
		"no Flex Flows here": {
			"create", status(404, 20404), nil,
			[]string{`ERROR Unable to create Flex Flow: Flex Flow "Web chat": `, "This account has no Flex Flows at 127.0.0.1", "region and edge"},
		},
		"in the way": {"create", status(409, 20409), nil, []string{`Flex Flow "Web chat": `, "take create_before_destroy out"}},
		"another URL": {
			"create", acctest.OddFields(map[string]any{"integration": map[string]any{"url": "https://me:hunter2@example.com/hook?token=hunter2"}}), nil,
			[]string{`returned a different value for integration.url`, `but returned "https://…@example.com/hook?…"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			server := acctest.NewConfiguredProtocol(t, emulator)
			schema := server.Schemas.ResourceSchemas[typeName]
			state, none := server.Value(schema, held(emulator, c.changes)), server.None(schema)
			emulator.Inject(c.fault)()
			var diags []*tfprotov6.Diagnostic
			switch c.operation {
			case "read":
				resp, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: &state})
				if err != nil {
					t.Fatal(err)
				}
				diags = resp.Diagnostics
			case "delete":
				resp, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
					TypeName: typeName, PriorState: &state, PlannedState: &none, Config: &none,
				})
				if err != nil {
					t.Fatal(err)
				}
				diags = resp.Diagnostics
			default:
				planned := server.Value(schema, with(map[string]any{
					"friendly_name": "Web chat", "chat_service_sid": chatServiceSID, "channel_type": "web", "contact_identity": "", "janitor_enabled": false,
					"long_lived": false, "integration_type": "external", "integration": map[string]any{"url": "https://example.com/hook?token=hunter2", "retry_count": 3},
				}, "contact_identity", cmp.Or(c.changes["contact_identity"], any(""))))
				resp, err := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
					TypeName: typeName, PriorState: &none, PlannedState: &planned, Config: &planned,
				})
				if err != nil {
					t.Fatal(err)
				}
				diags = resp.Diagnostics
			}
			text := acctest.Describe(diags)
			for _, want := range c.texts {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
			for _, never := range []string{"context deadline", "hunter2", "tfsdk", "*url."} {
				if strings.Contains(text, never) {
					t.Errorf("%q in %s", never, text)
				}
			}
		})
	}
}

// The account need not be that of the credentials: an API key's is known from an answer.
func TestWords_accountOfAnAPIKey(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	server := acctest.NewProtocol(t)
	if diags := server.Configure(map[string]any{"api_key": flexemulator.APIKey, "api_secret": flexemulator.APISecret, "base_url": emulator.URL}); len(diags) > 0 {
		t.Fatal(acctest.Describe(diags))
	}
	schema := server.Schemas.ResourceSchemas[typeName]
	read := func(changes map[string]any) string {
		state := server.Value(schema, held(emulator, changes))
		resp, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: &state})
		if err != nil {
			t.Fatal(err)
		}
		return acctest.Describe(resp.Diagnostics)
	}
	elsewhere := map[string]any{"sid": "FO" + strings.Repeat("e", 32), "account_sid": "AC11111111111111111111111111111111"}
	if text := read(elsewhere); text != "" {
		t.Error(text)
	}
	if text := read(nil); text != "" {
		t.Error(text)
	}
	if text := read(elsewhere); !strings.Contains(text, "belongs to another account") {
		t.Error(text)
	}
}

// With ignore_changes, a new type meets the old block. The plan shows what will be sent, so that its apply keeps it.
func TestIgnoredIntegration(t *testing.T) {
	// What Terraform makes of an external flow with ignore_changes = [integration].
	effective := studioFlow.With(args{"integration_type": `"external"`}).Values()
	t.Run("refused", func(t *testing.T) {
		steps(t, flexemulator.Behavior{}, func(*acctest.Emulator) []acctest.Step {
			return []acctest.Step{
				{Config: studioFlow.Values()},
				{
					Config: effective, Unvalidated: true, Plans: updates, Unknown: []string{"date_updated", "integration.creation_on_message"}, Fails: true,
					Says: []string{"Integration.Url"},
				},
				{Config: studioFlow.Values(), Plans: nothing},
			}
		})
	})
	t.Run("accepted", func(t *testing.T) {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{AcceptIncomplete: true}})
		c := subject.Core(t, emulator)
		applied, text := c.Change(c.Create(studioFlow.Values()), effective)
		if strings.Contains(text, "ERROR") || !strings.Contains(text, "ignore_changes in the resource's lifecycle block") {
			t.Fatal(text)
		}
		read, _ := c.Refresh(applied)
		state, _ := acctest.Plain(read.Value).(map[string]any)
		if _, changes, text := c.PlanValues(read, with(effective, "integration", state["integration"])); changes {
			t.Errorf("planned again: %s", text)
		}
		emulator.Remove(read.SID())
	})
}
