package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An account is an API for creates whose answers get lost: it makes a flow of each POST that made says, and lists them.
type account struct {
	mu sync.Mutex
	// posts are what comes of each create, in turn; the last one of all further ones.
	posts []post
	// listing replaces the list.
	listing http.HandlerFunc
	// lag is how many lists do not show anything yet.
	lag int
	// skew is how far the account's clock is ahead; undated leaves dates out.
	skew    time.Duration
	undated bool
	// twin adds an older flow without a date.
	twin bool
	// timeless leaves the date of responses out.
	timeless bool
	// onList happens before the n-th list is answered, counted from 1.
	onList func(n int)

	flows                   []string // JSON
	created, lists, deletes int
}

type post struct {
	makes  bool
	answer http.HandlerFunc
}

func (a *account) add(name string, made time.Time) string {
	sid := fmt.Sprintf("FO%032x", len(a.flows)+1)
	date := fmt.Sprintf("%q", made.Add(a.skew).UTC().Format(time.RFC3339))
	if a.undated {
		date = "null"
	}
	flow := fmt.Sprintf(`{"sid": %q, "friendly_name": %q, "date_created": %s}`, sid, name, date)
	a.flows = append(a.flows, flow)
	return flow
}

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w.Header().Set("Date", time.Now().Add(a.skew).UTC().Format(http.TimeFormat))
	if a.timeless {
		w.Header()["Date"] = nil
	}
	if r.Method == http.MethodDelete {
		a.deletes++
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if r.Method == http.MethodPost {
		a.created++
		p := a.posts[min(a.created, len(a.posts))-1]
		flow := ""
		if p.makes {
			flow = a.add(r.PostFormValue("FriendlyName"), time.Now())
		}
		if p.answer == nil {
			p.answer = answer(201, "application/json", flow)
		}
		p.answer(w, r)
		return
	}
	if !r.URL.Query().Has("Page") {
		a.lists++
		if a.onList != nil {
			a.onList(a.lists)
		}
	}
	if a.listing != nil {
		a.listing(w, r)
		return
	}
	shown := a.flows
	if a.lists <= a.lag {
		shown = nil
	}
	// A page for each flow, so that paging counts.
	page := 0
	_, _ = fmt.Sscan(r.URL.Query().Get("Page"), &page)
	next := "null"
	if page+1 < len(shown) {
		next = fmt.Sprintf(`"https://elsewhere.example.com/v1/FlexFlows?%s"`, url.Values{"Page": {fmt.Sprint(page + 1)}, "PageToken": {"PT" + fmt.Sprint(page+1)}}.Encode())
	}
	if page > 0 && r.URL.Query().Get("PageToken") != "PT"+fmt.Sprint(page) {
		invalid(w, r)
		return
	}
	if page < len(shown) {
		shown = shown[page : page+1]
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprintf(w, `{"flex_flows": [%s], "meta": {"next_page_url": %s}}`, strings.Join(shown, ","), next)
}

// named is a creation of a flow with a name.
func named(name string) twilio.Creation {
	return twilio.Creation{
		Params:  url.Values{"FriendlyName": {name}},
		Matches: func(f *twilio.Object) bool { return nameOf(f) == name },
	}
}

func TestCreateOutcomes(t *testing.T) {
	type result struct {
		flow, adopted bool
		err           string
		posts         int
		lists         [2]int // least and most
	}
	none, many := [2]int{0, 0}, [2]int{2, 50}
	conflict := answer(409, "application/json", `{"code": 20409}`)
	cases := map[string]struct {
		account *account
		want    result
	}{
		"answered":                   {&account{posts: []post{{true, nil}}}, result{flow: true, posts: 1, lists: none}},
		"refused":                    {&account{posts: []post{{false, invalid}}}, result{err: "400 Bad Request", posts: 1, lists: none}},
		"throttled":                  {&account{posts: []post{{false, throttling}, {true, nil}}}, result{flow: true, posts: 2, lists: none}},
		"done, 5xx":                  {&account{posts: []post{{true, unwell}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, reset":                {&account{posts: []post{{true, reset}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, cut":                  {&account{posts: []post{{true, cut}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, not JSON":             {&account{posts: []post{{true, notJSON}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, no SID":               {&account{posts: []post{{true, answer(201, "application/json", "{}")}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, cut, seen later":      {&account{posts: []post{{true, cut}}, lag: 3}, result{flow: true, adopted: true, posts: 1, lists: [2]int{4, 4}}},
		"done, too late, seen later": {&account{posts: []post{{true, hang}}, lag: 3}, result{flow: true, adopted: true, posts: 1, lists: [2]int{4, 4}}},
		"done, 504, seen later":      {&account{posts: []post{{true, answer(504, "text/html", "<html>")}}, lag: 3}, result{flow: true, adopted: true, posts: 1, lists: [2]int{4, 4}}},
		// Nobody can tell it from one that somebody else made right after the attempt.
		"done, reset, seen later": {
			&account{posts: []post{{true, reset}}, lag: 3}, result{err: "it can't be told whether it was made by this create", posts: 1, lists: [2]int{4, 4}},
		},
		"done, clock ahead":   {&account{posts: []post{{true, reset}}, skew: time.Hour}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, clock behind":  {&account{posts: []post{{true, reset}}, skew: -time.Hour}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"not done, reset":     {&account{posts: []post{{false, reset}, {true, nil}}}, result{flow: true, posts: 2, lists: many}},
		"not done, 5xx":       {&account{posts: []post{{false, unwell}, {true, nil}}}, result{flow: true, posts: 2, lists: many}},
		"not done, then lost": {&account{posts: []post{{false, unwell}, {true, reset}}}, result{flow: true, adopted: true, posts: 2, lists: many}},
		"never done": {
			&account{posts: []post{{false, unwell}}},
			result{err: "503 Service Unavailable: \"<html>\" (request RQ1); the Flex Flow was looked for", posts: 3, lists: many},
		},
		"done, never seen, then in the way": {
			&account{posts: []post{{true, reset}, {false, conflict}}, lag: 1000}, result{err: "409 Conflict", posts: 2, lists: many},
		},
		"said done, never seen": {
			&account{posts: []post{{true, cut}}, lag: 1000}, result{err: "Twilio said that it was created, but it does not show up", posts: 1, lists: many},
		},
		"undated": {
			&account{posts: []post{{true, reset}}, undated: true}, result{err: "it can't be told whether it was made by this create", posts: 1, lists: [2]int{1, 1}},
		},
		"undated twin": {
			&account{posts: []post{{true, reset}}, twin: true}, result{err: "several Flex Flows could be it", posts: 1, lists: [2]int{1, 1}},
		},
		"responses without a date": {
			&account{posts: []post{{false, reset}}, timeless: true}, result{err: "it can't be told whether it was made by this create", posts: 1, lists: [2]int{1, 1}},
		},
		"list refused": {
			&account{posts: []post{{true, reset}}, listing: invalid}, result{err: "it was looked for, but that failed too", posts: 1, lists: [2]int{1, 1}},
		},
		"list unreadable": {
			&account{posts: []post{{true, reset}}, listing: answer(200, "application/json", `{"flex_flows": 7}`)},
			result{err: "its answer is not a list", posts: 1, lists: [2]int{1, 1}},
		},
		"list without end": {
			&account{posts: []post{{true, reset}}, listing: answer(200, "application/json", `{"flex_flows": [], "meta": {"next_page_url": "https://x.test/?Page="}}`)},
			result{err: "names no other page", posts: 1, lists: [2]int{1, 1}},
		},
		"list with a malformed address": {
			&account{posts: []post{{true, reset}}, listing: answer(200, "application/json", `{"flex_flows": [], "meta": {"next_page_url": "https://x y/%"}}`)},
			result{err: "the address of the next page can't be read", posts: 1, lists: [2]int{1, 1}},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := c.account
			a.add("Web chat", time.Now().Add(-time.Minute)) // made earlier, and the same
			a.add("Other", time.Now())                      // made now, and another
			if a.twin {
				a.undated = true
				a.add("Web chat", time.Time{})
				a.undated = false
			}
			client, _ := scripted(t, twilio.Config{MaxRetries: 2, RequestTimeout: 200 * time.Millisecond}, a.ServeHTTP)
			flow, adopted, err := client.Create(t.Context(), named("Web chat"))
			got := result{flow: flow != nil, adopted: adopted, posts: a.created}
			if got.flow != c.want.flow || got.adopted != c.want.adopted || got.posts != c.want.posts ||
				a.lists < c.want.lists[0] || a.lists > c.want.lists[1] {
				t.Errorf("got %+v and %d lists, expected %+v", got, a.lists, c.want)
			}
			if (err != nil) != (c.want.err != "") || err != nil && !strings.Contains(err.Error(), c.want.err) {
				t.Errorf("got %v, expected %q", err, c.want.err)
			}
			if flow != nil && !strings.Contains(a.flows[len(a.flows)-1], flow.SID) {
				t.Errorf("got %s of %v", flow.SID, a.flows)
			}
		})
	}
}

// Several flows that could be it are named, and none is taken.
func TestCreate_ambiguous(t *testing.T) {
	a := &account{posts: []post{{true, reset}}}
	a.onList = func(int) { a.add("Web chat", time.Now()) }
	client, _ := scripted(t, twilio.Config{}, a.ServeHTTP)
	flow, _, err := client.Create(t.Context(), named("Web chat"))
	var unclear *twilio.UnknownOutcomeError
	if flow != nil || !errors.As(err, &unclear) || len(unclear.Candidates) != 2 {
		t.Errorf("%+v, %v", flow, err)
	}
	if _, ok := errors.AsType[*twilio.RequestError](err); !ok {
		t.Errorf("the error hides what the create met: %v", err)
	}
}

// A server that can't be reached has done nothing: it is tried again, and nothing is looked for.
func TestCreate_neverSent(t *testing.T) {
	client, err := newClient(twilio.Config{BaseURL: "http://127.0.0.1:1", Username: username, Password: password, MaxRetries: 2})
	if err != nil {
		t.Fatal(err)
	}
	client.SetWait(time.Millisecond)
	_, _, err = client.Create(t.Context(), named("Web chat"))
	var failed *twilio.RequestError
	if !errors.As(err, &failed) || failed.Sent || failed.Tries.Attempts != 3 || failed.Method != http.MethodPost {
		t.Errorf("got %v", err)
	}
}

// When the operation's time is up with a response outstanding, the flow is still looked for.
func TestCreate_outOfTime(t *testing.T) {
	a := &account{posts: []post{{true, hang}}, lag: 2}
	client, _ := scripted(t, twilio.Config{}, a.ServeHTTP)
	creation := named("Web chat")
	creation.Timeout = 100 * time.Millisecond
	flow, adopted, err := client.Create(t.Context(), creation)
	if flow == nil || !adopted || err != nil {
		t.Errorf("%+v, %t, %v", flow, adopted, err)
	}
}

// What somebody else makes is never adopted: not what was there before, nor what is made while the flow is looked for.
func TestCreate_another(t *testing.T) {
	second := time.Second
	cases := map[string]struct {
		list    int           // before which it is made
		made    time.Duration // its date, from now
		err     string
		creates int
	}{
		"before":                          {1, -3 * second, "", 2},
		"later, while it is looked for":   {2, 2 * second, "", 2},
		"at once, while it is looked for": {2, 0, "it can't be told whether it was made by this create", 1},
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
			flow, adopted, err := client.Create(t.Context(), named("Web chat"))
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
	flow, adopted, err := client.Create(t.Context(), named("Web chat"))
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
	if flow, adopted, err := client.Create(t.Context(), named("Web chat")); flow == nil || adopted || err != nil {
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
			flow, adopted, err := client.Create(ctx, named("Web chat"))
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
	_, _, err := client.Create(ctx, named("Web chat"))
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
	flow, _, err := client.Create(t.Context(), named("Web chat"))
	if took := time.Since(start); flow == nil || err != nil || took < time.Second || took > 5*time.Second {
		t.Errorf("%+v, %v after %s", flow, err, took)
	}
	a = &account{posts: []post{{false, wait}}}
	client, _ = scripted(t, twilio.Config{MaxRetries: 1}, a.ServeHTTP)
	creation := named("Web chat")
	creation.Timeout = 300 * time.Millisecond
	if _, _, err := client.Create(t.Context(), creation); a.created != 1 || err == nil {
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
					flow, _, err := client.Create(t.Context(), named("Web chat"))
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
			if _, _, err := client.Create(t.Context(), named("Web chat")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if a.lists != 0 {
		t.Errorf("%d lists", a.lists)
	}
}
