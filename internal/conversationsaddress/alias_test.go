package conversationsaddress_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// estate returns an emulator with many address configurations, of which one has the address.
func estate(t *testing.T, behavior flexemulator.Behavior, addressType, address string) (*acctest.Emulator, string) {
	t.Helper()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior, Load: flexemulator.Load{Unchecked: true}})
	for i := range 200 {
		emulator.AddAddress(flexemulator.Address{Type: "chat", Address: fmt.Sprintf("chat-%d", i)})
	}
	return emulator, emulator.AddAddress(flexemulator.Address{Type: addressType, Address: address}).SID
}

// An address is found by one request where the API takes it in the path, and by the list otherwise.
func TestAlias(t *testing.T) {
	addresses := map[string]string{"whatsapp": "whatsapp:+15005550006", "sms": "+15005550006", "email": "support@example.com", "chat": "the site?"}
	ways := map[string]struct {
		behavior flexemulator.Behavior
		fault    flexemulator.Fault
		calls    int
	}{
		"in the path":  {calls: 1},
		"in no path":   {behavior: flexemulator.Behavior{SIDPaths: true}, calls: 6},
		"refused":      {fault: flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 400, Path: one}, calls: 6},
		"unavailable":  {fault: flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 503, Path: one}, calls: 6},
		"another body": {fault: flexemulator.Fault{Kind: flexemulator.FaultBody, Body: `{}`, Path: one}, calls: 6},
	}
	for addressType, address := range addresses {
		for way, c := range ways {
			t.Run(addressType+"/"+way, func(t *testing.T) {
				emulator, expected := estate(t, c.behavior, addressType, address)
				if c.fault.Kind != "" {
					emulator.Inject(c.fault)()
				}
				expectOne := func(found, said string) {
					t.Helper()
					if found != expected || said != "" {
						t.Errorf("found %q: %s", found, said)
					}
					if calls := len(emulator.Calls(http.MethodGet)); calls > c.calls {
						t.Errorf("%d requests, expected %d at the most", calls, c.calls)
					}
					emulator.ResetRequests()
				}
				p := acctest.NewConfiguredProtocol(t, emulator)
				found, said := p.ReadData(typeName, map[string]any{"address": address})
				expectOne(fmt.Sprint(found["sid"]), said)
				found, said = p.ReadData(typeName, map[string]any{"address": address, "type": addressType})
				expectOne(fmt.Sprint(found["sid"]), said)
				expectOne(importID(t, p, address))
			})
		}
	}
}

// What the path names decides only where it is what was asked for.
func TestAlias_another(t *testing.T) {
	emulator, sms := estate(t, flexemulator.Behavior{}, "sms", "+15005550006")
	rcs := emulator.AddAddress(flexemulator.Address{Type: "rcs", Address: "+15005550006"}).SID
	p := acctest.NewConfiguredProtocol(t, emulator)
	for addressType, expected := range map[string]string{"sms": sms, "rcs": rcs} {
		found, said := p.ReadData(typeName, map[string]any{"address": "+15005550006", "type": addressType})
		if fmt.Sprint(found["sid"]) != expected || said != "" {
			t.Errorf("%s: found %s: %s", addressType, found["sid"], said)
		}
	}
	emulator.RemoveAddress(rcs)
	if _, said := p.ReadData(typeName, map[string]any{"address": "+15005550006", "type": "rcs"}); !strings.Contains(said, "address configuration not found") &&
		!strings.Contains(said, "Address configuration not found") {
		t.Error(said)
	}
}

// A create whose response was lost is found by the path, in an account of many.
func TestAlias_lostCreate(t *testing.T) {
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator, _ := estate(t, flexemulator.Behavior{}, "sms", "+15005550009")
		time.Sleep(time.Hour)
		emulator.Inject(flexemulator.Fault{Method: http.MethodPost, Kind: flexemulator.FaultReset, AfterWork: true, Nth: 1})()
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		created, said := c.Change(c.Absent(), bare.With(args{"type": `"email"`, "address": `"support@example.com"`}).Values())
		if !strings.Contains(said, "was adopted") || created.SID() == "" {
			t.Error(said)
		}
		if posts, lists := len(emulator.CallsTo(http.MethodPost, path)), len(emulator.CallsTo(http.MethodGet, path)); posts != 1 || lists != 0 {
			t.Errorf("%d creates, %d pages of lists", posts, lists)
		}
	})
}

// A path that hangs takes no time from what has to be found otherwise.
func TestAlias_hangs(t *testing.T) {
	hangs := flexemulator.Fault{Method: http.MethodGet, Path: one, Kind: flexemulator.FaultHang}
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator, expected := estate(t, flexemulator.Behavior{}, "sms", "+15005550006")
		emulator.Inject(hangs)()
		began := time.Now()
		found, said := acctest.NewConfiguredProtocol(t, emulator).ReadData(typeName, map[string]any{"address": "+15005550006"})
		if waited := time.Since(began); fmt.Sprint(found["sid"]) != expected || waited > 3*time.Second {
			t.Errorf("found %v after %s: %s", found["sid"], waited, said)
		}
	})
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator, _ := estate(t, flexemulator.Behavior{}, "sms", "+15005550009")
		time.Sleep(time.Hour)
		emulator.Inject(flexemulator.Fault{Method: http.MethodPost, Kind: flexemulator.FaultReset, AfterWork: true, Nth: 1}, hangs)()
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		config := c.Configured(bare.With(args{"address": `"+15005550006"`}).Values())
		plan, _, _ := c.Plan(c.Absent(), config)
		ctx, interrupt := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, interrupt)
		created, said := c.Apply(ctx, c.Absent(), config, plan)
		if created.Value.IsNull() || created.SID() == "" {
			t.Errorf("an interrupted create lost its resource: %s", said)
		}
	})
}
