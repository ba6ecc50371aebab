package acctest_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// An exampled is a resource with examples, and what they are about.
type exampled struct {
	// typeName is the resource's, and plural that of the data source of many.
	typeName, plural string
	// named is the friendly_name in resource.tf.
	named string
	// add makes what the examples import, as somebody did in Twilio's console.
	add func(w *workspace, friendlyName string)
	// addAnother makes one more, for lists.
	addAnother func(*workspace)
	// output is what the data source's example shows, sid the SID of what add makes, and found what else a query finds.
	output, sid string
	found       []string
}

// exampleSID is the SID of the Flex Flow that the examples import.
const exampleSID = "FO0123456789abcdef0123456789abcdef"

var allExampled = []exampled{
	{
		typeName: "twilio_flex_flow", plural: "twilio_flex_flows", named: "Web chat",
		add: func(w *workspace, friendlyName string) {
			w.addFlow(func(f *flexemulator.Flow) { f.FriendlyName = friendlyName })
		},
		addAnother: func(w *workspace) {
			w.addFlow(func(f *flexemulator.Flow) {
				f.SID, f.FriendlyName, f.ChannelType, f.ContactIdentity = "FO"+strings.Repeat("6", 32), "Texts", "sms", "+15005550006"
			})
		},
		output: `studio_flow_sid = "FW22222222222222222222222222222222"`, sid: exampleSID,
		found: []string{"list.twilio_flex_flow.all", "list.twilio_flex_flow.sms", "By hand (web)", "Texts (sms, +15005550006)"},
	},
	{
		typeName: "twilio_conversations_address_configuration", plural: "twilio_conversations_address_configurations", named: "SMS",
		add: func(w *workspace, friendlyName string) {
			w.AddAddress(flexemulator.Address{
				SID: "IG0123456789abcdef0123456789abcdef", Type: "sms", Address: "+15005550006", FriendlyName: &friendlyName,
				AutoCreation: map[string]any{"enabled": true, "type": "studio", "studio_flow_sid": "FW" + strings.Repeat("2", 32), "studio_retry_count": 3},
			})
		},
		addAnother: func(w *workspace) {
			w.AddAddress(flexemulator.Address{Type: "whatsapp", Address: "whatsapp:+15005550006", FriendlyName: new("WhatsApp")})
		},
		output: `studio_flow_sid = "FW22222222222222222222222222222222"`, sid: "IG0123456789abcdef0123456789abcdef",
		found: []string{
			"list.twilio_conversations_address_configuration.all", "list.twilio_conversations_address_configuration.sms",
			"By hand (sms, +15005550006)", "WhatsApp (whatsapp, whatsapp:+15005550006)",
		},
	},
}

// folder is where the resource's examples of a kind are.
func (e exampled) folder(kind string) string { return "examples/" + kind + "/" + e.typeName + "/" }

// forExampled runs a test for each resource that has examples.
func forExampled(t *testing.T, test func(*testing.T, exampled)) {
	for _, e := range allExampled {
		t.Run(e.typeName, func(t *testing.T) { test(t, e) })
	}
}

// addFlow makes the flow that the examples import, as somebody did in Twilio's console.
func (w *workspace) addFlow(change func(*flexemulator.Flow)) {
	studio := "studio"
	f := flexemulator.Flow{
		SID: exampleSID, FriendlyName: "By hand", ChatServiceSID: "IS" + strings.Repeat("1", 32), ChannelType: "web", Enabled: true,
		IntegrationType: &studio, Integration: map[string]any{"flow_sid": "FW" + strings.Repeat("2", 32), "retry_count": 2},
	}
	change(&f)
	w.Add(f)
}

func TestAccExamples(t *testing.T) {
	cases := map[string][]string{"provider": {"examples/provider", "examples/resources/twilio_flex_flow/resource.tf"}}
	for _, e := range allExampled {
		files, err := filepath.Glob(filepath.Join(repository, e.folder("resources"), "resource*.tf"))
		if err != nil || len(files) != 3 {
			t.Fatalf("expected an example for each type, got %v, %v", files, err)
		}
		for _, file := range files {
			name := e.folder("resources") + filepath.Base(file)
			cases[name] = []string{name}
		}
	}
	for name, files := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, files...)
			if name != "provider" {
				w.write("versions.tf", requiredProviders)
			}
			w.goRound()
		})
	}
}

// goRound applies, checks that something was created and that a plan after it is empty, and destroys.
func (w *workspace) goRound() {
	w.t.Helper()
	w.applyCleanly()
	if len(w.Flows())+len(w.Addresses()) == 0 {
		w.t.Error("nothing was created")
	}
	w.terraform("destroy", "-auto-approve")
	w.expectNothingLeft()
}

func (w *workspace) expectNothingLeft() {
	w.t.Helper()
	if err := w.CheckDestroyed(nil); err != nil {
		w.t.Error(err)
	}
}

// newExample is a workspace in one of the folders of examples, with the others beside it.
func newExample(t *testing.T, folder string) *workspace {
	t.Helper()
	return newExampleWith(t, flexemulator.Behavior{}, folder)
}

func newExampleWith(t *testing.T, behavior flexemulator.Behavior, folder string) *workspace {
	t.Helper()
	w := newWorkspaceWith(t, flexemulator.Options{Behavior: behavior}, "examples")
	w.dir = filepath.Join(w.dir, filepath.FromSlash(folder))
	return w
}

func TestAccExamples_complete(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.3.0")
	newExample(t, "complete").goRound()
}

// The examples' own tests, as a user runs them.
func TestAccExamples_test(t *testing.T) {
	for folder, runs := range map[string]int{"modules/flex-channel": 8, "modules/flex-flow-to-conversations": 24, "complete": 2} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.7.0") // for mock_provider; the rest needs 1.6
			w := newExample(t, folder)
			w.terraform("init")
			if out := w.terraform("test"); !strings.Contains(out, fmt.Sprintf("Success! %d passed, 0 failed.", runs)) {
				t.Error(out)
			}
			w.expectNothingLeft()
		})
	}
}

// newImport is a workspace with a resource's first example, one of its examples of imports, and what that imports.
func (e exampled) newImport(t *testing.T, file, friendlyName string) *workspace {
	t.Helper()
	w := newWorkspace(t, e.folder("resources")+"resource.tf", e.folder("resources")+file)
	w.write("versions.tf", requiredProviders)
	e.add(w, friendlyName)
	w.terraform("init")
	return w
}

func TestAccExamples_importCommand(t *testing.T) {
	forExampled(t, func(t *testing.T, e exampled) {
		t.Parallel()
		w := e.newImport(t, "import.sh", "By hand")
		script, err := os.ReadFile(filepath.Join(w.dir, "import.sh"))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(script)), "\n")
		command := strings.Fields(lines[len(lines)-1]) // the others are comments
		if command[0] != "terraform" {
			t.Fatalf("not a command of Terraform: %v", command)
		}
		w.terraform(command[1:]...)
		out := strings.Join(strings.Fields(w.terraform("plan")), " ")
		if !strings.Contains(out, `~ friendly_name = "By hand" -> "`+e.named+`"`) || !strings.Contains(out, "0 to add, 1 to change, 0 to destroy") {
			t.Error(out)
		}
	})
}

func TestAccExamples_importBlock(t *testing.T) {
	for file, least := range map[string]string{"import-by-string-id.tf": "1.5.0", "import-by-identity.tf": "1.12.0"} {
		t.Run(file, func(t *testing.T) {
			forExampled(t, func(t *testing.T, e exampled) {
				t.Parallel()
				acctest.NeedTerraform(t, least)
				w := e.newImport(t, file, e.named)
				out := w.terraform("apply", "-auto-approve")
				if !strings.Contains(out, "1 imported, 0 added, 0 changed, 0 destroyed") {
					t.Error(out)
				}
			})
		})
	}
}

func TestAccExamples_dataSources(t *testing.T) {
	forExampled(t, func(t *testing.T, e exampled) {
		for name, output := range map[string]string{e.typeName: e.output, e.plural: `"` + e.sid + `",`} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				acctest.NeedTerraform(t, "1.2.0") // older ones do not see into nested attributes: [data.twilio_flex_flow.x.integration][0].flow_sid
				w := newWorkspace(t, "examples/data-sources/"+name)
				w.write("versions.tf", requiredProviders)
				e.add(w, "By hand")
				w.terraform("init")
				if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, output) {
					t.Error(out)
				}
			})
		}
	})
}

func TestAccExamples_query(t *testing.T) {
	forExampled(t, func(t *testing.T, e exampled) {
		t.Parallel()
		w := e.newQuery(t, e.folder("list-resources"))
		out := w.terraform("query")
		for _, want := range append([]string{"sid=" + e.sid}, e.found...) {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
	})
}

// newQuery is a workspace with two of a resource to find. It needs Terraform 1.14, the first with terraform query.
func (e exampled) newQuery(t *testing.T, files ...string) *workspace {
	t.Helper()
	acctest.NeedTerraform(t, "1.14.0")
	w := newWorkspace(t, files...)
	w.write("versions.tf", requiredProviders)
	e.add(w, "By hand")
	e.addAnother(w)
	w.terraform("init")
	return w
}

// Every folder of examples that holds a configuration stands here, with the test that runs it.
func TestExamples_known(t *testing.T) {
	known := map[string]string{
		"complete": "TestAccExamples_complete", "complete/tests": "TestAccExamples_test", "guides/authentication": "TestAccGuides_authentication",
		"guides/back-to-flex-flows": "TestAccGuides_backToFlexFlows", "guides/beside-another-provider": "TestAccGuides_besideAnotherProvider",
		"guides/importing-in-bulk": "TestAccGuides_importingInBulk", "guides/moving-to-flex-conversations": "TestAccGuides_moving",
		"migration/from-rjpearson94": "TestAccMigration_rjpearson94", "migration/from-twilio": "TestAccMigration_twilio",
		"migration/beside-twilio": "TestAccMigration_besideTwilio", "migration/beside-twilio/channels": "TestAccMigration_besideTwilio",
		"modules/flex-channel": "TestAccExamples_test", "modules/flex-channel/tests": "TestAccExamples_test",
		"modules/flex-flow-to-conversations": "TestAccExamples_test", "modules/flex-flow-to-conversations/tests": "TestAccExamples_test",
		"modules/flex-flow-to-conversations/checked": "TestAccExamples_test", "modules/flex-flow-to-conversations/tests/flows": "TestAccExamples_test",
		"modules/flex-flow-to-conversations/tests/made": "TestAccExamples_test", "provider": "TestAccExamples",
	}
	for _, e := range allExampled {
		maps.Copy(known, map[string]string{
			"data-sources/" + e.typeName: "TestAccExamples_dataSources", "data-sources/" + e.plural: "TestAccExamples_dataSources",
			"list-resources/" + e.typeName: "TestAccExamples_query", "resources/" + e.typeName: "TestAccExamples",
		})
	}
	seen := map[string]bool{}
	root := filepath.Join(repository, "examples")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if folder = filepath.ToSlash(folder); known[folder] == "" {
			t.Errorf("no test runs %s", path)
		}
		seen[folder] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range slices.Sorted(maps.Keys(known)) {
		if !seen[folder] {
			t.Errorf("%s is known, and not there", folder)
		}
	}
}
