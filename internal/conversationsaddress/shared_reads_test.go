package conversationsaddress_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// 120 addresses, which are three pages, are read with a few calls where ten reads come together as Terraform makes them, and each read gives
// what is there.
func TestSharedReads(t *testing.T) {
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Load: flexemulator.Load{Unchecked: true, Latency: 50 * time.Millisecond}})
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		made := time.Now().Add(-time.Hour)
		state := make([]acctest.Instance, 120)
		for i := range state {
			a := emulator.AddAddress(flexemulator.Address{
				Type: "sms", Address: "+1500555" + string(rune('0'+i%10)), DateCreated: made.Add(time.Duration(i) * time.Second).Truncate(time.Second),
				AutoCreation: map[string]any{"type": "studio", "studio_flow_sid": studioFlowSID, "studio_retry_count": int64(0)},
			})
			state[i], _ = c.Import(a.SID)
		}
		// One was changed meanwhile, and one is gone.
		emulator.ChangeAddress(state[7].SID(), func(a *flexemulator.Address) { a.FriendlyName = new("Other") })
		emulator.RemoveAddress(state[8].SID())
		emulator.ResetRequests()
		run := newCore(acctest.NewConfiguredProtocol(t, emulator))
		read := make([]acctest.Instance, len(state))
		var wait sync.WaitGroup
		next := make(chan int)
		for range 10 {
			wait.Go(func() {
				for i := range next {
					var text string
					if read[i], text = run.Refresh(state[i]); text != "" {
						t.Error(text)
					}
				}
			})
		}
		for i := range state {
			next <- i
		}
		close(next)
		wait.Wait()
		if calls := len(emulator.Calls(http.MethodGet)); calls > 20 {
			t.Errorf("%d calls", calls)
		}
		for i := range state {
			want := ""
			if i == 7 {
				want = "Other"
			}
			got, there := acctest.Plain(read[i].Value).(map[string]any)
			if there != (i != 8) || there && got["friendly_name"] != want {
				t.Errorf("%d: read %v", i, got)
			}
		}
	})
}

// Lists that lag show nothing that is not there.
func TestSharedReads_lag(t *testing.T) {
	acctest.TestSharedReads(t, subject,
		func(emulator *acctest.Emulator, sid string) {
			emulator.ChangeAddress(sid, func(a *flexemulator.Address) { a.AutoCreation["studio_retry_count"] = int64(1) })
		},
	)
}
