package conversationsaddress_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// refusals are both ways to take a second configuration of one address.
var refusals = map[string]flexemulator.Behavior{"accepts duplicates": {}, "refuses duplicates": {RefuseDuplicateAddresses: true}}

// impatient is a provider that does not wait long, neither for one response nor before it asks again.
func impatient(t *testing.T, emulator *acctest.Emulator, propagationTime time.Duration) *acctest.Core {
	t.Helper()
	p := acctest.NewProtocol(t, provider.WithPropagationTime(propagationTime), provider.WithRetryWait(10*time.Millisecond))
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

// Every fault on every operation, on the first call and on a later one, under both refusals: each apply succeeds the first time, and the
// state is what the API has.
func TestFaults(t *testing.T) {
	for name, f := range acctest.Faults {
		for way, behavior := range refusals {
			t.Run(name+"/"+way, func(t *testing.T) {
				t.Parallel()
				emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
				const addresses = 2
				// meets runs an operation on each address, the second of which meets the fault, in a run of its own.
				meets := func(method, path string, operate func(c *acctest.Core, i int)) {
					t.Helper()
					c := impatient(t, emulator, acctest.PropagationTime/4)
					fault := f.Fault
					fault.Method, fault.Path, fault.Nth = method, path, addresses
					emulator.Inject(fault)()
					for i := range addresses {
						operate(c, i)
					}
				}
				sound := func(i acctest.Instance, text string) acctest.Instance {
					t.Helper()
					if strings.Contains(text, "ERROR") {
						t.Error(text)
					}
					return i
				}
				state := make([]acctest.Instance, addresses)
				meets(http.MethodPost, path, func(c *acctest.Core, i int) { state[i] = sound(c.Change(c.Absent(), numbered(i, studio))) })
				emulator.ExpectCalls(http.MethodPost, path, addresses-1+f.Creates)
				if looked := len(emulator.CallsTo(http.MethodGet, path)) > 0; looked != f.Looks {
					t.Errorf("looked for the address: %t, expected %t", looked, f.Looks)
				}
				meets(http.MethodGet, one, func(c *acctest.Core, i int) {
					if read := sound(c.Refresh(state[i])); !read.Value.Equal(state[i].Value) {
						t.Errorf("read %v", acctest.Plain(read.Value))
					}
				})
				meets(http.MethodPost, one, func(c *acctest.Core, i int) { state[i] = sound(c.Change(state[i], numbered(i, studio.With(renamed)))) })
				for i, a := range emulator.Addresses() {
					if len(emulator.Addresses()) != addresses || a.SID != state[i].SID() || *a.FriendlyName != "Renamed" {
						t.Errorf("%d: %v, expected %s", i, a, state[i].SID())
					}
				}
				meets(http.MethodDelete, one, func(c *acctest.Core, i int) { sound(c.Destroy(t.Context(), state[i])) })
				if left := emulator.Addresses(); len(left) > 0 {
					t.Errorf("left: %v", left)
				}
			})
		}
	}
}

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
				emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
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
			now := time.Now().Truncate(time.Second)
			began := time.Now()
			// The API's second begins with the test, so that the create that is broken off is made and answered within one.
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseDuplicateAddresses: true, ReadLag: c.lag}, Now: func() time.Time {
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
	}
}

// What was there before is not taken for what a lost create made: neither another's configuration of the address, nor one of another type.
func TestFaults_another(t *testing.T) {
	for way, behavior := range refusals {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
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
	}
}

// The same with the real Terraform: a storm over the whole life of addresses.
func TestAccFaults_storm(t *testing.T) {
	t.Parallel()
	const addresses = 20
	emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseDuplicateAddresses: true}})
	var storm []flexemulator.Fault
	kinds := []string{"503", "reset after the work", "429", "truncated", "reset", "500 after the work"}
	for i, kind := range kinds {
		fault := acctest.Faults[kind].Fault
		fault.Nth, fault.Every = 4*(i+1), 4*len(kinds)
		storm = append(storm, fault)
	}
	many := studio.With(args{"address": `"+150055500${count.index + 10}"`})
	many.Rest = fmt.Sprintf("  count = %d\n", addresses)
	acctest.Run(t, emulator,
		resource.TestStep{PreConfig: emulator.Inject(storm...), Config: many.String(), Check: emulator.InState(typeName, addresses)},
		resource.TestStep{PreConfig: emulator.Inject(storm...), Config: many.With(renamed).String(), Check: emulator.InState(typeName, addresses)},
		resource.TestStep{PreConfig: emulator.Inject(storm...), Config: many.With(renamed).String(), Destroy: true},
	)
}

// Whatever the answer to a create or an update holds, the address configuration is in the state, once, as planned, and the next plan is
// empty.
func TestAnswers(t *testing.T) {
	const sid = `"sid": "$sid"`
	answers := maps.Clone(acctest.OddAnswers)
	maps.Copy(answers, map[string]acctest.Answer{
		"unknown fields": acctest.JSON(`{` + sid + `, "new": {"a": [1]}, "auto_creation": {"studio_flow_sid": "` + studioFlowSID + `", "new": 1}}`),
		"nulls": acctest.JSON(`{` + sid + `, "account_sid": null, "type": null, "address": null, "friendly_name": null, "address_country": null, "auto_creation": null,
			"date_created": null, "date_updated": null, "url": null}`),
		"wrong types": acctest.JSON(`{` + sid + `, "friendly_name": [], "address_country": 3, "type": {}, "date_created": 5,
			"auto_creation": {"type": [], "enabled": "perhaps", "studio_retry_count": "many", "webhook_filters": "all"}}`),
		"an auto-creation of a wrong type": acctest.JSON(`{` + sid + `, "auto_creation": "studio"}`),
		"keys of other types":              acctest.JSON(`{` + sid + `, "auto_creation": {"type": "studio", "webhook_url": 7, "webhook_filters": {}, "webhook_method": []}}`),
	})
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{RefuseDuplicateAddresses: true}})
			c := newCore(acctest.NewConfiguredProtocol(t, emulator))
			odd := emulator.Inject(flexemulator.Fault{Method: http.MethodPost, Kind: flexemulator.FaultBody, Body: answer.Body, ContentType: answer.ContentType, Count: 1})
			state := c.Absent()
			for _, config := range []configuration{fullStudio, fullStudio.With(renamed)} {
				odd()
				var text string
				state, text = c.Change(state, config.Values())
				if strings.Contains(text, "ERROR") || state.SID() != emulator.OnlyAddress().SID {
					t.Fatalf("has %q: %s", state.SID(), text)
				}
				emulator.Inject()()
				read, text := c.Refresh(state)
				if unknown := c.PlanUnknown(read, config.Values()); text != "" || slices.Contains(unknown, "date_updated") {
					t.Errorf("a plan after it has unknown %q: %s", unknown, text)
				}
				if _, changes, text := c.PlanValues(read, config.Values()); changes || text != "" {
					t.Errorf("a plan after it has changes: %t%s", changes, text)
				}
				state = read
			}
		})
	}
}
