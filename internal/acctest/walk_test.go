package acctest_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"pgregory.net/rapid"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// TestWalk makes changes, drift, faults, lags, rivals and interruptions at random, with Flex Flows and address configurations in one account.
// After each run, everything that a create made is in the state once, or a message named it; nothing of somebody else's is touched; and
// nothing is written that was not planned. After each quiet run, a plan is empty.
//
// A failing walk is made as short as possible, and printed, each action with what was drawn for it. -rapid.checks says how many walks
// there are, and -rapid.steps how long they are. Time is virtual.
func TestWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var failure any
		synctest.Test(t, func(t *testing.T) {
			defer func() { failure = recover() }()
			w := newWalk(t, rt)
			defer w.api.Close()
			rt.Repeat(map[string]func(*rapid.T){
				"configure":    w.configure,
				"quiet run":    w.quietRun,
				"troubled run": w.troubledRun,
				"drift":        w.drift,
				"remove":       w.remove,
				"somebody":     w.somebody,
			})
			w.quietRun(rt)
		})
		if failure != nil {
			t.Logf("%v", failure) // rapid loses it where it can't reproduce what runs side by side
			panic(failure)        // how rapid ends a check
		}
	})
}

// A subject is one resource of the walk.
type subject struct {
	name, typeName, block string
	config                map[string]any // nil for none
	state                 acctest.Instance
	// deposed is what a replacement left, because its deletion failed.
	deposed []acctest.Instance
	// said is what its last run said.
	said string
	// doubtful means that a run of it failed.
	doubtful bool
}

// A walk is an account, a configuration and a state.
type walk struct {
	t        *testing.T
	behavior flexemulator.Behavior
	api      *flexemulator.Server
	subjects []*subject
	// others are somebody else's resources, as they have to stay, by SID.
	others map[string]any

	mu sync.Mutex
	// onCall happens before a call is served; lists counts those since the last create.
	onCall func(r *http.Request)
	lists  int
}

func newWalk(t *testing.T, rt *rapid.T) *walk {
	w := &walk{t: t, behavior: drawBehavior(rt), others: map[string]any{}, onCall: func(*http.Request) {}}
	api, err := flexemulator.New(flexemulator.Options{Behavior: w.behavior, Load: flexemulator.Load{Unchecked: true}})
	if err != nil {
		rt.Fatal(err)
	}
	w.api = api
	for i, name := range []string{"a", "b", "c", "x", "y"} {
		s := &subject{name: name, typeName: "twilio_flex_flow", block: "integration"}
		if i > 2 {
			s.typeName, s.block = "twilio_conversations_address_configuration", "auto_creation"
		}
		w.subjects = append(w.subjects, s)
	}
	return w
}

func (w *walk) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	w.onCall(r)
	w.mu.Unlock()
	w.api.ServeHTTP(rw, r)
}

// provider is a provider for one command of Terraform. Commands are seconds apart, as far as the API's dates tell.
func (w *walk) provider() *acctest.Protocol {
	time.Sleep(7 * time.Second)
	return acctest.NewWalkProtocol(w.t, acctest.NewTransport(w))
}

func (s *subject) core(p *acctest.Protocol) *acctest.Core {
	return acctest.NewCore(p, s.typeName, s.block)
}

// exists returns the state of the subject, absent where it has none.
func (s *subject) held(c *acctest.Core) acctest.Instance {
	if s.state.Value.Type() == nil {
		return c.Absent()
	}
	return s.state
}

// each does something with all subjects side by side, as Terraform does.
func (w *walk) each(do func(*subject)) {
	var wait sync.WaitGroup
	for _, s := range w.subjects {
		wait.Go(func() { do(s) })
	}
	wait.Wait()
}

// A change is what is planned for a subject.
type change struct {
	plan    *tfprotov6.PlanResourceChangeResponse
	changes bool
}

// run is terraform apply: a refresh and a plan in one provider, and in another one the plan once more and the apply. stop interrupts the
// latter at its n-th write, 0 for never.
func (w *walk) run(rt *rapid.T, stop int, createFirst bool) {
	planning := w.provider()
	plans := map[*subject]*change{}
	var mu sync.Mutex
	w.each(func(s *subject) {
		c := s.core(planning)
		var text string
		s.state, text = c.Refresh(s.held(c))
		s.said = text
		planned := &change{}
		if s.config != nil && !strings.Contains(text, "ERROR") {
			planned = w.plan(c, s)
		}
		mu.Lock()
		defer mu.Unlock()
		plans[s] = planned
	})
	applying := w.provider()
	w.interrupt(applying, stop)
	w.each(func(s *subject) {
		if strings.Contains(s.said, "ERROR") {
			return
		}
		s.apply(s.core(applying), plans[s], createFirst)
	})
	for _, s := range w.subjects {
		if strings.Contains(s.said, "core:") {
			rt.Fatalf("%s: %s", s.name, s.said)
		}
	}
}

// plan plans twice, which has to give the same.
func (w *walk) plan(c *acctest.Core, s *subject) *change {
	plan, changes, text := c.PlanValues(s.state, s.config)
	again, _, _ := c.PlanValues(s.state, s.config)
	if (plan == nil) != (again == nil) || plan != nil && !c.Static(plan.PlannedState).Equal(c.Static(again.PlannedState)) {
		text += "ERROR core: two plans in a row differ"
	}
	s.said += text
	return &change{plan, changes}
}

// interrupt stops a provider at its n-th write.
func (w *walk) interrupt(p *acctest.Protocol, stop int) {
	if stop == 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	before, writes := w.onCall, 0
	w.onCall = func(r *http.Request) {
		before(r)
		if r.Method == http.MethodGet {
			return
		}
		if writes++; writes == stop {
			_, _ = p.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{})
		}
	}
}

// apply makes a planned change, and deletes what earlier ones left.
func (s *subject) apply(c *acctest.Core, planned *change, createFirst bool) {
	ctx := context.Background()
	s.deposed = slices.DeleteFunc(s.deposed, func(old acctest.Instance) bool {
		left, text := c.Destroy(ctx, old)
		s.said += text
		return left.Value.IsNull()
	})
	destroy := func(old acctest.Instance) bool {
		left, text := c.Destroy(ctx, old)
		s.said += text
		s.state = left
		return left.Value.IsNull()
	}
	switch old := s.state; {
	case s.config == nil:
		if !old.Value.IsNull() {
			destroy(old)
		}
	case planned.plan == nil || !planned.changes:
	case len(planned.plan.RequiresReplace) == 0:
		s.change(c, old, planned.plan)
	case createFirst:
		s.state = c.Absent()
		if s.create(c); s.state.Value.IsNull() {
			s.state = old
		} else if left, text := c.Destroy(ctx, old); !left.Value.IsNull() {
			s.deposed = append(s.deposed, left)
			s.said += text
		}
	case destroy(old):
		s.create(c)
	}
}

func (s *subject) create(c *acctest.Core) {
	plan, _, text := c.PlanValues(c.Absent(), s.config)
	s.said += text
	if plan != nil {
		s.change(c, c.Absent(), plan)
	}
}

func (s *subject) change(c *acctest.Core, prior acctest.Instance, plan *tfprotov6.PlanResourceChangeResponse) {
	after, text := c.Apply(context.Background(), prior, c.Configured(s.config), plan)
	s.state = after
	s.said += text
}

// quietRun applies without faults, and checks that nothing is left to do.
func (w *walk) quietRun(rt *rapid.T) {
	w.calm()
	time.Sleep(time.Minute) // what an API does after a lost response is over
	w.run(rt, 0, false)
	for _, s := range w.subjects {
		if strings.Contains(s.said, "ERROR") {
			rt.Fatalf("a quiet run of %s: %s", s.name, s.said)
		}
	}
	w.account(rt)
	w.api.ResetRequests()
	p := w.provider()
	w.each(func(s *subject) {
		c := s.core(p)
		read, text := c.Refresh(s.held(c))
		s.said = text
		switch _, changes, said := c.PlanValues(read, s.config); {
		case s.config == nil && !read.Value.IsNull():
			s.said = "ERROR it is still there"
		case s.config == nil:
		case !read.Value.Equal(s.state.Value):
			s.said += fmt.Sprintf("ERROR a refresh after a quiet run gives %s instead of %s", acctest.Plain(read.Value), acctest.Plain(s.state.Value))
		case changes:
			s.said += "ERROR a plan after a quiet run has changes: " + said
		}
	})
	for _, s := range w.subjects {
		if s.said != "" {
			rt.Fatalf("%s: %s", s.name, s.said)
		}
		w.compare(rt, s)
	}
	for _, r := range w.api.Requests() {
		if r.Method != http.MethodGet {
			rt.Fatalf("an empty plan made %s %s", r.Method, r.Path)
		}
	}
}

// troubledRun is a run with faults, perhaps a rival or an interruption.
func (w *walk) troubledRun(rt *rapid.T) {
	faults := drawFaults(rt)
	if err := w.api.SetFaults(faults...); err != nil {
		rt.Fatal(err)
	}
	w.disturb(rt, faults)
	stop := rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3}).Draw(rt, "stop at write")
	w.run(rt, stop, rapid.Bool().Draw(rt, "create first"))
	w.calm()
	time.Sleep(time.Minute)
	for _, s := range w.subjects {
		s.doubtful = s.doubtful || strings.Contains(s.said, "ERROR")
	}
	w.account(rt)
}

func (w *walk) calm() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onCall = func(*http.Request) {}
	_ = w.api.SetFaults()
}

// disturb lets somebody else make a resource that is alike while one is looked for. Not where reads lag or attempts take long: what somebody
// makes during an attempt can't be told apart from what that made.
func (w *walk) disturb(rt *rapid.T, faults []flexemulator.Fault) {
	slow := func(f flexemulator.Fault) bool { return f.Kind == flexemulator.FaultHang || f.WorkAfterMS > 0 }
	if rival := rapid.Bool().Draw(rt, "rival"); !rival || w.behavior.ReadLag > 0 || w.behavior.ClockAhead != 0 || w.behavior.RoundDates || slices.ContainsFunc(faults, slow) {
		return
	}
	// Only in the second list of its own search is it certain that the rival was not there at once. The others' searches are told apart by
	// the name.
	name, alike := w.subjects[0].config["friendly_name"], 0
	for _, s := range w.subjects {
		if s.config["friendly_name"] == name {
			alike++
		}
	}
	if name == nil || alike > 1 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onCall = func(r *http.Request) {
		isList := r.URL.Path == "/v1/FlexFlows"
		switch {
		case r.Method == http.MethodPost && isList:
			w.lists = 0
		case r.Method == http.MethodGet && isList && r.URL.Query().Get("FriendlyName") == name:
			if w.lists++; w.lists == 2 {
				w.rival(w.subjects[0], time.Time{})
			}
		}
	}
}

func copyOf(m map[string]any) map[string]any { return maps.Clone(m) }
