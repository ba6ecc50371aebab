package flexflow_test

import (
	"net/http"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func TestSharedReads(t *testing.T) {
	acctest.TestSharedReads(t, subject,
		func(emulator *acctest.Emulator, sid string) {
			emulator.Change(sid, func(f *flexemulator.Flow) { f.LongLived = true })
		},
	)
}

func TestSharedReads_off(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	p := acctest.NewProtocol(t, emulator.ProviderOptions()...)
	if diags := p.Configure(map[string]any{
		"account_sid": flexemulator.AccountSID, "auth_token": flexemulator.AuthToken, "base_url": emulator.URL, "shared_reads": false,
	}); len(diags) > 0 {
		t.Fatal(acctest.Describe(diags))
	}
	c := newCore(p)
	states := make([]acctest.Instance, 20)
	acctest.AtOnce(t, c, states, func(c *acctest.Core, _ int) (acctest.Instance, string) {
		return c.Change(c.Absent(), studioFlow.Values())
	})
	emulator.ResetRequests()
	acctest.RefreshAll(c, states)
	if lists, reads := emulator.CallsTo(http.MethodGet, "/v1/FlexFlows"), emulator.Calls(http.MethodGet); len(lists) > 0 || len(reads) != len(states) {
		t.Errorf("%d lists were fetched, in %d reads", len(lists), len(reads))
	}
}
