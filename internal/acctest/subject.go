package acctest

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A Subject is a resource type with what the tests of every type need to know of it.
type Subject struct {
	// Type is the type's name, Block that of its nested block, and List the path of its list in the API.
	Type, Block, List string
	// Bases are configurations by their kind, "none" for the one without a block, and Changed the same with updates.
	Bases, Changed map[string]Configuration
	// Behaviors are the ways in which the API may act.
	Behaviors map[string]flexemulator.Behavior
	// Numbered is a configuration of which there can be many, and Renamed an update of any configuration.
	Numbered func(i int) Configuration
	Renamed  Args
	// Remove deletes a resource outside Terraform.
	Remove func(emulator *Emulator, sid string)
	// Keeps is what Terraform says when the optional attributes of a kind are removed from the configuration.
	Keeps map[string][]string
	// Silent reports whether responses leave the block out, and OnByDefault whether what was created without a block has one.
	Silent, OnByDefault func(flexemulator.Behavior) bool
}

// Steps runs one resource of the type through steps, without Terraform.
func (s Subject) Steps(t *testing.T, emulator *Emulator, steps ...Step) {
	t.Helper()
	Steps(t, emulator, s.Type, s.Block, steps...)
}

// Core returns a provider that is configured for an emulator, as one command of Terraform has it.
func (s Subject) Core(t testing.TB, emulator *Emulator) *Core {
	t.Helper()
	return NewCore(NewConfiguredProtocol(t, emulator), s.Type, s.Block)
}

// each runs a test in virtual time for each kind under each behavior.
func (s Subject) each(t *testing.T, test func(t *testing.T, kind string, emulator *Emulator, behavior flexemulator.Behavior)) {
	t.Helper()
	for name, behavior := range s.Behaviors {
		for kind := range s.Bases {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				InVirtualTime(t, func(t *testing.T) {
					test(t, kind, NewMemoryEmulator(t, flexemulator.Options{Behavior: behavior}), behavior)
				})
			})
		}
	}
}

// TestLifecycle checks each kind under each behavior: created, changed, changed again and destroyed, each in at most one call.
func TestLifecycle(t *testing.T, s Subject) {
	t.Helper()
	s.each(t, func(t *testing.T, kind string, emulator *Emulator, _ flexemulator.Behavior) {
		config := s.Bases[kind]
		sentOne := func() {
			if posts := emulator.Calls(http.MethodPost); len(posts) != 1 {
				t.Errorf("sent %v", forms(posts))
			}
		}
		s.Steps(t, emulator,
			Step{Config: config.Values(), Plans: plancheck.ResourceActionCreate},
			Step{Before: sentOne, Config: s.Changed[kind].Values(), Plans: plancheck.ResourceActionUpdate},
			Step{Before: sentOne, Config: config.With(s.Renamed).Values(), Says: s.Keeps[kind]}, // what is planned depends on the defaults
		)
		if deletes := emulator.Calls(http.MethodDelete); len(deletes) != 1 {
			t.Errorf("%d deletions", len(deletes))
		}
	})
}

// TestImported checks that an import of each kind under each behavior gives what was created, and nothing to plan.
func TestImported(t *testing.T, s Subject) {
	t.Helper()
	s.each(t, func(t *testing.T, kind string, emulator *Emulator, behavior flexemulator.Behavior) {
		c := s.Core(t, emulator)
		config := s.Changed[kind].Values()
		created := c.Create(config)
		time.Sleep(behavior.ReadLag)
		imported, text := c.Import(created.SID())
		if text != "" {
			t.Fatal(text)
		}
		again, text := c.Refresh(imported)
		if text != "" || !again.Value.Equal(imported.Value) {
			t.Errorf("a second read gives %v after %v: %s", Plain(again.Value), Plain(imported.Value), text)
		}
		block := lookUp(Plain(imported.Value), s.Block)
		switch {
		case kind == "none":
			if (block != nil) != s.OnByDefault(behavior) {
				t.Errorf("imported %v", block)
			}
		case s.Silent(behavior):
			if block != nil {
				t.Errorf("imported %v", block)
			}
		default:
			if unknown := c.PlanUnknown(imported, config); len(unknown) > 0 || !imported.Value.Equal(created.Value) {
				t.Errorf("imported %v\ncreated  %v\nunknown  %v", Plain(imported.Value), Plain(created.Value), unknown)
			}
		}
		if _, text := c.Destroy(t.Context(), created); text != "" {
			t.Error(text)
		}
	})
}

// TestAnswers checks that a resource is in the state, once, whatever the response to its create or update holds, and that the
// next plan is empty.
func TestAnswers(t *testing.T, s Subject, config Configuration, answers map[string]Answer) {
	t.Helper()
	all := maps.Clone(OddAnswers)
	maps.Copy(all, answers)
	for name, answer := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			InVirtualTime(t, func(t *testing.T) {
				emulator := NewMemoryEmulator(t, flexemulator.Options{})
				odd := emulator.Inject(flexemulator.Fault{
					Method: http.MethodPost, Kind: flexemulator.FaultBody, Body: answer.Body, ContentType: answer.ContentType, Count: 1,
				})
				state := s.Core(t, emulator).Absent()
				for _, values := range []map[string]any{config.Values(), config.With(s.Renamed).Values()} {
					odd()
					c := s.Core(t, emulator)
					applied, text := c.Change(state, values)
					if strings.Contains(text, "ERROR") {
						t.Fatal(text)
					}
					if state.Value.IsNull() {
						emulator.ExpectCalls(http.MethodPost, s.List, 1)
					}
					s.ExpectEach(t, emulator, []Instance{applied})
					emulator.Inject()()
					read, text := s.Core(t, emulator).Refresh(applied)
					if _, changes, said := c.PlanValues(read, values); changes || text+said != "" {
						t.Errorf("a plan after it has changes: %t%s%s", changes, text, said)
					}
					state = read
				}
			})
		})
	}
}

// TestSharedReads checks that many resources are read with a few calls, that what changed or is gone among them is seen, and that
// a list that lags
// shows nothing that is not there.
func TestSharedReads(t *testing.T, s Subject, change func(emulator *Emulator, sid string)) {
	t.Helper()
	InVirtualTime(t, func(t *testing.T) {
		emulator := NewMemoryEmulator(t, flexemulator.Options{
			Behavior: flexemulator.Behavior{ListLag: time.Hour}, Load: flexemulator.Load{Latency: 50 * time.Millisecond},
		})
		states := make([]Instance, 40)
		AtOnce(t, s.Core(t, emulator), states, func(c *Core, i int) (Instance, string) { return c.Change(c.Absent(), s.Numbered(i).Values()) })
		time.Sleep(2 * time.Hour)
		few := func(changed func(i int) bool, config func(i int) Configuration) {
			t.Helper()
			emulator.ResetRequests()
			c := s.Core(t, emulator)
			read := RefreshAll(c, states)
			for i := range read {
				if _, changes, _ := c.PlanValues(read[i], config(i).Values()); changes != changed(i) {
					t.Errorf("%d: the plan has changes: %t", i, changes)
				}
			}
			if calls := len(emulator.Calls(http.MethodGet)); calls > len(states)/4 {
				t.Errorf("%d calls", calls)
			}
			states = read
		}
		few(func(int) bool { return false }, s.Numbered)
		change(emulator, states[7].SID())
		s.Remove(emulator, states[8].SID())
		time.Sleep(2 * time.Hour)
		few(func(i int) bool { return i == 7 || i == 8 }, s.Numbered)
		renamed := func(i int) Configuration { return s.Numbered(i).With(s.Renamed) }
		AtOnce(t, s.Core(t, emulator), states, func(c *Core, i int) (Instance, string) { return c.Change(states[i], renamed(i).Values()) })
		// Lists still show the names from before, for an hour.
		c := s.Core(t, emulator)
		for i, read := range RefreshAll(c, states) {
			if _, changes, text := c.PlanValues(read, renamed(i).Values()); changes || text != "" {
				t.Errorf("%d: the plan has changes after a rename: %s", i, text)
			}
		}
		AtOnce(t, s.Core(t, emulator), states, func(c *Core, i int) (Instance, string) { return c.Destroy(t.Context(), states[i]) })
		s.ExpectEach(t, emulator, nil)
	})
}

// TestManyGone checks that a run that finds many resources gone says so once, and that one that finds a few says nothing.
func TestManyGone(t *testing.T, s Subject, says ...string) {
	t.Helper()
	InVirtualTime(t, func(t *testing.T) {
		emulator := NewMemoryEmulator(t, flexemulator.Options{})
		states := make([]Instance, 6)
		AtOnce(t, s.Core(t, emulator), states, func(c *Core, i int) (Instance, string) { return c.Change(c.Absent(), s.Numbered(i).Values()) })
		time.Sleep(time.Hour)
		refresh := func() string {
			var said strings.Builder
			c := s.Core(t, emulator)
			for _, state := range states {
				_, text := c.Refresh(state)
				said.WriteString(text)
			}
			return said.String()
		}
		s.Remove(emulator, states[0].SID())
		s.Remove(emulator, states[1].SID())
		if said := refresh(); said != "" {
			t.Errorf("with two gone: %s", said)
		}
		for _, state := range states[2:] {
			s.Remove(emulator, state.SID())
		}
		said := refresh()
		if strings.Count(said, "WARNING") != 1 {
			t.Errorf("with all gone: %s", said)
		}
		for _, text := range says {
			if !strings.Contains(said, text) {
				t.Errorf("no %q in %s", text, said)
			}
		}
	})
}
