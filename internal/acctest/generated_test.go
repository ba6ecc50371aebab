package acctest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// expectImported applies, and checks that so many resources were imported without a change, by the configuration in a file.
func (w *workspace) expectImported(count, file string) {
	w.t.Helper()
	if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, count+" imported, 0 added, 0 changed, 0 destroyed") {
		content, _ := os.ReadFile(filepath.Join(w.dir, file))
		w.t.Errorf("%s\n%s", out, content)
	}
	w.terraform("plan", "-detailed-exitcode")
}

// Configuration that a query writes imports what was found, without a change.
func TestAccQuery_generatedConfiguration(t *testing.T) {
	forExampled(t, func(t *testing.T, e exampled) {
		t.Parallel()
		w := e.newQuery(t)
		w.write("all.tfquery.hcl", "list \""+e.typeName+"\" \"all\" {\n  provider = twilio\n}\n")
		w.terraform("query", "-generate-config-out=found.tf")
		w.expectImported("2", "found.tf")
	})
}

// Configuration that Terraform writes for what is imported plans clean.
func TestAccGeneratedConfiguration(t *testing.T) {
	flow := func(change func(*flexemulator.Flow)) func(*workspace) {
		return func(w *workspace) { w.addFlow(change) }
	}
	address := func(autoCreation map[string]any) func(*workspace) {
		return func(w *workspace) {
			w.AddAddress(flexemulator.Address{SID: allExampled[1].sid, Type: "sms", Address: "+15005550006", AutoCreation: autoCreation})
		}
	}
	external, task := "external", "task"
	for e, cases := range map[*exampled]map[string]func(*workspace){
		&allExampled[0]: {
			"studio": flow(func(*flexemulator.Flow) {}),
			"external": flow(func(f *flexemulator.Flow) {
				f.IntegrationType, f.Integration = &external, map[string]any{"url": "https://example.com/hook", "creation_on_message": false}
				f.ContactIdentity = "+15005550006"
			}),
			"task": flow(func(f *flexemulator.Flow) {
				f.IntegrationType, f.Integration = &task, map[string]any{
					"workspace_sid": "WS" + strings.Repeat("3", 32), "workflow_sid": "WW" + strings.Repeat("4", 32), "channel": "sms", "timeout": 60,
				}
			}),
			"none":               flow(func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = nil, nil }),
			"type without block": flow(func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = &external, nil }),
		},
		&allExampled[1]: {
			"studio": address(map[string]any{"enabled": true, "type": "studio", "studio_flow_sid": "FW" + strings.Repeat("2", 32)}),
			"webhook": address(map[string]any{
				"type": "webhook", "webhook_url": "https://example.com/hook", "webhook_method": "get", "webhook_filters": []string{"onMessageAdded"},
			}),
			"default": address(map[string]any{"type": "default", "conversation_service_sid": "IS" + strings.Repeat("1", 32)}),
			"none":    address(nil),
		},
	} {
		for name, add := range cases {
			t.Run(e.typeName+"/"+name, func(t *testing.T) {
				t.Parallel()
				acctest.NeedTerraform(t, "1.5.0")
				w := newWorkspace(t, e.folder("resources")+"import-by-string-id.tf")
				w.write("versions.tf", requiredProviders)
				add(w)
				w.terraform("init")
				w.terraform("plan", "-generate-config-out=generated.tf")
				w.expectImported("1", "generated.tf")
			})
		}
	}
}
