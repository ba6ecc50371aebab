package twilio_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// Orders in which a list may show the flows of an account, by the numbers of the flows.
var orders = map[string]func(flows int) func(place int) int{
	"oldest first": func(int) func(int) int { return func(place int) int { return place } },
	"newest first": func(flows int) func(int) int { return func(place int) int { return flows - 1 - place } },
	"shuffled": func(flows int) func(int) int {
		shuffled := rand.New(rand.NewPCG(1, 2)).Perm(flows)
		return func(place int) int { return shuffled[place] }
	},
}

// In whichever order the API lists its flows, a plan takes few calls, and at most a tenth and one more than there are flows.
func TestSharedReads_calls(t *testing.T) {
	for name, c := range map[string]struct {
		flows, parallel int
		read            []int
		// most are the calls, in each order: oldest first, newest first, shuffled.
		most [3]int
	}{
		"one of many":                  {5000, 10, numbers(4000, 1, 1), [3]int{1, 1, 1}},
		"one after the other":          {10, 1, numbers(0, 10, 1), [3]int{10, 10, 10}},
		"all of 300":                   {300, 10, numbers(0, 300, 1), [3]int{3, 3, 3}},
		"all of 3,000":                 {3000, 10, numbers(0, 3000, 1), [3]int{8, 3000, 3000}},
		"a thousand at a time":         {1000, 1000, numbers(0, 1000, 1), [3]int{3, 3, 3}},
		"300 spread over 5,000":        {5000, 10, numbers(0, 300, 16), [3]int{331, 331, 331}},
		"the 300 oldest of 5,300":      {5300, 10, numbers(0, 300, 1), [3]int{10, 331, 331}},
		"the 300 newest of 5,300":      {5300, 10, numbers(5000, 300, 1), [3]int{331, 10, 331}},
		"300 in the middle of 5,300":   {5300, 10, numbers(2900, 300, 1), [3]int{331, 331, 331}},
		"300 spread over 50,000":       {50_000, 10, numbers(0, 300, 160), [3]int{331, 331, 331}},
		"300 at the end of 50,000":     {50_000, 10, numbers(49_000, 300, 1), [3]int{331, 331, 331}},
		"two at the end":               {2000, 2, numbers(1998, 2, 1), [3]int{3, 3, 3}},
		"ten at the far end":           {9000, 10, numbers(8990, 10, 1), [3]int{12, 12, 12}},
		"twenty at the far end":        {30_000, 10, numbers(29_980, 20, 1), [3]int{23, 23, 23}},
		"a hundred, at an uneven pace": {3000, 10, numbers(0, 100, 30), [3]int{111, 111, 111}},
	} {
		for i, order := range []string{"oldest first", "newest first", "shuffled"} {
			t.Run(name+"/"+order, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					e := newEstate(c.flows)
					e.order = orders[order](c.flows)
					e.expectTruth(t, e.read(t, e.virtualClient(t), c.read, c.parallel), c.read)
					e.expectCalls(t, c.most[i])
				})
			})
		}
	}
}

// Where pages are small and reads come in any order, pages are fetched for the reads to come.
func TestSharedReads_smallPages(t *testing.T) {
	for name, c := range map[string]struct{ account, read, first, most int }{
		"all of 300":               {300, 300, 0, 80},
		"all of 1,000":             {1000, 1000, 0, 600},
		"all of 3,000":             {3000, 3000, 0, 1500},
		"1,000 in the midst":       {3000, 1000, 1000, 1101},
		"300 at the end of 50,000": {50_000, 300, 49_000, 331},
	} {
		for _, order := range []string{"oldest first", "newest first"} {
			t.Run(name+"/"+order, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					e := newEstate(c.account)
					e.size, e.order = 50, orders[order](c.account)
					read := numbers(c.first, c.read, 1)
					rand.New(rand.NewPCG(3, 4)).Shuffle(len(read), func(i, j int) { read[i], read[j] = read[j], read[i] })
					e.expectTruth(t, e.read(t, e.virtualClient(t), read, 10), read)
					e.expectCalls(t, c.most)
				})
			})
		}
	}
}

// However many reads come together, the list goes on as long as it serves them.
func TestSharedReads_parallel(t *testing.T) {
	for _, parallel := range []int{10, 30, 100} {
		for seed := range uint64(5) {
			t.Run(fmt.Sprint(parallel, " at a time, ", seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					e := newEstate(200)
					e.size = 50
					read := numbers(0, 200, 1)
					rand.New(rand.NewPCG(seed, 4)).Shuffle(len(read), func(i, j int) { read[i], read[j] = read[j], read[i] })
					e.expectTruth(t, e.read(t, e.virtualClient(t), read, parallel), read)
					e.expectCalls(t, 6)
				})
			})
		}
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
	if _, gets := e.counts(); gets > 10 {
		t.Errorf("%d flows were read by themselves", gets)
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

// A list is a convenience: where it alone is refused, throttled, fails or hangs, each flow is read by itself, without a wait that
// anybody would notice, and without slowing those reads down.
func TestSharedReads_listUnusable(t *testing.T) {
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		most    time.Duration
	}{
		"refused": {answer(403, "application/json", `{"code": 20403}`), 2 * time.Second},
		"throttled": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "60")
			throttling(w, r)
		}, 2 * time.Second},
		"fails":        {unwell, 2 * time.Second},
		"reset":        {reset, 2 * time.Second},
		"is no list":   {answer(200, "application/json", `{}`), 2 * time.Second},
		"hangs":        {nil, 3 * time.Second},
		"goes nowhere": {answer(200, "application/json", `{"flex_flows": [], "meta": {"next_page_url": "https://x.test/?Page="}}`), 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEstate(30)
			e.onList = func(_ int, w http.ResponseWriter, r *http.Request) bool {
				e.mu.Unlock()
				defer e.mu.Lock()
				if c.handler == nil {
					<-r.Context().Done()
					return true
				}
				c.handler(w, r)
				return true
			}
			all := numbers(0, 30, 1)
			start := time.Now()
			e.expectTruth(t, e.read(t, e.client(t), all, 3), all)
			took := time.Since(start)
			if lists, gets := e.counts(); lists != 1 || gets != 30 || took > c.most {
				t.Errorf("%d lists and %d reads in %s", lists, gets, took)
			}
		})
	}
}

// After a write, a list from before it does not count.
func TestSharedReads_afterWrite(t *testing.T) {
	e := newEstate(20)
	client := e.client(t)
	e.read(t, client, numbers(0, 20, 1), 10)
	e.listed[2], e.listed[3] = "Flow 2", "Flow 3"
	if _, err := client.Update(t.Context(), sidOf(2), url.Values{}); err != nil {
		t.Fatal(err)
	}
	_ = client.Delete(t.Context(), sidOf(3))
	e.names[2], e.names[3] = "Written", "Written"
	found := e.read(t, client, numbers(2, 2, 1), 2)
	if found[2] != "Written" || found[3] != "Written" {
		t.Errorf("found %v", found)
	}
}

// Reads that are cancelled end at once, though a page that they wait for does not come.
func TestSharedReads_cancelled(t *testing.T) {
	e := newEstate(100)
	e.onList = func(_ int, _ http.ResponseWriter, r *http.Request) bool {
		e.mu.Unlock()
		<-r.Context().Done()
		e.mu.Lock()
		return true
	}
	client := e.client(t)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			_, _ = client.Read(ctx, holding(n))
		})
	}
	time.Sleep(50 * time.Millisecond)
	cancel()
	start := time.Now()
	wg.Wait()
	if took := time.Since(start); took > 500*time.Millisecond {
		t.Errorf("it took %s", took)
	}
}

// Two clients share nothing, and a client that is told not to share does not.
func TestSharedReads_apart(t *testing.T) {
	e := newEstate(50)
	all := numbers(0, 50, 1)
	for range 2 {
		e.expectTruth(t, e.read(t, e.client(t), all, 10), all)
	}
	if lists, _ := e.counts(); lists != 2 {
		t.Errorf("%d lists for two clients", lists)
	}
	e = newEstate(50)
	server := httptest.NewServer(e)
	defer server.Close()
	client, err := newClient(twilio.Config{BaseURL: server.URL, Username: username, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	e.read(t, client, all, 10)
	if lists, gets := e.counts(); lists != 0 || gets != 50 {
		t.Errorf("%d lists and %d reads", lists, gets)
	}
}

// A list whose page is late is given up: it costs a plan one second, however many pages there would be.
func TestSharedReads_latePages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEstate(300)
		e.size, e.latency = 50, 40*time.Millisecond
		e.onList = func(int, http.ResponseWriter, *http.Request) bool {
			e.mu.Unlock()
			time.Sleep(1300 * time.Millisecond)
			e.mu.Lock()
			return false
		}
		read := numbers(0, 200, 1)
		e.expectTruth(t, e.read(t, e.virtualClient(t), read, 10), read)
		time.Sleep(time.Minute)
		if lists, _ := e.counts(); lists > 1 {
			t.Errorf("%d pages were fetched", lists)
		}
	})
}
