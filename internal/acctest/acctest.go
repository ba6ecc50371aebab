// Package acctest is what acceptance tests share: an emulator of the API for each test, and the provider that talks to it.
package acctest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// PropagationTime is for how long the provider of a test case looks for what does not show up.
const PropagationTime = time.Second

// Factories make the provider for a test case.
var Factories = FactoriesWithPropagationTime(PropagationTime)

// FactoriesWithPropagationTime are Factories with a propagation time of their own.
func FactoriesWithPropagationTime(propagationTime time.Duration) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"twilio": func() (tfprotov6.ProviderServer, error) {
			return provider.Server("test", provider.WithPropagationTime(propagationTime))(), nil
		},
	}
}

// An Emulator is the API for one test, on a port of its own.
type Emulator struct {
	*flexemulator.Server
	URL string
	// transport reaches the emulator without a network, nil for one that has a URL.
	transport http.RoundTripper
	t         testing.TB
}

// NewEmulator starts an emulator that stops with the test, and fails the test if it broke its own contract.
func NewEmulator(t testing.TB, options flexemulator.Options) *Emulator {
	t.Helper()
	api, err := flexemulator.New(options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(api)
	t.Cleanup(func() {
		api.Close()
		server.Close()
		for _, violation := range api.Violations() {
			t.Errorf("the emulator broke its contract: %v", violation)
		}
	})
	return &Emulator{Server: api, URL: server.URL, t: t}
}

// ProviderConfig is the provider block for the emulator, to stand before a test's configuration.
func (e *Emulator) ProviderConfig() string {
	return fmt.Sprintf(`
provider "twilio" {
  account_sid = %q
  auth_token  = %q
  base_url    = %q
}
`, flexemulator.AccountSID, flexemulator.AuthToken, e.URL)
}

// CheckDestroyed is a test case's CheckDestroy: it fails if the emulator still has something.
func (e *Emulator) CheckDestroyed(*terraform.State) error {
	if flows, addresses := e.Flows(), e.Addresses(); len(flows)+len(addresses) > 0 {
		return fmt.Errorf("not destroyed: %v %v", flows, addresses)
	}
	return nil
}

// Only returns the one flow that there is.
func (e *Emulator) Only() flexemulator.Flow {
	e.t.Helper()
	flows := e.Flows()
	if len(flows) != 1 {
		e.t.Fatalf("expected one flow, there are %d: %v", len(flows), flows)
	}
	return flows[0]
}

// ChangeOnly alters the one flow that there is, behind Terraform's back.
func (e *Emulator) ChangeOnly(change func(*flexemulator.Flow)) {
	e.t.Helper()
	e.Change(e.Only().SID, change)
}

// OnlyAddress returns the one address configuration that there is.
func (e *Emulator) OnlyAddress() flexemulator.Address {
	e.t.Helper()
	addresses := e.Addresses()
	if len(addresses) != 1 {
		e.t.Fatalf("expected one address configuration, there are %d: %v", len(addresses), addresses)
	}
	return addresses[0]
}

// Calls returns the calls of the given methods that were received, in order; all of them if no method is given.
func (e *Emulator) Calls(methods ...string) []flexemulator.Request {
	return slices.DeleteFunc(e.Requests(), func(r flexemulator.Request) bool {
		return len(methods) > 0 && !slices.Contains(methods, r.Method)
	})
}
