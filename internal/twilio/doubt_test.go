package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// What may be the work of a lost attempt is never created a second time: it is adopted or named.
func TestCreate_doubt(t *testing.T) {
	for name, c := range map[string]struct {
		// made is what the API made of the lost attempt: its name, and its date from now. after is when it appears.
		made    string
		date    time.Duration
		after   time.Duration
		adopted bool
	}{
		"in the attempt":                    {made: "Web chat", adopted: true},
		"with a date that is rounded up":    {made: "Web chat", date: time.Second},
		"by a clock that is behind":         {made: "Web chat", date: -2 * time.Second},
		"by a clock that is ahead":          {made: "Web chat", date: 2 * time.Second},
		"after the connection was closed":   {made: "Web chat", after: 30 * time.Millisecond},
		"under a name that was trimmed":     {made: "Web chat", adopted: true},
		"under a name in another case":      {made: "WEB CHAT"},
		"under a name with other blanks":    {made: "Web  chat"},
		"and its response lacks the name":   {made: ""},
		"under a name that is not the same": {made: "Webchat 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &account{posts: []post{{false, nil}}}
			a.posts[0].answer = func(w http.ResponseWriter, r *http.Request) {
				date := time.Now().Add(c.date)
				if c.after == 0 {
					a.add(c.made, date)
				} else {
					time.AfterFunc(c.after, func() {
						a.mu.Lock()
						defer a.mu.Unlock()
						a.add(c.made, date.Add(c.after))
					})
				}
				reset(w, r)
			}
			client, _ := scripted(t, twilio.Config{MaxRetries: 1}, a.ServeHTTP)
			wanted := named("Web chat ")
			if name == "under a name that is not the same" {
				if _, err := client.Create(t.Context(), wanted); a.created != 2 || err == nil {
					t.Errorf("%d creates, %v", a.created, err)
				}
				return
			}
			created, err := client.Create(t.Context(), wanted)
			unclear, ok := errors.AsType[*twilio.UnknownOutcomeError](err)
			switch {
			case a.created != 1:
				t.Errorf("%d creates", a.created)
			case c.adopted && (created == nil || !created.Adopted):
				t.Errorf("not adopted: %v", err)
			case !c.adopted && (!ok || len(unclear.Candidates) != 1):
				t.Errorf("not named: %v", err)
			}
		})
	}
}

// An API that finishes the work after the time in which a resource shows up has made a twin, which is named.
func TestCreate_twin(t *testing.T) {
	a := &account{}
	a.posts = []post{{false, reset}, {true, nil}}
	a.onList = func(int) {
		if a.created == 2 {
			a.add("Web chat", time.Now())
		}
	}
	client, _ := scripted(t, twilio.Config{MaxRetries: 1}, a.ServeHTTP)
	created, err := client.Create(t.Context(), named("Web chat"))
	if err != nil || created.Adopted || len(created.Twins) != 1 || created.Twins[0].SID == created.SID {
		t.Errorf("%+v, %v", created, err)
	}
}

// A refusal after a lost attempt that never showed up names what is in the way, which that attempt probably made.
func TestCreate_blocksItself(t *testing.T) {
	blocked := answer(409, "application/json", `{"code": 20409, "message": "exists already: `+flowSID+`"}`)
	a := &account{posts: []post{{true, reset}, {false, blocked}}, lag: 1000}
	client, _ := scripted(t, twilio.Config{MaxRetries: 3}, a.ServeHTTP)
	_, err := client.Create(t.Context(), named("Web chat"))
	unclear, ok := errors.AsType[*twilio.UnknownOutcomeError](err)
	if !ok || a.created != 2 || len(unclear.Candidates) != 1 || unclear.Candidates[0].SID != flowSID || strings.Contains(err.Error(), "is not there") {
		t.Errorf("%d creates, %v", a.created, err)
	}
}

// So does a refusal that names nothing, also where the list has an entry without a SID, which tells nothing.
func TestCreate_blocksItselfUnnamed(t *testing.T) {
	posts := 0
	client, _ := scripted(t, twilio.Config{MaxRetries: 3}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet:
			answer(200, "application/json", `{"flex_flows": [{"friendly_name": "Web chat"}]}`)(w, r)
		case posts == 0:
			posts++
			reset(w, r)
		default:
			posts++
			answer(409, "application/json", `{"code": 20409, "message": "exists already"}`)(w, r)
		}
	})
	_, err := client.Create(t.Context(), named("Web chat"))
	if _, ok := errors.AsType[*twilio.UnknownOutcomeError](err); !ok || strings.Contains(err.Error(), "is not there") {
		t.Errorf("%d creates, %v", posts, err)
	}
}

// A resource that is in the way may be about to go: after a deletion of this run for the propagation time, otherwise for a part of it.
func TestBlockedWrites(t *testing.T) {
	const blockedFor, propagation = 600 * time.Millisecond, time.Second
	duplicates := map[string]http.HandlerFunc{
		"409":            answer(409, "application/json", `{"code": 20409}`),
		"400 that tells": answer(400, "application/json", `{"code": 50000, "message": "A configuration for this address already exists"}`),
	}
	for name, duplicate := range duplicates {
		for deletes, want := range map[bool]bool{true: true, false: false} {
			for _, operation := range []string{"create", "update"} {
				t.Run(fmt.Sprint(name, "/", operation, "/after a deletion ", deletes), func(t *testing.T) {
					t.Parallel()
					began := time.Now()
					client, script := scripted(t, twilio.Config{MaxRetries: 1, PropagationTime: propagation}, func(w http.ResponseWriter, r *http.Request) {
						switch {
						case r.Method == http.MethodDelete:
							began = time.Now()
							w.WriteHeader(http.StatusNoContent)
						case time.Since(began) < blockedFor:
							duplicate(w, r)
						default:
							good(w, r)
						}
					})
					if deletes {
						if err := client.Delete(t.Context(), strings.Replace(flowSID, "00", "11", 1)); err != nil {
							t.Fatal(err)
						}
					}
					var err error
					if operation == "create" {
						_, err = create(t.Context(), client, url.Values{"FriendlyName": {"x"}})
					} else {
						_, err = client.Update(t.Context(), flowSID, url.Values{"ContactIdentity": {"x"}})
					}
					if (err == nil) != want || script.count() < 3 {
						t.Errorf("%d calls, %v", script.count(), err)
					}
				})
			}
		}
	}
}

// A rename that was refused did not happen: lists by the old name still show the resource.
func TestUpdate_refusedRename(t *testing.T) {
	client, _ := scripted(t, twilio.Config{PropagationTime: time.Minute}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, flowSID):
			answer(200, "application/json", `{"sid": "`+flowSID+`", "friendly_name": "A"}`)(w, r)
		case r.Method == http.MethodGet:
			answer(200, "application/json", `{"flex_flows": [{"sid": "`+flowSID+`", "friendly_name": "A"}]}`)(w, r)
		default:
			invalid(w, r)
		}
	})
	if _, err := client.Update(t.Context(), flowSID, url.Values{"FriendlyName": {"B"}}); err == nil {
		t.Fatal("the rename was not refused")
	}
	var found []string
	for flow, err := range client.All(t.Context(), "A") {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, flow.SID)
	}
	if !slices.Equal(found, []string{flowSID}) {
		t.Errorf("found %v", found)
	}
}

// A rename of unknown outcome may have happened: lists by either name still show the resource.
func TestUpdate_lostRename(t *testing.T) {
	name := "A"
	client, _ := scripted(t, twilio.Config{PropagationTime: time.Minute}, func(w http.ResponseWriter, r *http.Request) {
		object := func() string { return `{"sid": "` + flowSID + `", "friendly_name": "` + name + `"}` }
		switch {
		case r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, flowSID):
			answer(200, "application/json", object())(w, r)
		case r.Method == http.MethodGet: // a list that lags
			answer(200, "application/json", `{"flex_flows": []}`)(w, r)
		case name == "A":
			name = "B"
			answer(200, "application/json", object())(w, r)
		default:
			name = "C"
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	if _, err := client.Update(t.Context(), flowSID, url.Values{"FriendlyName": {"B"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Update(t.Context(), flowSID, url.Values{"FriendlyName": {"C"}}); err == nil {
		t.Fatal("the second rename did not fail")
	}
	for filter, want := range map[string]int{"A": 0, "B": 0, "C": 1} {
		found := 0
		for _, err := range client.All(t.Context(), filter) {
			if err != nil {
				t.Fatal(err)
			}
			found++
		}
		if found != want {
			t.Errorf("found %d by the name %s", found, filter)
		}
	}
}

// What this client created and deleted is not waited for.
func TestFetchNew_deleted(t *testing.T) {
	client, script := scripted(t, twilio.Config{PropagationTime: time.Minute}, func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodPost:
			answer(201, "application/json", `{"sid": "`+flowSID+`"}`)(w, r)
		case http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		default:
			answer(404, "application/json", `{"code": 20404, "message": "Not found", "status": 404}`)(w, r)
		}
	})
	if _, err := client.Create(t.Context(), twilio.Creation{Params: url.Values{"FriendlyName": {"A"}}}); err != nil {
		t.Fatal(err)
	}
	if err := client.Delete(t.Context(), flowSID); err != nil {
		t.Fatal(err)
	}
	if _, err := client.FetchNew(t.Context(), flowSID); !twilio.IsNotFound(err) || script.count() != 3 {
		t.Errorf("%v after %d calls", err, script.count())
	}
}

// What was deleted costs a list no call, and a page that has a token and no number is followed.
func TestAll_deletedAndTokens(t *testing.T) {
	pages := 0
	client, script := scripted(t, twilio.Config{}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		case r.URL.Query().Get("PageToken") == "PT1":
			pages++
			answer(200, "application/json", `{"flex_flows": []}`)(w, r)
		default:
			pages++
			answer(200, "application/json", `{"flex_flows": [], "meta": {"next_page_url": "https://x.test/v1/FlexFlows?PageToken=PT1"}}`)(w, r)
		}
	})
	if err := client.Delete(t.Context(), flowSID); err != nil {
		t.Fatal(err)
	}
	for _, err := range client.All(t.Context(), "") {
		t.Error(err)
	}
	if pages != 2 || script.count() != 3 {
		t.Errorf("%d pages of %d calls", pages, script.count())
	}
}

// A response of another account than the configured one is an error for reads and lists, and none for writes, whose result must not get lost.
func TestAnotherAccount(t *testing.T) {
	other := "AC" + strings.Repeat("b", 32)
	object := `{"sid": "` + flowSID + `", "account_sid": "` + other + `"}`
	client, _ := scripted(t, twilio.Config{AccountSID: username}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == flows.Path && r.Method == http.MethodGet {
			object := `{"flex_flows": [` + object + `]}`
			answer(200, "application/json", object)(w, r)
			return
		}
		answer(200, "application/json", object)(w, r)
	})
	expect := func(err error) {
		t.Helper()
		if wrong, ok := errors.AsType[*twilio.AccountError](err); !ok || wrong.Configured != username || wrong.Answered != other {
			t.Errorf("got %v", err)
		}
	}
	_, err := client.Fetch(t.Context(), flowSID)
	expect(err)
	for _, err := range client.All(t.Context(), "") {
		expect(err)
	}
	created, err := client.Create(t.Context(), twilio.Creation{Compare: func(*twilio.Object) compare.Outcome { return compare.Different }})
	if err != nil || created == nil {
		t.Fatal(err)
	}
	expect(client.CheckAccount(created.Object))
}

// Only where an interruption kept a call from being repeated does its error say so.
func TestStopped(t *testing.T) {
	for name, c := range map[string]struct {
		answer  http.HandlerFunc
		stopped bool
	}{"refused": {invalid, false}, "unwell": {unwell, true}} {
		ctx, cancel := context.WithCancel(t.Context())
		client, _ := scripted(t, twilio.Config{MaxRetries: 3}, func(w http.ResponseWriter, r *http.Request) {
			cancel()
			c.answer(w, r)
		})
		_, err := client.Update(ctx, flowSID, url.Values{})
		if refused, ok := errors.AsType[*twilio.APIError](err); !ok || (refused.Tries.Stopped != nil) != c.stopped {
			t.Errorf("%s: %v", name, err)
		}
	}
}
