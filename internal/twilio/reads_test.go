package twilio_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An estate is an account with many flows, that counts how it is read.
type estate struct {
	mu sync.Mutex
	// names are what single reads answer, by number; listed what lists show, where that differs.
	names  []string
	listed map[int]string
	// hidden flows are in no list, gone ones nowhere.
	hidden, gone map[int]bool
	latency      time.Duration
	// onList may answer a list's page instead.
	onList      func(page int, w http.ResponseWriter, r *http.Request) bool
	lists, gets int
}

func newEstate(flows int) *estate {
	e := &estate{listed: map[int]string{}, hidden: map[int]bool{}, gone: map[int]bool{}, latency: 5 * time.Millisecond}
	for i := range flows {
		e.names = append(e.names, fmt.Sprint("Flow ", i))
	}
	return e
}

func sidOf(number int) string { return fmt.Sprintf("FO%032x", number) }

func (e *estate) json(number int, name string) string {
	return fmt.Sprintf(`{"sid": %q, "friendly_name": %q}`, sidOf(number), name)
}

func (e *estate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(e.latency)
	e.mu.Lock()
	defer e.mu.Unlock()
	if sid, one := strings.CutPrefix(r.URL.Path, "/v1/FlexFlows/"); one {
		if r.Method == http.MethodGet {
			e.gets++
		}
		number, err := strconv.ParseInt(sid[2:], 16, 64)
		if err != nil || e.gone[int(number)] {
			gone(w, r)
			return
		}
		answer(200, "application/json", e.json(int(number), e.names[number]))(w, r)
		return
	}
	e.lists++
	const size = 1000
	page, _ := strconv.Atoi(r.URL.Query().Get("Page"))
	if e.onList != nil && e.onList(page, w, r) {
		return
	}
	var shown []string
	for i := page * size; i < min((page+1)*size, len(e.names)); i++ {
		name, differs := e.listed[i]
		if !differs {
			name = e.names[i]
		}
		if !e.hidden[i] && !e.gone[i] {
			shown = append(shown, e.json(i, name))
		}
	}
	next := "null"
	if (page+1)*size < len(e.names) {
		next = fmt.Sprintf(`"https://flex-api.twilio.com/v1/FlexFlows?Page=%d&PageToken=PT"`, page+1)
	}
	answer(200, "application/json", fmt.Sprintf(`{"flex_flows": [%s], "meta": {"next_page_url": %s}}`, strings.Join(shown, ","), next))(w, r)
}

func (e *estate) client(t *testing.T) *twilio.Client {
	t.Helper()
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	client, err := twilio.New(twilio.Config{BaseURL: server.URL, Username: username, Password: password, SharedReads: true, MaxRetries: 1})
	if err != nil {
		t.Fatal(err)
	}
	client.SetWait(time.Millisecond)
	return client
}

// read reads flows, so many at a time, as Terraform does that holds them under the names they had at first. It returns the names
// found, empty for a flow that is gone.
func (e *estate) read(t *testing.T, client *twilio.Client, numbers []int, parallel int) map[int]string {
	t.Helper()
	queue := make(chan int, len(numbers))
	for _, n := range numbers {
		queue <- n
	}
	close(queue)
	found := map[int]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range parallel {
		wg.Go(func() {
			for n := range queue {
				flow, err := client.ReadFlexFlow(t.Context(), sidOf(n), holding(fmt.Sprint("Flow ", n)))
				mu.Lock()
				switch {
				case twilio.IsNotFound(err):
					found[n] = ""
				case err != nil:
					t.Errorf("flow %d: %v", n, err)
				case flow.SID != sidOf(n):
					t.Errorf("flow %d: got %s", n, flow.SID)
				default:
					found[n] = *flow.FriendlyName
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return found
}

func holding(name string) func(*twilio.FlexFlow) bool {
	return func(f *twilio.FlexFlow) bool { return f.FriendlyName != nil && *f.FriendlyName == name }
}

func numbers(from, count, step int) []int {
	all := make([]int, count)
	for i := range all {
		all[i] = from + i*step
	}
	return all
}

func (e *estate) expectTruth(t *testing.T, found map[int]string, numbers []int) {
	t.Helper()
	for _, n := range numbers {
		want := e.names[n]
		if e.gone[n] {
			want = ""
		}
		if found[n] != want {
			t.Errorf("flow %d: found %q, expected %q", n, found[n], want)
		}
	}
}

func TestSharedReads_calls(t *testing.T) {
	for name, c := range map[string]struct {
		flows, parallel int
		read            []int
		most            int // calls
	}{
		"one of many":              {5000, 10, numbers(4000, 1, 1), 1},
		"one after the other":      {10, 1, numbers(0, 10, 1), 10},
		"all of 300":               {300, 10, numbers(0, 300, 1), 3},
		"all of 3,000":             {3000, 10, numbers(0, 3000, 1), 8},
		"a thousand at a time":     {1000, 1000, numbers(0, 1000, 1), 3},
		"300 of 5,000":             {5000, 10, numbers(0, 300, 16), 20},
		"300 of 50,000":            {50_000, 10, numbers(0, 300, 160), 301},
		"300 at the end of 50,000": {50_000, 10, numbers(49_000, 300, 1), 301},
		"two at the end":           {2000, 2, numbers(1998, 2, 1), 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEstate(c.flows)
			e.expectTruth(t, e.read(t, e.client(t), c.read, c.parallel), c.read)
			if e.lists+e.gets > c.most {
				t.Errorf("%d lists and %d reads, expected %d calls at the most", e.lists, e.gets, c.most)
			}
		})
	}
}

// A list that lags, or does not show a flow, never says anything that is not so; what did change is seen.
func TestSharedReads_truth(t *testing.T) {
	e := newEstate(100)
	client := e.client(t)
	e.listed[3], e.listed[4] = "Stale", "Stale"   // the list lags
	e.names[5], e.listed[5] = "Changed", "Flow 5" // drift that the list does not show yet: the one thing that waits for the next plan
	e.names[6] = "Changed"                        // drift
	e.hidden[7] = true
	e.gone[8] = true
	all := numbers(0, 100, 1)
	found := e.read(t, client, all, 10)
	e.names[5] = "Flow 5"
	e.expectTruth(t, found, all)
	if e.gets > 10 {
		t.Errorf("%d flows were read by themselves", e.gets)
	}
}

// A list that fails half-way is no loss: what it did not show is read by itself.
func TestSharedReads_listFails(t *testing.T) {
	e := newEstate(3000)
	e.onList = func(page int, w http.ResponseWriter, r *http.Request) bool {
		if page == 1 {
			unwell(w, r)
		}
		return page == 1
	}
	read := numbers(0, 300, 10)
	e.expectTruth(t, e.read(t, e.client(t), read, 10), read)
}

func TestSharedReads_listThrottled(t *testing.T) {
	e := newEstate(100)
	refused := 0
	e.onList = func(_ int, w http.ResponseWriter, r *http.Request) bool {
		refused++
		if refused <= 3 {
			throttling(w, r)
		}
		return refused <= 3
	}
	all := numbers(0, 100, 1)
	e.expectTruth(t, e.read(t, e.client(t), all, 10), all)
	if e.gets > 10 {
		t.Errorf("%d flows were read by themselves", e.gets)
	}
}

// After a write, a list from before it does not count.
func TestSharedReads_afterWrite(t *testing.T) {
	e := newEstate(20)
	client := e.client(t)
	e.read(t, client, numbers(0, 20, 1), 10)
	e.listed[2], e.listed[3] = "Flow 2", "Flow 3"
	if _, err := client.UpdateFlexFlow(t.Context(), sidOf(2), twilio.Params{}); err != nil {
		t.Fatal(err)
	}
	_ = client.DeleteFlexFlow(t.Context(), sidOf(3))
	e.names[2], e.names[3] = "Written", "Written"
	found := e.read(t, client, numbers(2, 2, 1), 2)
	if found[2] != "Written" || found[3] != "Written" {
		t.Errorf("found %v", found)
	}
}

// Reads that are cancelled release everyone, and the last of them the list.
func TestSharedReads_cancelled(t *testing.T) {
	e := newEstate(100)
	released := make(chan struct{})
	e.onList = func(_ int, _ http.ResponseWriter, r *http.Request) bool {
		e.mu.Unlock()
		<-r.Context().Done()
		e.mu.Lock()
		close(released)
		panic(http.ErrAbortHandler)
	}
	client := e.client(t)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			_, _ = client.ReadFlexFlow(ctx, sidOf(n), holding(fmt.Sprint("Flow ", n)))
		})
	}
	time.Sleep(50 * time.Millisecond)
	cancel()
	wg.Wait()
	select {
	case <-released:
	case <-time.After(10 * time.Second):
		t.Error("the list goes on")
	}
}

// Two clients share nothing, and a client that is told not to share does not.
func TestSharedReads_apart(t *testing.T) {
	e := newEstate(50)
	all := numbers(0, 50, 1)
	for range 2 {
		e.expectTruth(t, e.read(t, e.client(t), all, 10), all)
	}
	if e.lists != 2 {
		t.Errorf("%d lists for two clients", e.lists)
	}
	e = newEstate(50)
	server := httptest.NewServer(e)
	defer server.Close()
	client, err := twilio.New(twilio.Config{BaseURL: server.URL, Username: username, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	e.read(t, client, all, 10)
	if e.lists != 0 || e.gets != 50 {
		t.Errorf("%d lists and %d reads", e.lists, e.gets)
	}
}
