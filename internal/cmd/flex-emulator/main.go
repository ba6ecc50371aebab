// Command flex-emulator serves the Flex Flows API and the address configurations of Conversations in memory, on loopback, for
// people who test their own modules without an account. What is created in it is gone when it stops.
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
	"syscall"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
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
	fmt.Print(unused(api.UnusedFaults()))
	return nil
}

// unused lists the faults that no call has met.
func unused(faults []flexemulator.Fault) string {
	if len(faults) == 0 {
		return ""
	}
	var lines strings.Builder
	lines.WriteString("These faults were never injected, because no call met them:\n")
	for _, fault := range faults {
		line, _ := json.Marshal(fault)
		fmt.Fprintf(&lines, "  %s\n", line)
	}
	return lines.String()
}

func welcome(url string) string {
	return fmt.Sprintf(`An emulator of Flex Flows and of Conversations addresses listens on %[1]s until you press Ctrl-C.
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
