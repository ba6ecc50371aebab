// Command demo shows what the provider is for: the real Terraform with an example configuration, on an emulator of the APIs. It needs
// no account and leaves nothing behind.
package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/cmd/terraformcli"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

func main() {
	name := flag.String("script", "flows", fmt.Sprintf("what to show: one of %q", slices.Sorted(maps.Keys(scripts))))
	examples := flag.String("examples", "examples", "`folder` of the examples")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *name, *examples); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1) //nolint:gocritic // stop has nothing left to do
	}
}

func run(ctx context.Context, name, examples string) error {
	shown, found := scripts[name]
	if !found {
		return fmt.Errorf("there is no script %q", name)
	}
	folder, err := os.MkdirTemp("", "terraform-provider-twilio-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	// All of them, because their modules are among them.
	if err := os.CopyFS(filepath.Join(folder, "examples"), os.DirFS(examples)); err != nil {
		return err
	}

	fmt.Println("Building the provider, and starting an emulator of Flex Flows and of address configurations.")
	terraform, err := terraformcli.Install(ctx, folder, provider.Source)
	if err != nil {
		return err
	}
	api, err := flexemulator.New(flexemulator.Options{Behavior: shown.behavior})
	if err != nil {
		return err
	}
	server := httptest.NewServer(api)
	defer server.Close()
	defer api.Close()
	d := &demo{
		terraform: terraform, api: api, work: filepath.Join(folder, "examples", filepath.FromSlash(shown.example)),
		environment: []string{
			"TWILIO_ACCOUNT_SID=" + flexemulator.AccountSID, "TWILIO_AUTH_TOKEN=" + flexemulator.AuthToken, "TWILIO_BASE_URL=" + server.URL,
			"TWILIO_API_KEY=", "TWILIO_API_SECRET=", "TWILIO_PROFILE=",
		},
	}
	for _, s := range shown.steps {
		if err := d.show(ctx, s); err != nil {
			return err
		}
	}
	if flows, addresses := api.Flows(), api.Addresses(); len(flows)+len(addresses) > 0 {
		return fmt.Errorf("these are left: %v %v", flows, addresses)
	}
	fmt.Println("\nDone: " + shown.done)
	return nil
}

// A demo is Terraform in the folder of an example, with an emulator.
type demo struct {
	terraform   *terraformcli.Installation
	api         *flexemulator.Server
	work        string
	environment []string
}

// show makes one step, and prints the calls that the emulator received.
func (d *demo) show(ctx context.Context, s step) error {
	command := "terraform " + strings.Join(s.arguments, " ")
	fmt.Printf("\n# %s\n", s.title)
	if s.variables != "" {
		fmt.Printf("terraform.tfvars:\n  %s\n", strings.ReplaceAll(s.variables, "\n", "\n  "))
		if err := os.WriteFile(filepath.Join(d.work, "terraform.tfvars"), []byte(s.variables+"\n"), 0o600); err != nil {
			return err
		}
	}
	if s.references != nil {
		if err := d.api.SetReferences(s.references); err != nil {
			return err
		}
	}
	fmt.Printf("$ %s\n", command)
	d.api.ResetRequests()
	if err := d.run(ctx, s); err != nil {
		return err
	}
	calls := d.api.Requests()
	for _, call := range calls {
		fmt.Printf("  -> %s %s: %d\n", call.Method, call.Path, call.Status)
	}
	if s.writesNothing && slices.ContainsFunc(calls, func(call flexemulator.Request) bool { return call.Method != http.MethodGet }) {
		return fmt.Errorf("%s was not to write anything", command)
	}
	return nil
}

func (d *demo) run(ctx context.Context, s step) error {
	command := d.terraform.Command(ctx, d.work, d.environment, s.arguments...)
	if !isTerminal(os.Stdout) || s.from != "" {
		command.Env = append(command.Env, "TF_CLI_ARGS=-no-color")
	}
	if s.quiet || s.from != "" {
		out, err := command.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
		if i := strings.Index(string(out), s.from); !s.quiet && i >= 0 {
			fmt.Printf("[…]\n%s", out[i:])
		}
		return nil
	}
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	return command.Run()
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
