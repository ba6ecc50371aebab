// Command demo shows the provider's main job: the real Terraform with an example configuration, on an emulator of the API.
// It needs no account and leaves nothing behind.
package main

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
	"github.com/flex-iac/terraform-provider-twilio/internal/terraformcli"
)

func main() {
	example := flag.String("example", "examples/complete", "folder of the configuration to show")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *example); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1) //nolint:gocritic // stop has nothing left to do
	}
}

// A step is one run of Terraform, with what a newcomer should know of it.
type step struct {
	title     string
	arguments []string
	// quiet shows Terraform's output only when the step fails.
	quiet bool
}

func run(ctx context.Context, example string) error {
	folder, err := os.MkdirTemp("", "terraform-provider-twilio-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	// With what is beside it, where its modules are.
	if err := os.CopyFS(filepath.Join(folder, "examples"), os.DirFS(filepath.Dir(example))); err != nil {
		return err
	}
	work := filepath.Join(folder, "examples", filepath.Base(example))

	fmt.Println("Building the provider, and starting an emulator of the Flex Flows API.")
	terraform, err := terraformcli.Install(ctx, folder, provider.Source)
	if err != nil {
		return err
	}
	api, err := flexemulator.New(flexemulator.Options{})
	if err != nil {
		return err
	}
	server := httptest.NewServer(api)
	defer server.Close()
	defer api.Close()
	environment := []string{
		"TWILIO_ACCOUNT_SID=" + flexemulator.AccountSID, "TWILIO_AUTH_TOKEN=" + flexemulator.AuthToken, "TWILIO_BASE_URL=" + server.URL,
		"TWILIO_API_KEY=", "TWILIO_API_SECRET=", "TWILIO_PROFILE=",
	}

	update := "-var=retry_count=1"
	for _, s := range []step{
		{"Terraform gets ready.", []string{"init"}, true},
		{
			"A plan for three Flex Flows, with their defaults. What only Twilio can tell is known after the apply.",
			[]string{"plan", "-out=first.tfplan"},
			false,
		},
		{"The apply creates them, with one call for each.", []string{"apply", "first.tfplan"}, false},
		{"A second plan finds nothing to do. Had it found something, the demo would stop here.", []string{"plan", "-detailed-exitcode"}, false},
		{"One attribute changes, in place, with one call.", []string{"apply", "-auto-approve", update}, false},
		{"The destroy leaves nothing behind.", []string{"destroy", "-auto-approve", update}, true},
	} {
		api.ResetRequests()
		if err := s.run(ctx, terraform, work, environment); err != nil {
			return err
		}
		report(api)
	}
	if left := api.Flows(); len(left) > 0 {
		return fmt.Errorf("these flows are left: %v", left)
	}
	fmt.Println("\nDone: three flows created, one updated, all destroyed; no account was needed.")
	return nil
}

func (s step) run(ctx context.Context, terraform *terraformcli.Installation, work string, environment []string) error {
	fmt.Printf("\n# %s\n$ terraform %s\n", s.title, strings.Join(s.arguments, " "))
	command := terraform.Command(ctx, work, environment, s.arguments...)
	if !isTerminal(os.Stdout) {
		command.Env = append(command.Env, "TF_CLI_ARGS=-no-color")
	}
	if !s.quiet {
		command.Stdout, command.Stderr = os.Stdout, os.Stderr
		return command.Run()
	}
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// report prints the calls that the emulator received.
func report(api *flexemulator.Server) {
	for _, call := range api.Requests() {
		fmt.Printf("  -> %s %s: %d\n", call.Method, call.Path, call.Status)
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
