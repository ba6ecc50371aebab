package twilio_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
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
		Params: url.Values{"FriendlyName": {name}},
		Compare: func(f *twilio.Object) compare.Outcome {
			if nameOf(f) == "" {
				return compare.Unclear
			}
			return compare.Strings(name, nameOf(f), compare.Text)
		},
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
		"answered":                     {&account{posts: []post{{true, nil}}}, result{flow: true, posts: 1, lists: none}},
		"refused":                      {&account{posts: []post{{false, invalid}}}, result{err: "400 Bad Request", posts: 1, lists: none}},
		"throttled":                    {&account{posts: []post{{false, throttling}, {true, nil}}}, result{flow: true, posts: 2, lists: none}},
		"done, 5xx":                    {&account{posts: []post{{true, unwell}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, reset":                  {&account{posts: []post{{true, reset}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, cut":                    {&account{posts: []post{{true, cut}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, not JSON":               {&account{posts: []post{{true, notJSON}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, no SID":                 {&account{posts: []post{{true, answer(201, "application/json", "{}")}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, cut, seen later":        {&account{posts: []post{{true, cut}}, lag: 3}, result{flow: true, adopted: true, posts: 1, lists: [2]int{4, 4}}},
		"done, too late, seen at once": {&account{posts: []post{{true, hang}}}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, 504, seen later": {
			&account{posts: []post{{true, answer(504, "text/html", "<html>")}}, lag: 3},
			result{err: "it is not certain whether this create made what was found", posts: 1, lists: many},
		},
		// Nobody can tell it from one that somebody else made right after the attempt.
		"done, reset, seen later": {
			&account{posts: []post{{true, reset}}, lag: 3}, result{err: "it is not certain whether this create made what was found", posts: 1, lists: many},
		},
		"done, clock ahead":   {&account{posts: []post{{true, reset}}, skew: time.Hour}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"done, clock behind":  {&account{posts: []post{{true, reset}}, skew: -time.Hour}, result{flow: true, adopted: true, posts: 1, lists: [2]int{1, 1}}},
		"not done, reset":     {&account{posts: []post{{false, reset}, {true, nil}}}, result{flow: true, posts: 2, lists: many}},
		"not done, 5xx":       {&account{posts: []post{{false, unwell}, {true, nil}}}, result{flow: true, posts: 2, lists: many}},
		"not done, then lost": {&account{posts: []post{{false, unwell}, {true, reset}}}, result{flow: true, adopted: true, posts: 2, lists: many}},
		"never done": {
			&account{posts: []post{{false, unwell}}},
			result{err: "503 Service Unavailable: \"<html>\" (request RQ1) (tried 3 times in ", posts: 3, lists: many},
		},
		"done, never seen, then in the way": {
			&account{posts: []post{{true, reset}, {false, conflict}}, lag: 1000}, result{err: "409 Conflict", posts: 2, lists: many},
		},
		"said done, never seen": {
			&account{posts: []post{{true, cut}}, lag: 1000}, result{err: "Twilio said that it was created, but it does not show up", posts: 1, lists: many},
		},
		"undated": {
			&account{posts: []post{{true, reset}}, undated: true}, result{err: "it is not certain whether this create made what was found", posts: 1, lists: many},
		},
		"undated twin": {
			&account{posts: []post{{true, reset}}, twin: true}, result{err: "it is not certain whether this create made what was found", posts: 1, lists: many},
		},
		"responses without a date": {
			&account{posts: []post{{false, reset}}, timeless: true}, result{err: "it is not certain whether this create made what was found", posts: 1, lists: many},
		},
		"list refused": {
			&account{posts: []post{{true, reset}}, listing: invalid}, result{err: "it was looked for, but that failed too", posts: 1, lists: [2]int{1, 1}},
		},
		"list unreadable": {
			&account{posts: []post{{true, reset}}, listing: answer(200, "application/json", `{"flex_flows": 7}`)},
			result{err: "its response is not a list", posts: 1, lists: [2]int{1, 1}},
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
			flow, adopted, err := createFlow(t.Context(), client, named("Web chat"))
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

// Several flows that could be it are named, all that show up in time, and none is taken.
func TestCreate_ambiguous(t *testing.T) {
	a := &account{posts: []post{{true, reset}}}
	a.onList = func(n int) {
		if n == 1 {
			a.add("Web chat", time.Now())
		}
	}
	client, _ := scripted(t, twilio.Config{}, a.ServeHTTP)
	flow, _, err := createFlow(t.Context(), client, named("Web chat"))
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
	_, _, err = createFlow(t.Context(), client, named("Web chat"))
	var failed *twilio.RequestError
	_, isUnknown := errors.AsType[*twilio.UnknownOutcomeError](err)
	if !errors.As(err, &failed) || isUnknown || failed.Tries.Attempts != 3 || failed.Method != http.MethodPost {
		t.Errorf("got %v", err)
	}
}

// When the operation's time is up with a response outstanding, the flow is still looked for.
func TestCreate_outOfTime(t *testing.T) {
	a := &account{posts: []post{{true, hang}}}
	client, _ := scripted(t, twilio.Config{}, a.ServeHTTP)
	creation := named("Web chat")
	creation.Timeout = 100 * time.Millisecond
	flow, adopted, err := createFlow(t.Context(), client, creation)
	if flow == nil || !adopted || err != nil {
		t.Errorf("%+v, %t, %v", flow, adopted, err)
	}
}
