package acctest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// TestNotDoubled checks that a create whose response is lost in some way gives one resource, which is in the state or named in an error.
func TestNotDoubled(t *testing.T, config Configuration, behavior flexemulator.Behavior, adopted bool) {
	t.Helper()
	for name, fault := range map[string]flexemulator.Fault{
		"reset": {Kind: flexemulator.FaultReset, AfterWork: true}, "503": {Kind: flexemulator.FaultStatus, Status: 503, AfterWork: true},
		"a page": {Kind: flexemulator.FaultStatus, Status: 502, HTML: true, AfterWork: true}, "cut": {Kind: flexemulator.FaultTruncate},
		"reset, and done later": {Kind: flexemulator.FaultReset, WorkAfterMS: 300},
		"502, and done later":   {Kind: flexemulator.FaultStatus, Status: 502, WorkAfterMS: 300},
	} {
		t.Run(name, func(t *testing.T) {
			InVirtualTime(t, func(t *testing.T) { notDoubled(t, config, behavior, adopted, fault) })
		})
	}
}

func notDoubled(t *testing.T, config Configuration, behavior flexemulator.Behavior, adopted bool, fault flexemulator.Fault) {
	emulator := NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
	fault.Method, fault.Nth = http.MethodPost, 1
	emulator.Inject(fault)()
	c := NewCore(NewConfiguredProtocol(t, emulator), config.Type, config.BlockName)
	created, text := c.Change(c.Absent(), config.Values())
	sids := emulator.sids(config.Type)
	if len(sids) != 1 {
		t.Fatalf("there are %v: %s", sids, text)
	}
	named := strings.Contains(text, "terraform import ADDRESS "+sids[0])
	if created.SID() != sids[0] && !named {
		t.Errorf("%s is lost: %s", sids[0], text)
	}
	if wanted := adopted && fault.WorkAfterMS == 0; wanted && created.SID() != sids[0] {
		t.Errorf("it is not adopted: %s", text)
	}
	if created.SID() == "" {
		created, _ = c.Import(sids[0])
	}
	if _, text := c.Destroy(t.Context(), created); strings.Contains(text, "ERROR") {
		t.Error(text)
	}
}
