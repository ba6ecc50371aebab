package acctest_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
)

// What else the repository builds is tested here: the demo, the installer and the standalone emulator.

func TestAccDemo(t *testing.T) {
	for script, wants := range map[string][]string{
		"flows": {
			"Plan: 3 to add, 0 to change, 0 to destroy.", "Apply complete! Resources: 3 added", "No changes. Your infrastructure matches",
			"~ retry_count = 3 -> 1", "Apply complete! Resources: 0 added, 1 changed", "Done: three flows created, one updated, all destroyed",
		},
		"move": {
			`"Conversations has no address type for the channel line.",`, `"It has no contact_identity. Set its address in addresses.",`,
			"Warning: Studio flow FW22222222222222222222222222222222 does not handle Incoming Conversation", "Resources: 2 added, 0 changed, 2 destroyed.",
			"No changes. Your infrastructure matches", "terraform.tfvars:\n  stage    = \"addresses\"\n  stage_of = ", "The way back", "Done: two of four flows moved",
		},
	} {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			acctest.NeedTerraform(t, "1.3.0")
			temporary := t.TempDir()
			command := exec.CommandContext(t.Context(), build(t, "demo"), "-script", script)
			command.Dir, command.Env = repository, append(os.Environ(), "TMPDIR="+temporary, "TMP="+temporary)
			out, err := command.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for _, want := range wants {
				if !bytes.Contains(out, []byte(want)) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
			if left, _ := filepath.Glob(filepath.Join(temporary, "terraform-provider-twilio-demo-*")); len(left) > 0 {
				t.Errorf("the demo left %v behind", left)
			}
		})
	}
}

// What "make install" puts in place is found without any setting, also after it was installed anew.
func TestAccInstall(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	w := newWorkspace(t, "examples/resources/twilio_flex_flow/resource.tf")
	install := build(t, "install")
	goEnv, err := exec.CommandContext(t.Context(), "go", "env", "GOPATH", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	paths := strings.Fields(string(goEnv))
	environment := append(os.Environ(), "HOME="+home, "APPDATA="+home, "GOPATH="+paths[0], "GOCACHE="+paths[1], "TF_CLI_CONFIG_FILE="+filepath.Join(home, "none"), "TF_CLI_ARGS=-no-color")
	environment = append(environment, w.environment...)
	run := func(dir, name string, arguments ...string) string {
		t.Helper()
		command := exec.CommandContext(t.Context(), name, arguments...)
		command.Dir, command.Env = dir, environment
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, arguments, err, out)
		}
		return string(out)
	}
	for _, init := range []string{"init", "init -upgrade"} {
		_, pasted, found := strings.Cut(run(repository, install), "\n\n")
		if !found || !strings.Contains(pasted, `source = "flex-iac/twilio"`) {
			t.Fatalf("nothing to paste: %q", pasted)
		}
		w.write("versions.tf", pasted)
		if init != "init" {
			run(w.dir, installation.Terraform, "plan") // with the build before
		}
		run(w.dir, installation.Terraform, strings.Fields(init)...)
		run(w.dir, installation.Terraform, "plan")
	}
	run(repository, install, "-remove")
	for _, folder := range []string{".terraform.d/plugins", "terraform.d/plugins"} {
		if left, _ := os.ReadDir(filepath.Join(home, folder)); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	}
}

var built sync.Map // by a command's name, a function that builds it once

// build builds one of the repository's commands, unless that was done before.
func build(t *testing.T, name string) string {
	t.Helper()
	once, _ := built.LoadOrStore(name, sync.OnceValues(func() (string, error) {
		binary := filepath.Join(binaries, name)
		out, err := exec.CommandContext(context.Background(), "go", "build", "-ldflags", "-s -w", "-o", binary, module+"/internal/cmd/"+name).CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
		return binary, err
	}))
	binary, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// The standalone emulator, with the provider block that it prints.
func TestAccStandaloneEmulator(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), build(t, "flex-emulator"), "-port", "0", "-integration", "all-keys", "-read-lag", "200ms")
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	}()
	welcome := ""
	for buffer := make([]byte, 4096); !strings.Contains(welcome, "TWILIO_BASE_URL"); {
		n, err := stdout.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		welcome += string(buffer[:n])
	}
	go func() { _, _ = new(bytes.Buffer).ReadFrom(stdout) }()
	block := regexp.MustCompile(`(?s)provider "twilio" \{.*?\n\}\n`).FindString(welcome)
	w := newWorkspace(t, "examples/resources/twilio_flex_flow/resource.tf")
	w.environment = nil
	w.write("versions.tf", requiredProviders+block)
	w.applyCleanly()
	w.terraform("destroy", "-auto-approve")
	if calls := w.Calls(); len(calls) > 0 {
		t.Errorf("the wrong emulator was called: %v", calls)
	}
}

func TestStandaloneEmulator_arguments(t *testing.T) {
	t.Parallel()
	binary := build(t, "flex-emulator")
	faults := filepath.Join(t.TempDir(), "faults.json")
	if err := os.WriteFile(faults, []byte(`[{"kind": "status", "status": 503, "nht": 3}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, arguments := range map[string][]string{
		`unknown field "nht"`:        {"-faults", faults},
		"no such file":               {"-faults", faults + "x"},
		`unexpected argument "now"`:  {"now"},
		`there is no way "sideways"`: {"-integration", "sideways"},
		`there is no way "askew"`:    {"-auto-creation", "askew"},
	} {
		out, err := exec.CommandContext(t.Context(), binary, arguments...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%v: %v\n%s", arguments, err, out)
		}
	}
}
