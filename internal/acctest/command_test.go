package acctest_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/cmd/terraformcli"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// The tests in this package run the terraform command with the built provider, as a user does.

const (
	repository = "../.."
	module     = "github.com/flex-iac/terraform-provider-twilio"
)

var (
	installation *terraformcli.Installation
	binaries     string // a folder for commands that tests build
)

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "terraform-provider-twilio-test-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		if installation, err = terraformcli.Install(context.Background(), dir, provider.Source); err != nil {
			panic(err)
		}
		// Beside it stand-ins for older providers, for the tests that need one.
		for source, folder := range map[string]string{"rjpearson94/twilio": "olderprovider", "twilio/twilio": "emptyprovider"} {
			if _, err := terraformcli.InstallOther(context.Background(), dir, source, module+"/internal/acctest/testdata/"+folder); err != nil {
				panic(err)
			}
		}
		binaries = dir
		return m.Run()
	}())
}

// A workspace is a folder with a configuration, and an emulator for it.
type workspace struct {
	*acctest.Emulator
	t           testing.TB
	dir         string
	environment []string
}

const requiredProviders = `
terraform {
  required_providers {
    twilio = {
      source = "flex-iac/twilio"
    }
  }
}
`

// newWorkspace copies files of the repository, or whole folders of it, into a workspace and initialises it. The credentials
// are in the environment.
func newWorkspace(t testing.TB, files ...string) *workspace {
	t.Helper()
	return newWorkspaceWith(t, flexemulator.Options{}, files...)
}

func newWorkspaceWith(t testing.TB, options flexemulator.Options, files ...string) *workspace {
	t.Helper()
	w := &workspace{Emulator: acctest.NewEmulator(t, options), t: t, dir: t.TempDir()}
	w.environment = []string{
		"TWILIO_ACCOUNT_SID=" + flexemulator.AccountSID, "TWILIO_AUTH_TOKEN=" + flexemulator.AuthToken, "TWILIO_BASE_URL=" + w.URL,
		"TWILIO_API_KEY=", "TWILIO_API_SECRET=", "TWILIO_PROFILE=",
	}
	for _, file := range files {
		source := filepath.Join(repository, file)
		info, err := os.Stat(source)
		if err != nil {
			t.Fatal(err)
		}
		if info.IsDir() {
			if err := os.CopyFS(w.dir, os.DirFS(source)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		content, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		w.write(filepath.Base(file), string(content))
	}
	return w
}

func (w *workspace) write(name, content string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// try runs terraform and returns what it printed.
func (w *workspace) try(arguments ...string) (string, error) {
	command := installation.Command(w.t.Context(), w.dir, append(w.environment, "TF_CLI_ARGS=-no-color"), arguments...)
	out, err := command.CombinedOutput()
	return string(out), err
}

// terraform is try for a command that has to succeed.
func (w *workspace) terraform(arguments ...string) string {
	w.t.Helper()
	out, err := w.try(arguments...)
	if err != nil {
		w.t.Fatalf("terraform %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
	return out
}

// host is where the Terraform that the tests run looks for providers: OpenTofu has its own, named as for
// terraform-plugin-testing.
func host() string { return cmp.Or(os.Getenv("TF_ACC_PROVIDER_HOST"), terraformcli.Hosts[0]) }

// applyCleanly applies, and checks that a plan after it is empty.
func (w *workspace) applyCleanly() {
	w.t.Helper()
	w.terraform("init")
	w.terraform("apply", "-auto-approve")
	w.terraform("plan", "-detailed-exitcode")
}

// A log at the highest level has the calls, and no credential in any form; nor has the state.
func TestAccLogHoldsNoCredential(t *testing.T) {
	for name, block := range map[string]string{
		"environment": "",
		"block":       fmt.Sprintf("provider \"twilio\" {\n account_sid = %q\n auth_token = %q\n}\n", flexemulator.AccountSID, flexemulator.AuthToken),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, "examples/resources/twilio_flex_flow/resource.tf")
			w.write("versions.tf", requiredProviders+block)
			if block != "" {
				w.environment = []string{"TWILIO_BASE_URL=" + w.URL}
			}
			w.terraform("init")
			log := filepath.Join(w.dir, "terraform.log")
			w.environment = append(w.environment, "TF_LOG=TRACE", "TF_LOG_PATH="+log)
			w.terraform("apply", "-auto-approve")
			w.terraform("plan", "-detailed-exitcode")
			// A call that fails is logged too.
			if err := w.SetFaults(flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 401}); err != nil {
				t.Fatal(err)
			}
			if out, err := w.try("plan"); err == nil || !strings.Contains(out, "Unable to read Flex Flow") {
				t.Errorf("%v\n%s", err, out)
			}

			content, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			calls := regexp.MustCompile(`.*Called Twilio.*`).FindAllString(string(content), -1)
			for _, fields := range [][]string{ // in any order
				{"method=POST", "path=/v1/FlexFlows ", "status=201", "request_id=RQ", "duration_ms="},
				{"method=GET", "path=/v1/FlexFlows/" + w.Only().SID, "status=200", "request_id=RQ", "duration_ms="},
				{"method=GET", "path=/v1/FlexFlows/" + w.Only().SID, "status=401", "request_id=RQ", "duration_ms="},
			} {
				if !slices.ContainsFunc(calls, func(line string) bool {
					return !slices.ContainsFunc(fields, func(field string) bool { return !strings.Contains(line+" ", field) })
				}) {
					t.Errorf("the log has no line with %q", fields)
				}
			}
			state, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{
				flexemulator.AuthToken,
				base64.StdEncoding.EncodeToString([]byte(flexemulator.AuthToken)),
				base64.StdEncoding.EncodeToString([]byte(flexemulator.AccountSID + ":" + flexemulator.AuthToken)),
			} {
				if bytes.Contains(content, []byte(secret)) || bytes.Contains(state, []byte(secret)) {
					t.Errorf("the log or the state holds %s", secret)
				}
			}
		})
	}
}

// Warnings do not stop a plan, and say what to do.
func TestAccWarnings(t *testing.T) {
	t.Parallel()
	const flow = `
resource "twilio_flex_flow" "test" {
  friendly_name    = "Web chat"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  %s
}
`
	const block = "integration {\n    flow_sid = \"FW22222222222222222222222222222222\"\n  }\n"
	w := newWorkspace(t)
	w.write("versions.tf", requiredProviders)
	w.terraform("init")
	expect := func(out string, texts ...string) {
		t.Helper()
		for _, text := range texts {
			if !strings.Contains(strings.Join(strings.Fields(strings.NewReplacer("│", "").Replace(out)), " "), text) {
				t.Errorf("no %q in\n%s", text, out)
			}
		}
	}
	w.write("main.tf", fmt.Sprintf(flow, block))
	expect(w.terraform("apply", "-auto-approve"), "Warning: Missing integration_type", "integration {", `Set integration_type to "studio", which is what the block fits.`)
	w.write("main.tf", fmt.Sprintf(flow, ""))
	expect(w.terraform("apply", "-auto-approve"), "Warning: Integration is not managed", "Terraform removes it from the state and changes nothing in Twilio")
	w.write("main.tf", fmt.Sprintf(flow, "integration {\n url = \"https://example.com\"\n }\n"))
	expect(w.terraform("plan"), "Warning: Integration does not fit its type", "not applicable: url",
		`The configuration does not set integration_type, and Twilio chose "studio".`)
	if calls := w.Calls("POST"); len(calls) != 1 {
		t.Errorf("expected the create alone, there were %d writes", len(calls))
	}

	// An answer that differs from what was asked for.
	w.write("main.tf", fmt.Sprintf(flow, "long_lived = true\n"))
	fault := flexemulator.Fault{
		Method: "POST", Kind: flexemulator.FaultBody, ContentType: "application/json",
		Body: `{"sid": "` + w.Only().SID + `", "friendly_name": "Web", "long_lived": false, "enabled": {}}`,
	}
	if err := w.SetFaults(fault); err != nil {
		t.Fatal(err)
	}
	out := w.terraform("apply", "-auto-approve")
	expect(out, "Warning: Twilio returned a different value for long_lived", `long_lived was set to true, and Twilio accepted the request but returned false.`,
		"Warning: Unable to read all of Flex Flow FO", "Twilio's response holds enabled of FO")
	if strings.Contains(out, "another friendly_name") {
		t.Errorf("a warning of what was not asked for now:\n%s", out)
	}
	w.terraform("plan", "-detailed-exitcode")
}

// What is said about a configuration is shown once by each command, though Terraform validates and plans several times. What a plan warns of, the
// apply repeats; Terraform shows both as one.
func TestAccWarnings_once(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	config := requiredProviders + `
variable "timeout" {
  type    = number
  default = null
}

resource "twilio_flex_flow" "test" {
  friendly_name    = "Web chat"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  integration {
    flow_sid = "FW22222222222222222222222222222222"
    timeout  = var.timeout
    priority = var.timeout
  }
}
`
	w.write("main.tf", config)
	w.terraform("init")
	for _, step := range []struct {
		arguments      []string
		unfit, similar int
	}{
		{[]string{"validate"}, 0, 0},
		{[]string{"plan"}, 0, 0},
		{[]string{"apply", "-auto-approve"}, 0, 0},
		{[]string{"plan", "-var=timeout=5"}, 1, 0},
		{[]string{"apply", "-auto-approve", "-var=timeout=5"}, 1, 1},
	} {
		out := w.terraform(step.arguments...)
		if count := strings.Count(out, "Warning: Missing integration_type"); count != 1 {
			t.Errorf("%v: %d warnings: %s", step.arguments, count, out)
		}
		count := strings.Count(out, "Warning: Integration does not fit its type")
		if similar := strings.Count(out, "and one more similar warning elsewhere"); similar > step.similar || strings.Contains(out, "more similar warnings") {
			t.Errorf("%v: %d more: %s", step.arguments, similar, out)
		}
		if count != step.unfit || count > 0 && !strings.Contains(strings.Join(strings.Fields(out), " "), "not applicable: timeout and priority") {
			t.Errorf("%v: %d warnings: %s", step.arguments, count, out)
		}
	}
}
