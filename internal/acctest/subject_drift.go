package acctest

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A Drift is a change of a resource outside Terraform.
type Drift struct {
	Config Configuration
	Change func(emulator *Emulator)
	// Plans is what the next plan does, empty for an update, Holds what the state has before the change and after the apply, and Says what
	// is said.
	Plans plancheck.ResourceActionType
	Holds map[string]any
	Says  []string
}

// TestDrift checks that each change is seen by the next plan, and reverted by the next apply, or that it makes no difference.
func TestDrift(t *testing.T, s Subject, drifts map[string]Drift, behaviors map[string]flexemulator.Behavior) {
	t.Helper()
	for name, d := range drifts {
		for way, behavior := range behaviors {
			t.Run(name+"/"+way, func(t *testing.T) {
				t.Parallel()
				InVirtualTime(t, func(t *testing.T) {
					emulator := NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
					after := Step{Before: func() { d.Change(emulator) }, Config: d.Config.Values(), Plans: d.Plans, Holds: d.Holds, Says: d.Says}
					if d.Plans == "" {
						after.Plans = plancheck.ResourceActionUpdate
					}
					if d.Plans == plancheck.ResourceActionNoop {
						after.Unknown = []string{}
					}
					s.Steps(t, emulator, Step{Config: d.Config.Values(), Plans: plancheck.ResourceActionCreate, Holds: d.Holds}, after)
				})
			})
		}
	}
}

// only is the SID of the one resource that the emulator has.
func (s Subject) only(t *testing.T, emulator *Emulator) string {
	t.Helper()
	sids := emulator.sids(s.Type)
	if len(sids) != 1 {
		t.Fatalf("there are %q", sids)
	}
	return sids[0]
}

// TestGone checks what becomes of a resource that somebody else deletes: before a plan, after it, and before a destroy.
func TestGone(t *testing.T, s Subject, says ...string) {
	t.Helper()
	InVirtualTime(t, func(t *testing.T) {
		emulator := NewMemoryEmulator(t, flexemulator.Options{})
		remove := func() { s.Remove(emulator, s.only(t, emulator)) }
		later := func() { remove(); time.Sleep(time.Minute) }
		config := s.Numbered(0)
		s.Steps(t, emulator,
			Step{Config: config.Values(), Plans: plancheck.ResourceActionCreate},
			Step{Before: later, Config: config.Values(), Plans: plancheck.ResourceActionCreate},
			// An update of what goes after the plan says so, and the next plan creates it again.
			Step{
				Before: func() { time.Sleep(time.Minute) }, Config: config.With(s.Renamed).Values(), BeforeApply: remove,
				Plans: plancheck.ResourceActionUpdate, Fails: true, Says: append(says, "404 Not Found"),
			},
			Step{Config: config.With(s.Renamed).Values(), Plans: plancheck.ResourceActionCreate},
			Step{Before: later}, // a destroy of what is gone already
		)
	})
}

// TestGoneNotYet checks that a 404 just after the create, of a write as of a read, does not mean that the resource is gone.
func TestGoneNotYet(t *testing.T, s Subject) {
	t.Helper()
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		t.Run(method, func(t *testing.T) {
			InVirtualTime(t, func(t *testing.T) {
				emulator, config := NewMemoryEmulator(t, flexemulator.Options{}), s.Numbered(0)
				after := Step{Before: emulator.Inject(flexemulator.Fault{
					Method: method, Path: s.List + "/*", Kind: flexemulator.FaultStatus, Status: http.StatusNotFound, Count: 2,
				})}
				if method != http.MethodDelete {
					after.Config, after.Plans = config.With(s.Renamed).Values(), plancheck.ResourceActionUpdate
				}
				s.Steps(t, emulator, Step{Config: config.Values()}, after)
			})
		})
	}
}

// TestGoneNotTwilio checks that a 404 that is not Twilio's own, from something else at the endpoint, is an error: nothing is forgotten. One
// that is Twilio's, while the resource is deleted, is a deletion.
func TestGoneNotTwilio(t *testing.T, s Subject) {
	t.Helper()
	InVirtualTime(t, func(t *testing.T) {
		emulator, config := NewMemoryEmulator(t, flexemulator.Options{}), s.Numbered(0).Values()
		foreign := func(method string) func() {
			return emulator.Inject(flexemulator.Fault{
				Method: method, Kind: flexemulator.FaultStatus, Status: http.StatusNotFound, HTML: true,
			})
		}
		gone := emulator.Inject(flexemulator.Fault{
			Method: http.MethodDelete, Kind: flexemulator.FaultStatus, AfterWork: true, Status: http.StatusNotFound,
		})
		said := []string{"The response is not in the form of Twilio's API"}
		s.Steps(t, emulator,
			Step{Before: foreign(http.MethodPost), Config: config, Fails: true, Says: said},
			Step{Before: emulator.Inject(), Config: config, Plans: plancheck.ResourceActionCreate},
			Step{Before: foreign(http.MethodGet), Config: config, Fails: true, Says: said},
			Step{Before: foreign(http.MethodDelete), Fails: true, Says: said},
			Step{Before: emulator.Inject(), Config: config, Plans: plancheck.ResourceActionNoop},
			Step{Before: gone},
		)
	})
}
