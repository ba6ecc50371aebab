package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// What somebody else makes is never adopted: not what was there before, nor what is made while the flow is looked for.
func TestCreate_another(t *testing.T) {
	second := time.Second
	cases := map[string]struct {
		list    int           // before which it is made
		made    time.Duration // its date, from now
		err     string
		creates int
	}{
		"long before":                     {1, -8 * second, "", 2},
		"shortly before":                  {1, -3 * second, "it is not certain whether this create made what was found", 1},
		"later, while it is looked for":   {2, 2 * second, "it is not certain whether this create made what was found", 1},
		"at once, while it is looked for": {2, 0, "it is not certain whether this create made what was found", 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &account{posts: []post{{false, unwell}, {true, nil}}}
			a.onList = func(n int) {
				if n == c.list {
					a.add("Web chat", time.Now().Add(c.made))
				}
			}
			client, _ := scripted(t, twilio.Config{MaxRetries: 2}, a.ServeHTTP)
			untilEarlyInSecond()
			flow, adopted, err := createFlow(t.Context(), client, named("Web chat"))
			if adopted || a.created != c.creates || (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %+v, adopted %t, %d creates, %v", flow, adopted, a.created, err)
			}
		})
	}
}

// untilEarlyInSecond waits until what follows falls into one second.
func untilEarlyInSecond() {
	if now := time.Now(); now.Nanosecond() > int(600*time.Millisecond) {
		time.Sleep(time.Until(now.Truncate(time.Second).Add(time.Second)))
	}
}

// A create that took another's flow for its own, because it was made in the same second, must not lead to that flow's deletion: it
// is what create_before_destroy would do to the flow that is replaced.
func TestCreate_adoptedIsKept(t *testing.T) {
	a := &account{posts: []post{{false, unwell}}}
	client, _ := scripted(t, twilio.Config{}, a.ServeHTTP)
	a.add("Web chat", time.Now())
	flow, adopted, err := createFlow(t.Context(), client, named("Web chat"))
	if flow == nil || !adopted || err != nil {
		t.Fatalf("%+v, %t, %v", flow, adopted, err)
	}
	if err := client.Delete(t.Context(), flow.SID); !errors.Is(err, twilio.ErrAdopted) || a.deletes != 0 {
		t.Errorf("%v, %d deletions", err, a.deletes)
	}
}

// What this client deletes is never adopted, though a list may still show it.
func TestCreate_deletedIsNotAdopted(t *testing.T) {
	a := &account{posts: []post{{false, unwell}, {true, nil}}}
	client, _ := scripted(t, twilio.Config{MaxRetries: 1}, a.ServeHTTP)
	a.add("Web chat", time.Now())
	if err := client.Delete(t.Context(), fmt.Sprintf("FO%032x", 1)); err != nil {
		t.Fatal(err)
	}
	if flow, adopted, err := createFlow(t.Context(), client, named("Web chat")); flow == nil || adopted || err != nil {
		t.Errorf("%+v, %t, %v", flow, adopted, err)
	}
}

// Whoever is interrupted still takes a look, of two lists and a few seconds at most.
func TestCreate_interrupted(t *testing.T) {
	cases := map[string]struct {
		account *account
		adopted bool
		err     string
		lists   int
	}{
		"there":         {&account{posts: []post{{true, reset}}}, true, "", 1},
		"there, later":  {&account{posts: []post{{true, cut}}, lag: 1}, true, "", 2},
		"not there":     {&account{posts: []post{{false, reset}}}, false, "Terraform was interrupted, and it had not shown up by then", 2},
		"can't be seen": {&account{posts: []post{{true, reset}}, listing: invalid}, false, "it was looked for, but that failed too", 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := scripted(t, twilio.Config{MaxRetries: 5}, c.account.ServeHTTP)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			answer := c.account.posts[0].answer
			c.account.posts[0].answer = func(w http.ResponseWriter, r *http.Request) {
				cancel()
				answer(w, r)
			}
			flow, adopted, err := createFlow(ctx, client, named("Web chat"))
			if adopted != c.adopted || (flow != nil) != c.adopted || c.account.lists != c.lists || c.account.created != 1 {
				t.Errorf("got %+v, adopted %t, %d lists, %d creates", flow, adopted, c.account.lists, c.account.created)
			}
			if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %v, expected %q", err, c.err)
			}
		})
	}
}

// An interruption while the flow is looked for leaves time for two more lists.
func TestCreate_interruptedSearch(t *testing.T) {
	a := &account{posts: []post{{false, reset}}}
	client, _ := scripted(t, twilio.Config{}, a.ServeHTTP)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	a.onList = func(n int) {
		if n == 2 {
			cancel()
		}
	}
	_, _, err := createFlow(ctx, client, named("Web chat"))
	if unclear, ok := errors.AsType[*twilio.UnknownOutcomeError](err); !ok || a.lists != 3 || !strings.Contains(unclear.Reason, "interrupted") {
		t.Errorf("got %v after %d lists", err, a.lists)
	}
}

// A 503 that says how long to wait is heeded by a create as well.
func TestCreate_retryAfter(t *testing.T) {
	wait := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "1")
		unwell(w, r)
	}
	a := &account{posts: []post{{false, wait}, {true, nil}}}
	client, _ := scripted(t, twilio.Config{MaxRetries: 1}, a.ServeHTTP)
	start := time.Now()
	flow, _, err := createFlow(t.Context(), client, named("Web chat"))
	if took := time.Since(start); flow == nil || err != nil || took < time.Second || took > 5*time.Second {
		t.Errorf("%+v, %v after %s", flow, err, took)
	}
	a = &account{posts: []post{{false, wait}}}
	client, _ = scripted(t, twilio.Config{MaxRetries: 1}, a.ServeHTTP)
	creation := named("Web chat")
	creation.Timeout = 300 * time.Millisecond
	if _, _, err := createFlow(t.Context(), client, creation); a.created != 1 || err == nil {
		t.Errorf("%d creates, %v", a.created, err)
	}
}

// Creates that are alike run side by side, and however many responses are lost, each has a flow of its own in the end.
func TestCreate_alike(t *testing.T) {
	for name, lost := range map[string][]post{
		"none lost":                     {{true, nil}},
		"every fourth, after the work":  {{true, nil}, {true, nil}, {true, nil}, {true, reset}},
		"every fourth, before the work": {{true, nil}, {true, nil}, {true, nil}, {false, unwell}},
		"every other, either way":       {{true, nil}, {true, reset}, {true, nil}, {false, reset}},
		"all, cut":                      {{true, cut}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const creates = 20
			a := &account{}
			for len(a.posts) < 10*creates {
				a.posts = append(a.posts, lost...)
			}
			client, _ := scripted(t, twilio.Config{MaxRetries: 20}, a.ServeHTTP)
			var wg sync.WaitGroup
			var mu sync.Mutex
			sids := map[string]bool{}
			for range creates {
				wg.Go(func() {
					flow, _, err := createFlow(t.Context(), client, named("Web chat"))
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					defer mu.Unlock()
					if sids[flow.SID] {
						t.Errorf("%s was given twice", flow.SID)
					}
					sids[flow.SID] = true
				})
			}
			wg.Wait()
			if len(sids) != creates || len(a.flows) != creates {
				t.Errorf("%d SIDs of %d flows", len(sids), len(a.flows))
			}
		})
	}
}

// Creates that are alike are under way at the same time: each waits for the others' calls here.
func TestCreate_alikeSideBySide(t *testing.T) {
	const creates = 10
	var together sync.WaitGroup
	together.Add(creates)
	a := &account{posts: []post{{true, nil}}}
	client, _ := scripted(t, twilio.Config{}, func(w http.ResponseWriter, r *http.Request) {
		together.Done()
		together.Wait()
		a.ServeHTTP(w, r)
	})
	var wg sync.WaitGroup
	for range creates {
		wg.Go(func() {
			if _, _, err := createFlow(t.Context(), client, named("Web chat")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if a.lists != 0 {
		t.Errorf("%d lists", a.lists)
	}
}
