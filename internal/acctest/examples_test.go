package acctest_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func TestAccExamples(t *testing.T) {
	resources, err := filepath.Glob(filepath.Join(repository, "examples/resources/twilio_flex_flow/resource*.tf"))
	if err != nil || len(resources) != 3 {
		t.Fatalf("expected an example for each type, got %v, %v", resources, err)
	}
	cases := map[string][]string{"provider": {"examples/provider", "examples/resources/twilio_flex_flow/resource.tf"}}
	for _, file := range resources {
		name := "examples/resources/twilio_flex_flow/" + filepath.Base(file)
		cases[filepath.Base(file)] = []string{name}
	}
	for name, files := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, files...)
			if strings.HasPrefix(name, "resource") {
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
	if len(w.Flows()) == 0 {
		w.t.Error("nothing was created")
	}
	w.terraform("destroy", "-auto-approve")
	if left := w.Flows(); len(left) > 0 {
		w.t.Errorf("left: %v", left)
	}
}

// newExample is a workspace in one of the folders of examples, with the others beside it.
func newExample(t *testing.T, folder string) *workspace {
	t.Helper()
	w := newWorkspace(t, "examples")
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
	for folder, runs := range map[string]int{"modules/flex-channel": 8, "complete": 2} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.7.0") // for mock_provider; the rest needs 1.6
			w := newExample(t, folder)
			w.terraform("init")
			if out := w.terraform("test"); !strings.Contains(out, fmt.Sprintf("Success! %d passed, 0 failed.", runs)) {
				t.Error(out)
			}
			if left := w.Flows(); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

// exampleSID is the SID that the examples import.
const exampleSID = "FO0123456789abcdef0123456789abcdef"

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

func TestAccExamples_import(t *testing.T) {
	t.Run("command", func(t *testing.T) {
		t.Parallel()
		w := newWorkspace(t, "examples/resources/twilio_flex_flow/resource.tf", "examples/resources/twilio_flex_flow/import.sh")
		w.write("versions.tf", requiredProviders)
		w.addFlow(func(*flexemulator.Flow) {})
		w.terraform("init")
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
		if out := w.terraform("plan"); !strings.Contains(out, `~ friendly_name    = "By hand" -> "Web chat"`) {
			t.Error(out)
		}
	})
	t.Run("block", func(t *testing.T) {
		t.Parallel()
		acctest.NeedTerraform(t, "1.5.0")
		w := newWorkspace(t, "examples/resources/twilio_flex_flow/resource.tf", "examples/resources/twilio_flex_flow/import-by-string-id.tf")
		w.write("versions.tf", requiredProviders)
		w.addFlow(func(f *flexemulator.Flow) { f.FriendlyName = "Web chat" })
		w.terraform("init")
		if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, "1 imported, 0 added, 0 changed, 0 destroyed") {
			t.Error(out)
		}
	})
}

func TestAccExamples_importByIdentity(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.12.0")
	w := newWorkspace(t, "examples/resources/twilio_flex_flow/resource.tf", "examples/resources/twilio_flex_flow/import-by-identity.tf")
	w.write("versions.tf", requiredProviders)
	w.addFlow(func(f *flexemulator.Flow) { f.FriendlyName = "Web chat" })
	w.terraform("init")
	if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, "1 imported, 0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
}

func TestAccExamples_dataSources(t *testing.T) {
	for name, output := range map[string]string{
		"twilio_flex_flow":  `studio_flow_sid = "FW22222222222222222222222222222222"`,
		"twilio_flex_flows": `"` + exampleSID + `",`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.2.0") // older ones do not see into nested attributes: [data.twilio_flex_flow.x.integration][0].flow_sid
			w := newWorkspace(t, "examples/data-sources/"+name)
			w.write("versions.tf", requiredProviders)
			w.addFlow(func(*flexemulator.Flow) {})
			w.terraform("init")
			if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, output) {
				t.Error(out)
			}
		})
	}
}

func TestAccExamples_query(t *testing.T) {
	t.Parallel()
	w := newQuery(t, "examples/list-resources/twilio_flex_flow")
	out := w.terraform("query")
	for _, want := range []string{"list.twilio_flex_flow.all", "list.twilio_flex_flow.sms", "sid=" + exampleSID, "By hand (web)", "Texts (sms, +15005550006)"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// newQuery is a workspace with two flows to find. It needs Terraform 1.14, the first with terraform query.
func newQuery(t *testing.T, files ...string) *workspace {
	t.Helper()
	acctest.NeedTerraform(t, "1.14.0")
	w := newWorkspace(t, files...)
	w.write("versions.tf", requiredProviders)
	w.addFlow(func(*flexemulator.Flow) {})
	w.addFlow(func(f *flexemulator.Flow) {
		f.SID, f.FriendlyName, f.ChannelType, f.ContactIdentity = "FO"+strings.Repeat("6", 32), "Texts", "sms", "+15005550006"
	})
	w.terraform("init")
	return w
}

// Configuration that a query writes imports what was found, without a change.
func TestAccQuery_generatedConfiguration(t *testing.T) {
	t.Parallel()
	w := newQuery(t)
	w.write("all.tfquery.hcl", "list \"twilio_flex_flow\" \"all\" {\n  provider = twilio\n}\n")
	w.terraform("query", "-generate-config-out=found.tf")
	if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, "2 imported, 0 added, 0 changed, 0 destroyed") {
		found, _ := os.ReadFile(filepath.Join(w.dir, "found.tf"))
		t.Errorf("%s\n%s", out, found)
	}
	w.terraform("plan", "-detailed-exitcode")
}

// Imports everything that is there, with any integration or none, without a change. It needs Terraform 1.7, the first with for_each
// in import blocks.
func TestAccGuides_importingInBulk(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.7.0")
	w := newWorkspace(t, "examples/guides/importing-in-bulk")
	for name, f := range migrated {
		f.FriendlyName = name
		w.Add(f)
	}
	w.addFlow(func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = nil, nil })
	w.terraform("init")
	if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, "4 imported, 0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.terraform("plan", "-detailed-exitcode")
	if writes := w.Calls(http.MethodPost, http.MethodDelete); len(writes) > 0 {
		t.Errorf("%d writes", len(writes))
	}
}

func TestAccGuides_besideAnotherProvider(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "examples/guides/beside-another-provider")
	w.goRound()
}

// Two accounts in one configuration: each flow is created in its own.
func TestAccGuides_authentication(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "examples/guides/authentication")
	// The region's host can't be reached from here; what it does is in internal/provider.
	content, err := os.ReadFile(filepath.Join(w.dir, "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	w.write("main.tf", strings.Replace(string(content), `region     = "ie1"`, `base_url = "`+w.URL+`"`, 1))
	w.write("terraform.tfvars.json", fmt.Sprintf(`{"sales": {"api_key": %q, "api_secret": %q}}`, flexemulator.APIKey, flexemulator.APISecret))
	w.applyCleanly()
	users := map[string]int{}
	for _, call := range w.Calls(http.MethodPost) {
		username, _, _ := (&http.Request{Header: call.Header}).BasicAuth()
		users[username]++
	}
	if len(users) != 2 || users[flexemulator.AccountSID] != 1 || users[flexemulator.APIKey] != 1 {
		t.Errorf("created by %v", users)
	}
}

// Every folder of examples that holds a configuration stands here, with the test that runs it.
func TestExamples_known(t *testing.T) {
	known := map[string]string{
		"complete": "TestAccExamples_complete", "complete/tests": "TestAccExamples_test", "data-sources/twilio_flex_flow": "TestAccExamples_dataSources",
		"data-sources/twilio_flex_flows": "TestAccExamples_dataSources", "guides/authentication": "TestAccGuides_authentication",
		"guides/beside-another-provider": "TestAccGuides_besideAnotherProvider", "guides/importing-in-bulk": "TestAccGuides_importingInBulk",
		"list-resources/twilio_flex_flow": "TestAccExamples_query", "migration/from-rjpearson94": "TestAccMigration_rjpearson94",
		"migration/from-twilio": "TestAccMigration_twilio", "modules/flex-channel": "TestAccExamples_test",
		"modules/flex-channel/tests": "TestAccExamples_test", "provider": "TestAccExamples", "resources/twilio_flex_flow": "TestAccExamples",
	}
	root := filepath.Join(repository, "examples")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if known[filepath.ToSlash(folder)] == "" {
			t.Errorf("no test runs %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Configuration that Terraform writes for what is imported plans clean.
func TestAccGeneratedConfiguration(t *testing.T) {
	external, task := "external", "task"
	for name, change := range map[string]func(*flexemulator.Flow){
		"studio": func(*flexemulator.Flow) {},
		"external": func(f *flexemulator.Flow) {
			f.IntegrationType, f.Integration = &external, map[string]any{"url": "https://example.com/hook", "creation_on_message": false}
			f.ContactIdentity = "+15005550006"
		},
		"task": func(f *flexemulator.Flow) {
			f.IntegrationType, f.Integration = &task, map[string]any{
				"workspace_sid": "WS" + strings.Repeat("3", 32), "workflow_sid": "WW" + strings.Repeat("4", 32), "channel": "sms", "timeout": 60,
			}
		},
		"none": func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = nil, nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.5.0")
			w := newWorkspace(t, "examples/resources/twilio_flex_flow/import-by-string-id.tf")
			w.write("versions.tf", requiredProviders)
			w.addFlow(change)
			w.importGenerated(1)
		})
	}
}

// importGenerated imports what import blocks name, with the configuration that Terraform writes for it, and plans once more.
func (w *workspace) importGenerated(count int) {
	w.t.Helper()
	w.terraform("init")
	w.terraform("plan", "-generate-config-out=generated.tf")
	if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, fmt.Sprintf("%d imported, 0 added, 0 changed, 0 destroyed", count)) {
		generated, _ := os.ReadFile(filepath.Join(w.dir, "generated.tf"))
		w.t.Errorf("%s\n%s", out, generated)
	}
	w.terraform("plan", "-detailed-exitcode")
}
