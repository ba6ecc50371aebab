package acctest_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// migrated are the flows that the states in testdata/migration are about, by the name of their resource, but for their SIDs.
var migrated = map[string]flexemulator.Flow{
	"studio": {
		FriendlyName: "studio", ChatServiceSID: "IS" + strings.Repeat("a", 32), ChannelType: "web", Enabled: true, IntegrationType: new("studio"),
		Integration: map[string]any{"flow_sid": "FW" + strings.Repeat("a", 32), "retry_count": 1},
	},
	"external": {
		FriendlyName: "external", ChatServiceSID: "IS" + strings.Repeat("a", 32), ChannelType: "sms", ContactIdentity: "+15005550006",
		IntegrationType: new("external"), Integration: map[string]any{"url": "https://example.com/hook"},
	},
	"task": {
		FriendlyName: "task", ChatServiceSID: "IS" + strings.Repeat("a", 32), ChannelType: "whatsapp", ContactIdentity: "whatsapp:+15005550006",
		Enabled: true, LongLived: true, IntegrationType: new("task"),
		Integration: map[string]any{
			"workspace_sid": "WS" + strings.Repeat("a", 32), "workflow_sid": "WW" + strings.Repeat("a", 32), "channel": "default",
			"creation_on_message": true, "priority": 5, "timeout": 3600,
		},
	},
}

// newMigration is a workspace with the state that another provider wrote, and an account that has its flows.
func newMigration(t *testing.T, behavior flexemulator.Behavior, state, configuration string) *workspace {
	t.Helper()
	w := newWorkspaceWith(t, flexemulator.Options{Behavior: behavior}, configuration)
	content, err := os.ReadFile(filepath.Join("testdata/migration", state))
	if err != nil {
		t.Fatal(err)
	}
	w.write("terraform.tfstate", string(content))
	var parsed struct {
		Resources []struct {
			Name      string
			Instances []struct {
				Attributes struct{ SID string }
			}
		}
	}
	if err := json.Unmarshal(content, &parsed); err != nil {
		t.Fatal(err)
	}
	for _, r := range parsed.Resources {
		flow := migrated[r.Name]
		flow.SID = r.Instances[0].Attributes.SID
		w.Add(flow)
	}
	return w
}

// migrationBehaviors are the plainest and the one that differs most; all of them are in internal/flexflow.
var migrationBehaviors = map[string]flexemulator.Behavior{"as sent": {}, "foreign keys": {Integration: flexemulator.IntegrationForeignKeys}}

// expectNoWrite checks that all flows are known and that nothing was written.
func (w *workspace) expectNoWrite() {
	w.t.Helper()
	if writes := w.Calls(http.MethodPost, http.MethodDelete); len(writes) > 0 {
		w.t.Errorf("%d writes", len(writes))
	}
	if list := w.terraform("state", "list"); list != "twilio_flex_flow.external\ntwilio_flex_flow.studio\ntwilio_flex_flow.task\n" {
		w.t.Errorf("in the state:\n%s", list)
	}
}

// As the guides say: nothing but a change of the provider's address.
func TestAccMigration_rjpearson94(t *testing.T) {
	for name, behavior := range migrationBehaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newMigration(t, behavior, "rjpearson94.tfstate", "examples/migration/from-rjpearson94")
			w.terraform("state", "replace-provider", "-auto-approve", "registry.terraform.io/rjpearson94/twilio", host()+"/"+provider.Source)
			w.terraform("init")
			w.terraform("apply", "-auto-approve")
			w.terraform("plan", "-detailed-exitcode")
			w.expectNoWrite()
		})
	}
}

// As the guides say: a change of the provider's address, and moved blocks.
func TestAccMigration_twilio(t *testing.T) {
	for name, behavior := range migrationBehaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.8.0") // moved blocks from one type to another
			w := newMigration(t, behavior, "twilio.tfstate", "examples/migration/from-twilio")
			w.terraform("state", "replace-provider", "-auto-approve", "registry.terraform.io/twilio/twilio", host()+"/"+provider.Source)
			w.terraform("init")
			if out := w.terraform("apply", "-auto-approve"); strings.Count(out, "has moved to") != 3 || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
				t.Error(out)
			}
			w.terraform("plan", "-detailed-exitcode")
			w.expectNoWrite()
		})
	}
}

// After an import, twilio/twilio stores nothing of the integration: it comes with the first read, without a write.
func TestAccMigration_twilioImported(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.8.0")
	w := newMigration(t, flexemulator.Behavior{}, "twilio.tfstate", "examples/migration/from-twilio")
	file := filepath.Join(w.dir, "terraform.tfstate")
	state, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	stored := regexp.MustCompile(`("integration_[a-z_]*[^e]"|"integration_(?:channel|timeout|creation_on_message)"): [^,\n]*`)
	kept := regexp.MustCompile(`"integration_type"`)
	if len(kept.FindAll(state, -1)) != 3 {
		t.Fatal("no types in the state")
	}
	w.write("terraform.tfstate", string(stored.ReplaceAll(state, []byte("$1: null"))))
	w.terraform("state", "replace-provider", "-auto-approve", "registry.terraform.io/twilio/twilio", host()+"/"+provider.Source)
	w.terraform("init")
	if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.terraform("plan", "-detailed-exitcode")
	w.expectNoWrite()
}

// While the older provider is still installed, moved blocks take its flows over one by one.
func TestAccMigration_rjpearson94Moved(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.8.0")
	w := newMigration(t, flexemulator.Behavior{}, "rjpearson94.tfstate", "examples/migration/from-rjpearson94")
	content, err := os.ReadFile(filepath.Join(w.dir, "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	configuration, moves := string(content), ""
	for name := range migrated {
		configuration = strings.Replace(configuration, `"twilio_flex_flow" "`+name+`"`, `"twilio_flex_flow" "`+name+`_moved"`, 1)
		moves += "moved {\n  from = twilio_flex_flow." + name + "\n  to = twilio_flex_flow." + name + "_moved\n}\n"
	}
	w.write("main.tf", configuration+moves)
	w.terraform("init")
	if out := w.terraform("apply", "-auto-approve"); strings.Count(out, "has moved to") != 3 || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.terraform("plan", "-detailed-exitcode")
	if state := w.terraform("state", "pull"); strings.Contains(state, "rjpearson94") {
		t.Errorf("the older provider is still in the state:\n%s", state)
	}
	if writes := w.Calls(http.MethodPost, http.MethodDelete); len(writes) > 0 {
		t.Errorf("%d writes", len(writes))
	}
}
