package conversationsaddress_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// refusals are both ways to take a second configuration of one address.
var refusals = map[string]flexemulator.Behavior{"accepts duplicates": {}, "refuses duplicates": {RefuseDuplicateAddresses: true}}

// impatient is a provider that does not wait long, neither for one response nor before it asks again.
func impatient(t *testing.T, emulator *acctest.Emulator, propagationTime time.Duration) *acctest.Core {
	t.Helper()
	p := acctest.NewProtocol(t, append(emulator.ProviderOptions(), provider.WithPropagationTime(propagationTime), provider.WithRetryWait(10*time.Millisecond))...)
	if diags := p.Configure(map[string]any{
		"account_sid": flexemulator.AccountSID, "auth_token": flexemulator.AuthToken, "base_url": emulator.URL, "request_timeout": "400ms",
	}); len(diags) > 0 {
		t.Fatal(acctest.Describe(diags))
	}
	return newCore(p)
}

// numbered is a configuration of an address of its own.
func numbered(i int, base configuration) map[string]any {
	return base.With(args{"address": fmt.Sprintf(`"+1500555%04d"`, i)}).Values()
}

func TestFaults(t *testing.T) { acctest.TestFaults(t, subject, refusals) }

func TestFaults_storm(t *testing.T) { acctest.TestStorm(t, subject, refusals["refuses duplicates"]) }

// Twenty different addresses at once, with every fourth create's answer lost: none is lost or doubled, and each has its own.
func TestFaults_atOnce(t *testing.T) {
	for way, behavior := range refusals {
		for kind, fault := range map[string]flexemulator.Fault{
			"lost":     {Kind: flexemulator.FaultReset, AfterWork: true},
			"not done": {Kind: flexemulator.FaultStatus, Status: 503},
			"502":      {Kind: flexemulator.FaultStatus, Status: 502, AfterWork: true},
		} {
			t.Run(kind+"/"+way, func(t *testing.T) {
				t.Parallel()
				acctest.InVirtualTime(t, func(t *testing.T) {
					emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
					fault.Method, fault.Path, fault.Every = http.MethodPost, path, 4
					emulator.Inject(fault)()
					c := newCore(acctest.NewConfiguredProtocol(t, emulator))
					var wait sync.WaitGroup
					sids, texts := make([]string, 20), make([]string, 20)
					for i := range sids {
						wait.Go(func() {
							var made acctest.Instance
							made, texts[i] = c.Change(c.Absent(), numbered(i, webhook))
							sids[i] = made.SID()
						})
					}
					wait.Wait()
					byAddress := map[string]string{}
					for _, a := range emulator.Addresses() {
						byAddress[a.Address] = a.SID
					}
					for i, sid := range sids {
						if want := byAddress[fmt.Sprintf("+1500555%04d", i)]; sid != want || strings.Contains(texts[i], "ERROR") {
							t.Errorf("%d has %s, expected %s: %s", i, sid, want, texts[i])
						}
					}
					if len(emulator.Addresses()) != 20 || len(byAddress) != 20 {
						t.Errorf("there are %v", emulator.Addresses())
					}
				})
			})
		}
	}
}

// A create whose answer is lost and that shows up late meets a conflict when it is sent again: what is in the way is what it made. It is
// named, because it may be another's.
func TestFaults_conflictWithItself(t *testing.T) {
	for name, c := range map[string]struct {
		kind flexemulator.FaultKind
		lag  time.Duration
	}{
		"timed out": {flexemulator.FaultHang, 1900 * time.Millisecond}, "reset": {flexemulator.FaultReset, 3 * acctest.PropagationTime / 2},
		"never seen": {flexemulator.FaultReset, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.InVirtualTime(t, func(t *testing.T) {
				now := time.Now().Truncate(time.Second)
				began := time.Now()
				// The API's second begins with the test, so that the create that is broken off is made and answered within one.
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseDuplicateAddresses: true, ReadLag: c.lag}, Now: func() time.Time {
					return now.Add(time.Since(began))
				}})
				emulator.Inject(flexemulator.Fault{Method: http.MethodPost, Path: path, Nth: 1, Kind: c.kind, AfterWork: true})()
				core := impatient(t, emulator, acctest.PropagationTime)
				made, text := core.Change(core.Absent(), studio.Values())
				there := emulator.OnlyAddress().SID
				if posts := emulator.Calls(http.MethodPost); len(posts) != 2 || posts[1].Status != http.StatusConflict {
					t.Errorf("sent %d creates", len(posts))
				}
				if made.SID() != "" || !strings.Contains(text, "terraform import ADDRESS "+there) {
					t.Errorf("has %q: %s", made.SID(), text)
				}
			})
		})
	}
}

// What was there before is not taken for what a lost create made: neither another's configuration of the address, nor one of another type.
func TestFaults_another(t *testing.T) {
	for way, behavior := range refusals {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			acctest.InVirtualTime(t, func(t *testing.T) {
				emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
				there := emulator.AddAddress(flexemulator.Address{
					Type: "sms", Address: "+15005550006", DateCreated: time.Now().Add(-time.Hour).Truncate(time.Second),
					AutoCreation: map[string]any{"type": "studio", "studio_flow_sid": studioFlowSID, "studio_retry_count": int64(0)},
				})
				otherType := emulator.AddAddress(flexemulator.Address{Type: "rcs", Address: "+15005550006"})
				emulator.Inject(flexemulator.Fault{Method: http.MethodPost, Path: path, Nth: 1, Kind: flexemulator.FaultStatus, Status: 503})()
				c := newCore(acctest.NewConfiguredProtocol(t, emulator))
				made, text := c.Change(c.Absent(), studio.Values())
				switch refused := strings.Contains(text, "409 Conflict"); {
				case refused != behavior.RefuseDuplicateAddresses:
					t.Error(text)
				case refused && (made.SID() != "" || len(emulator.Addresses()) != 2 || !strings.Contains(text, "Import that configuration by its SID or its address")):
					t.Errorf("has %q: %s", made.SID(), text)
				case !refused && (made.SID() == "" || made.SID() == there.SID || made.SID() == otherType.SID || len(emulator.Addresses()) != 3):
					t.Errorf("has %q: %s", made.SID(), text)
				}
			})
		})
	}
}

// Whatever the answer to a create or an update holds, the address configuration is in the state, once, as planned, and the next plan is
// empty.
func TestAnswers(t *testing.T) {
	const sid = `"sid": "$sid"`
	answers := map[string]acctest.Answer{
		"unknown fields": acctest.JSON(`{` + sid + `, "new": {"a": [1]}, "auto_creation": {"studio_flow_sid": "` + studioFlowSID + `", "new": 1}}`),
		"nulls": acctest.JSON(`{` + sid + `, "account_sid": null, "type": null, "address": null, "friendly_name": null, "address_country": null, "auto_creation": null,
			"date_created": null, "date_updated": null, "url": null}`),
		"wrong types": acctest.JSON(`{` + sid + `, "friendly_name": [], "address_country": 3, "type": {}, "date_created": 5,
			"auto_creation": {"type": [], "enabled": "perhaps", "studio_retry_count": "many", "webhook_filters": "all"}}`),
		"an auto-creation of a wrong type": acctest.JSON(`{` + sid + `, "auto_creation": "studio"}`),
		"keys of other types":              acctest.JSON(`{` + sid + `, "auto_creation": {"type": "studio", "webhook_url": 7, "webhook_filters": {}, "webhook_method": []}}`),
	}
	acctest.TestAnswers(t, subject, fullStudio, answers)
}
