// Command flex-emulator serves the Flex Flows API in memory, on loopback, for people who test their own modules without an
// account. What is created in it is gone when it stops.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "flex-emulator:", err)
		os.Exit(1) //nolint:gocritic // stop has nothing left to do
	}
}

func run(ctx context.Context, arguments []string) error {
	options, port, err := parse(arguments)
	if err != nil {
		return err
	}
	api, err := flexemulator.New(options)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)) //nolint:noctx // it is closed with the server
	if err != nil {
		return fmt.Errorf("%w; choose another port with -port, or 0 for any that is free", err)
	}
	fmt.Print(welcome("http://" + listener.Addr().String()))
	server := &http.Server{Handler: logged(api), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		api.Close()
		_ = server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func parse(arguments []string) (flexemulator.Options, int, error) {
	var options flexemulator.Options
	b := &options.Behavior
	flags := flag.NewFlagSet("flex-emulator", flag.ContinueOnError)
	port := flags.Int("port", 8080, "`port` on 127.0.0.1 to listen on; 0 takes a free one")
	faults := flags.String("faults", "", "`file` with a JSON array of faults to inject")
	integration := flags.String("integration", "", "what answers show of an integration: defaults, all-keys, foreign-keys or null; empty shows what was sent")
	flags.BoolVar(&b.ReplaceIntegration, "replace-integration", false, "an update of the integration drops what it does not send")
	flags.DurationVar(&b.ReadLag, "read-lag", 0, "for how long reads do not find a new flow")
	flags.DurationVar(&b.ListLag, "list-lag", 0, "for how long lists show an updated flow as it was")
	flags.BoolVar(&b.EnabledByDefault, "enabled-by-default", false, "a flow created without Enabled is enabled")
	flags.BoolVar(&b.EmptyIdentity, "empty-identity", false, `an absent contact identity is answered as "" instead of null`)
	flags.BoolVar(&b.NullIntegrationType, "null-integration-type", false, "a flow created without IntegrationType has none, instead of studio")
	flags.BoolVar(&b.NullDateUpdated, "null-date-updated", false, "a new flow has no update date")
	flags.Func("order", "order of lists: newest-first, by-sid or shuffled; oldest first otherwise", func(order string) error {
		b.Order = flexemulator.ListOrder(order)
		return nil
	})
	flags.BoolVar(&b.AcceptIncomplete, "accept-incomplete", false, "an integration that lacks what its type requires is accepted")
	flags.BoolVar(&b.RefuseDuplicates, "refuse-duplicates", false, "a second flow with one channel type and contact identity is refused")
	if err := flags.Parse(arguments); err != nil {
		return options, 0, err
	}
	if flags.NArg() > 0 {
		return options, 0, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	b.Integration = flexemulator.IntegrationAnswer(*integration)
	if *faults == "" {
		return options, *port, nil
	}
	raw, err := os.ReadFile(*faults)
	if err != nil {
		return options, 0, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&options.Faults); err != nil {
		return options, 0, fmt.Errorf("%s: %w", *faults, err)
	}
	return options, *port, nil
}

func welcome(url string) string {
	return fmt.Sprintf(`An emulator of the Flex Flows API listens on %[1]s until you press Ctrl-C.
To use it, put this into your configuration:

provider "twilio" {
  account_sid = %[2]q
  auth_token  = %[3]q
  base_url    = %[1]q
}

or leave the provider block empty, and set these in the shell that runs Terraform:

export TWILIO_ACCOUNT_SID=%[2]s
export TWILIO_AUTH_TOKEN=%[3]s
export TWILIO_BASE_URL=%[1]s

It takes an API key as well: %[4]s with the secret %[5]s.

`, url, flexemulator.AccountSID, flexemulator.AuthToken, flexemulator.APIKey, flexemulator.APISecret)
}

// logged prints each call when it is over.
func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := &statusRecorder{ResponseWriter: w}
		defer func() {
			status := "no answer"
			if recorder.status != 0 {
				status = strconv.Itoa(recorder.status)
			}
			fmt.Printf("%s %s %s: %s\n", time.Now().Format(time.TimeOnly), r.Method, r.URL.RequestURI(), status)
		}()
		next.ServeHTTP(recorder, r)
	})
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find what the writer below can do.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
