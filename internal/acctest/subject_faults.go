package acctest

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// TestFaults checks each fault in each operation, on the first call and on a later one: each operation succeeds, and the state is
// what the API has.
func TestFaults(t *testing.T, s Subject, behaviors map[string]flexemulator.Behavior) {
	t.Helper()
	for name, f := range Faults {
		for way, behavior := range behaviors {
			for position, nth := range map[string]int{"first": 1, "later": 3} {
				t.Run(name+"/"+way+"/"+position, func(t *testing.T) {
					t.Parallel()
					InVirtualTime(t, func(t *testing.T) {
						emulator := NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
						r := &faultRun{t: t, s: s, emulator: emulator, nth: nth, states: make([]Instance, 3)}
						r.run(f.Fault, f.Creates, f.Looks)
					})
				})
			}
		}
	}
}

// A faultRun is the life of a few resources, of which one call in each operation meets a fault.
type faultRun struct {
	t        *testing.T
	s        Subject
	emulator *Emulator
	nth      int
	states   []Instance
}

func (r *faultRun) run(fault flexemulator.Fault, creates int, looks bool) {
	one := r.s.List + "/*"
	r.each(fault, http.MethodPost, r.s.List, func(c *Core, i int) (Instance, string) { return c.Change(c.Absent(), r.s.Numbered(i).Values()) })
	r.emulator.ExpectCalls(http.MethodPost, r.s.List, len(r.states)-1+creates)
	if looked := slices.ContainsFunc(r.emulator.Calls(http.MethodGet), func(c flexemulator.Request) bool {
		return strings.HasPrefix(c.Path, r.s.List)
	}); looked != looks {
		r.t.Errorf("looked for the resource: %t, expected %t", looked, looks)
	}
	created := slices.Clone(r.states)
	r.each(fault, http.MethodGet, one, func(c *Core, i int) (Instance, string) { return c.Refresh(r.states[i]) })
	for i, read := range r.states {
		if !read.Value.Equal(created[i].Value) {
			r.t.Errorf("read %v", Plain(read.Value))
		}
	}
	r.each(fault, http.MethodPost, one, func(c *Core, i int) (Instance, string) {
		return c.Change(r.states[i], r.s.Numbered(i).With(r.s.Renamed).Values())
	})
	r.expectInStep()
	r.each(fault, http.MethodDelete, one, func(c *Core, i int) (Instance, string) { return c.Destroy(r.t.Context(), r.states[i]) })
	if left := r.emulator.sids(r.s.Type); len(left) > 0 {
		r.t.Errorf("left: %v", left)
	}
}

// each runs an operation on each resource, by a provider of its own, one of whose calls meets the fault.
func (r *faultRun) each(fault flexemulator.Fault, method, path string, operate func(c *Core, i int) (Instance, string)) {
	c := r.s.Core(r.t, r.emulator)
	fault.Method, fault.Path, fault.Nth = method, path, r.nth
	r.emulator.Inject(fault)()
	for i := range r.states {
		var text string
		if r.states[i], text = operate(c, i); strings.Contains(text, "ERROR") {
			r.t.Error(text)
		}
	}
}

// expectInStep checks that the states are those of all resources that there are, and hold the new name.
func (r *faultRun) expectInStep() {
	var sids []string
	c := r.s.Core(r.t, r.emulator)
	r.emulator.Inject()()
	for i, state := range r.states {
		sids = append(sids, state.SID())
		read, _ := c.Refresh(state)
		if _, changes, text := c.PlanValues(read, r.s.Numbered(i).With(r.s.Renamed).Values()); changes || text != "" {
			r.t.Errorf("a plan has changes: %s", text)
		}
	}
	if api := r.emulator.sids(r.s.Type); !slices.Equal(slices.Sorted(slices.Values(sids)), slices.Sorted(slices.Values(api))) {
		r.t.Errorf("the state holds %v, the API %v", sids, api)
	}
}

// TestStorm checks that the whole life of many resources at once succeeds though one call in four fails, in rotating ways.
func TestStorm(t *testing.T, s Subject, behavior flexemulator.Behavior) {
	t.Helper()
	InVirtualTime(t, func(t *testing.T) {
		emulator := NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior})
		var storm []flexemulator.Fault
		kinds := []string{
			"503", "reset after the work", "429", "truncated", "502 with HTML", "hang after the work", "reset", "500 after the " +
				"work", "429 with Retry-After",
		}
		for i, kind := range kinds {
			fault := Faults[kind].Fault
			fault.Nth, fault.Every = 4*(i+1), 4*len(kinds)
			storm = append(storm, fault)
		}
		states := make([]Instance, 60)
		for _, changes := range []Args{{}, s.Renamed} {
			emulator.Inject(storm...)()
			AtOnce(t, s.Core(t, emulator), states, func(c *Core, i int) (Instance, string) {
				return c.Change(c.startFrom(states[i]), s.Numbered(i).With(changes).Values())
			})
			if calls := len(emulator.Calls()); calls < len(states) {
				t.Errorf("only %d calls were made", calls)
			}
			expectEach(t, emulator, s.Type, states)
		}
		emulator.Inject(storm...)()
		AtOnce(t, s.Core(t, emulator), states, func(c *Core, i int) (Instance, string) { return c.Destroy(t.Context(), states[i]) })
		expectEach(t, emulator, s.Type, nil)
	})
}

// startFrom is a state, or that of a resource that does not exist.
func (c *Core) startFrom(state Instance) Instance {
	if state.Value.Type() == nil {
		return c.Absent()
	}
	return state
}

// AtOnce runs an operation on each state, ten at a time as Terraform does, and stores what comes of it. None may fail.
func AtOnce(t *testing.T, c *Core, states []Instance, operate func(c *Core, i int) (Instance, string)) {
	t.Helper()
	var wait sync.WaitGroup
	limit := make(chan struct{}, 10)
	for i := range states {
		wait.Go(func() {
			limit <- struct{}{}
			after, text := operate(c, i)
			<-limit
			if strings.Contains(text, "ERROR") {
				t.Errorf("%d: %s", i, text)
			}
			states[i] = after
		})
	}
	wait.Wait()
}

// expectEach checks that the states are those of all resources that there are, each once.
func expectEach(t *testing.T, emulator *Emulator, typeName string, states []Instance) {
	t.Helper()
	held := map[string]bool{}
	for _, state := range states {
		held[state.SID()] = true
	}
	api := emulator.sids(typeName)
	if len(held) != len(states) || !slices.Equal(slices.Sorted(maps.Keys(held)), slices.Sorted(slices.Values(api))) {
		t.Errorf("%d states hold %d resources, the API has %d", len(states), len(held), len(api))
	}
}

// ExpectEach is expectEach for tests of one type.
func (s Subject) ExpectEach(t *testing.T, emulator *Emulator, states []Instance) {
	t.Helper()
	expectEach(t, emulator, s.Type, states)
}
