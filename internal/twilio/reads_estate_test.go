package twilio_test

import (
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
	// order gives the number of the flow at a place of the list; nil means the order of the numbers.
	order func(place int) int
	// size is how many flows a page holds.
	size int
	// onList may answer a list's page instead.
	onList      func(page int, w http.ResponseWriter, r *http.Request) bool
	lists, gets int
}

func newEstate(count int) *estate {
	e := &estate{listed: map[int]string{}, hidden: map[int]bool{}, gone: map[int]bool{}, latency: 5 * time.Millisecond, size: flows.PageSize}
	for i := range count {
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
	page, _ := strconv.Atoi(r.URL.Query().Get("Page"))
	if e.onList != nil && e.onList(page, w, r) {
		return
	}
	var shown []string
	for place := page * e.size; place < min((page+1)*e.size, len(e.names)); place++ {
		i := place
		if e.order != nil {
			i = e.order(place)
		}
		name, differs := e.listed[i]
		if !differs {
			name = e.names[i]
		}
		if !e.hidden[i] && !e.gone[i] {
			shown = append(shown, e.json(i, name))
		}
	}
	next := "null"
	if (page+1)*e.size < len(e.names) {
		next = fmt.Sprintf(`"https://flex-api.twilio.com/v1/FlexFlows?Page=%d&PageToken=PT"`, page+1)
	}
	answer(200, "application/json", fmt.Sprintf(`{"flex_flows": [%s], "meta": {"next_page_url": %s}}`, strings.Join(shown, ","), next))(w, r)
}

// counts returns how many pages and single flows were asked for; a page may still be under way.
func (e *estate) counts() (lists, gets int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.lists, e.gets
}

func (e *estate) client(t *testing.T) *twilio.Client {
	t.Helper()
	server := httptest.NewServer(e)
	t.Cleanup(func() {
		server.CloseClientConnections() // a page may still be under way
		server.Close()
	})
	return e.configured(t, twilio.Config{BaseURL: server.URL})
}

// virtualClient is a client without a network, for virtual time, in which the number of calls does not depend on the machine.
func (e *estate) virtualClient(t *testing.T) *twilio.Client {
	t.Helper()
	return e.configured(t, twilio.Config{Transport: roundTripper(e.ServeHTTP)})
}

func (e *estate) configured(t *testing.T, config twilio.Config) *twilio.Client {
	t.Helper()
	config.Username, config.Password, config.SharedReads, config.MaxRetries = username, password, true, 1
	account, err := twilio.New(config)
	if err != nil {
		t.Fatal(err)
	}
	kind := flows
	kind.PageSize = e.size
	client := account.Client(kind)
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
				flow, err := client.Read(t.Context(), holding(n))
				mu.Lock()
				switch {
				case twilio.IsNotFound(err):
					found[n] = ""
				case err != nil:
					t.Errorf("flow %d: %v", n, err)
				case flow.SID != sidOf(n):
					t.Errorf("flow %d: got %s", n, flow.SID)
				default:
					found[n] = nameOf(flow)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return found
}

// holding is a flow as Terraform holds it.
func holding(number int) twilio.Known {
	return twilio.Known{SID: sidOf(number), IsUnchanged: func(f *twilio.Object) bool {
		return nameOf(f) == fmt.Sprint("Flow ", number)
	}}
}

func numbers(from, count, step int) []int {
	all := make([]int, count)
	for i := range all {
		all[i] = from + i*step
	}
	return all
}

// expectCalls checks that there were few calls, in virtual time.
func (e *estate) expectCalls(t *testing.T, most int) {
	t.Helper()
	time.Sleep(time.Minute) // until a page that is under way is there
	lists, gets := e.counts()
	t.Logf("%d lists and %d reads", lists, gets)
	if lists+gets > most {
		t.Errorf("%d lists and %d reads, expected %d calls at the most", lists, gets, most)
	}
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
