package flexemulator_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func (a *api) setFaults(faults ...flexemulator.Fault) {
	a.t.Helper()
	if err := a.SetFaults(faults...); err != nil {
		a.t.Fatal(err)
	}
}

func TestFaults_choice(t *testing.T) {
	teapot := func(f flexemulator.Fault) flexemulator.Fault {
		f.Kind, f.Status = flexemulator.FaultStatus, 418
		return f
	}
	for name, c := range map[string]struct {
		fault flexemulator.Fault
		want  string // of eight calls of the list, x for a fault
	}{
		"all":             {teapot(flexemulator.Fault{}), "xxxxxxxx"},
		"third":           {teapot(flexemulator.Fault{Nth: 3}), "..x....."},
		"every third":     {teapot(flexemulator.Fault{Every: 3}), "..x..x.."},
		"two":             {teapot(flexemulator.Fault{Count: 2}), "xx......"},
		"two from third":  {teapot(flexemulator.Fault{Nth: 3, Count: 2}), "..xx...."},
		"every from 2nd":  {teapot(flexemulator.Fault{Nth: 2, Every: 3}), ".x..x..x"},
		"one of every":    {teapot(flexemulator.Fault{Every: 2, Count: 1}), ".x......"},
		"method":          {teapot(flexemulator.Fault{Method: "GET"}), "xxxxxxxx"},
		"another method":  {teapot(flexemulator.Fault{Method: "POST"}), "........"},
		"path":            {teapot(flexemulator.Fault{Path: "/v1/FlexFlows"}), "xxxxxxxx"},
		"another path":    {teapot(flexemulator.Fault{Path: "/v1/FlexFlows/*"}), "........"},
		"method and path": {teapot(flexemulator.Fault{Method: "GET", Path: "/*/FlexFlows", Nth: 1}), "x......."},
	} {
		t.Run(name, func(t *testing.T) {
			a := start(t, flexemulator.Behavior{})
			a.setFaults(c.fault)
			got := ""
			for range 8 {
				status, _ := a.call("GET", "/v1/FlexFlows", nil)
				got += map[int]string{200: ".", 418: "x"}[status]
			}
			if got != c.want {
				t.Errorf("got %s, expected %s", got, c.want)
			}
		})
	}
}

func TestFaults_kinds(t *testing.T) {
	create := func(a *api) (*http.Response, string, error) {
		req, _ := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.url+"/v1/FlexFlows", strings.NewReader(bare.Encode()))
		req.SetBasicAuth(flexemulator.AccountSID, flexemulator.AuthToken)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		client := &http.Client{Timeout: 500 * time.Millisecond}
		resp, err := client.Do(req)
		if err != nil {
			return nil, "", err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return resp, string(body), err
	}
	for name, c := range map[string]struct {
		fault  flexemulator.Fault
		status int // 0: no whole answer
		body   string
		made   int
	}{
		"status":                {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 503}, 503, `"code":20503`, 0},
		"status after the work": {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 502, HTML: true, AfterWork: true}, 502, "<html>", 1},
		"rate limit":            {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 429, RetryAfter: "7"}, 429, `"code":20429`, 0},
		"reset":                 {flexemulator.Fault{Kind: flexemulator.FaultReset}, 0, "", 0},
		"reset after the work":  {flexemulator.Fault{Kind: flexemulator.FaultReset, AfterWork: true}, 0, "", 1},
		"hang":                  {flexemulator.Fault{Kind: flexemulator.FaultHang}, 0, "", 0},
		"hang after the work":   {flexemulator.Fault{Kind: flexemulator.FaultHang, AfterWork: true}, 0, "", 1},
		"slow":                  {flexemulator.Fault{Kind: flexemulator.FaultSlow, DelayMS: 20}, 201, `"sid"`, 1},
		"too slow":              {flexemulator.Fault{Kind: flexemulator.FaultSlow, DelayMS: 60000}, 0, "", 0},
		"too slow, after work":  {flexemulator.Fault{Kind: flexemulator.FaultSlow, DelayMS: 60000, AfterWork: true}, 0, "", 1},
		"truncated":             {flexemulator.Fault{Kind: flexemulator.FaultTruncate}, 0, "", 1},
		"another body":          {flexemulator.Fault{Kind: flexemulator.FaultBody, Body: "hello", ContentType: "text/plain"}, 201, "hello", 1},
		"message of one's own":  {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 400, Code: 7, Message: "no"}, 400, `"code":7,"message":"no"`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			a := start(t, flexemulator.Behavior{})
			a.setFaults(c.fault)
			resp, body, err := create(a)
			if c.status == 0 && err == nil {
				t.Fatalf("a whole answer: %d %s", resp.StatusCode, body)
			}
			if c.status != 0 && (err != nil || resp.StatusCode != c.status || !strings.Contains(body, c.body)) {
				t.Fatalf("got %v, %v: %s", resp, err, body)
			}
			if c.status != 0 && resp.Header.Get("Retry-After") != c.fault.RetryAfter {
				t.Errorf("Retry-After is %q", resp.Header.Get("Retry-After"))
			}
			if got := len(a.Flows()); got != c.made {
				t.Errorf("%d flows were made, expected %d", got, c.made)
			}
		})
	}
}

func TestSetFaults_invalid(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	for _, f := range []flexemulator.Fault{
		{},
		{Kind: "explode"},
		{Kind: flexemulator.FaultStatus},
		{Kind: flexemulator.FaultStatus, Status: 42},
		{Kind: flexemulator.FaultReset, Path: "["},
		{Kind: flexemulator.FaultReset, Path: "/v1/FlexFlow"},
		{Kind: flexemulator.FaultReset, Path: "/v1/FlexFlows/*/Parts"},
		{Kind: flexemulator.FaultReset, Path: "/v1/FlexFlows/"},
		{Kind: flexemulator.FaultReset, Path: "v1/FlexFlows"},
		{Kind: flexemulator.FaultReset, Path: "*"},
		{Kind: flexemulator.FaultReset, WorkAfterMS: 1, AfterWork: true},
		{Kind: flexemulator.FaultReset, WorkAfterMS: -1},
		{Kind: flexemulator.FaultSlow, WorkAfterMS: 1},
	} {
		if a.SetFaults(f) == nil {
			t.Errorf("%+v was taken", f)
		}
	}
	if status, _ := a.call("POST", "/v1/FlexFlows", bare); status != 201 {
		t.Errorf("a fault that was refused is in force: %d", status)
	}
}

func TestLoad(t *testing.T) {
	const calls = 12
	for name, c := range map[string]struct {
		load  flexemulator.Load
		taken int
	}{
		"without limits": {flexemulator.Load{}, calls},
		"per second":     {flexemulator.Load{PerSecond: 4}, 4},
		"at once":        {flexemulator.Load{AtOnce: 3, Latency: 200 * time.Millisecond}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			server, err := flexemulator.New(flexemulator.Options{Load: c.load})
			if err != nil {
				t.Fatal(err)
			}
			listener := httptest.NewServer(server)
			defer listener.Close()
			a := &api{Server: server, t: t, url: listener.URL}
			start := time.Now()
			statuses := make(chan int, calls)
			for range calls {
				go func() {
					status, _ := a.call("GET", "/v1/FlexFlows", nil)
					statuses <- status
				}()
			}
			got := map[int]int{}
			for range calls {
				got[<-statuses]++
			}
			if got[200] != c.taken || got[429] != calls-c.taken || time.Since(start) < c.load.Latency {
				t.Errorf("answered %v in %s", got, time.Since(start))
			}
		})
	}
}

func TestSetFaults_paths(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	for _, pattern := range []string{
		"", "/v1/FlexFlows", "/v1/FlexFlows/*", "/v1/FlexFlows/FO" + digits, "/v1/FlexFlows/FO[0-7]*", "/v?/Flex*", "/*/*/*", "/*/*",
		"/v1/Configuration/*", "/v1/Configuration/Addresses/*", addresses + "/+15550100",
	} {
		if err := a.SetFaults(flexemulator.Fault{Kind: flexemulator.FaultReset, Path: pattern}); err != nil {
			t.Error(err)
		}
	}
}

// eventually waits for something to become true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not after five seconds", what)
		}
	}
}

// The API does what a call asked for, after that call has failed.
func TestFaults_workAfter(t *testing.T) {
	for name, fault := range map[string]flexemulator.Fault{
		"status":   {Kind: flexemulator.FaultStatus, Status: 503},
		"page":     {Kind: flexemulator.FaultStatus, Status: 502, HTML: true, DelayMS: 10},
		"reset":    {Kind: flexemulator.FaultReset},
		"hang":     {Kind: flexemulator.FaultHang},
		"truncate": {Kind: flexemulator.FaultTruncate},
		"body":     {Kind: flexemulator.FaultBody, Body: "hello", ContentType: "text/plain"},
		"left":     {Kind: flexemulator.FaultReset, DelayMS: 60000},
	} {
		t.Run(name, func(t *testing.T) {
			a := start(t, flexemulator.Behavior{})
			fault.WorkAfterMS, fault.Nth = 100, 1
			a.setFaults(fault)
			began := time.Now()
			resp, err := a.postFlow(200 * time.Millisecond)
			if err == nil && resp.StatusCode < 300 && name != "body" && name != "truncate" {
				t.Errorf("it succeeded: %d", resp.StatusCode)
			}
			if got := len(a.Flows()); got != 0 && time.Since(began) < 100*time.Millisecond {
				t.Errorf("%d flows were made at once", got)
			}
			eventually(t, "a flow", func() bool { return len(a.Flows()) == 1 })
		})
	}
	a := start(t, flexemulator.Behavior{})
	a.setFaults(flexemulator.Fault{Kind: flexemulator.FaultReset, WorkAfterMS: 60000})
	_, _ = a.postFlow(time.Second)
	a.Close() // at once
	_, _ = a.postFlow(time.Second)
	a.Close()
	if len(a.Flows()) != 0 {
		t.Error("a closed server still works")
	}
}

// postFlow creates a flow, by a client that waits no longer than it is told.
func (a *api) postFlow(timeout time.Duration) (*http.Response, error) {
	req, _ := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.url+"/v1/FlexFlows", strings.NewReader(bare.Encode()))
	req.SetBasicAuth(flexemulator.AccountSID, flexemulator.AuthToken)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := (&http.Client{Timeout: timeout}).Do(req)
	if err == nil {
		_ = resp.Body.Close()
	}
	return resp, err
}

func TestUnusedFaults(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	second := flexemulator.Fault{Method: "GET", Path: "/v1/FlexFlows", Nth: 2, Kind: flexemulator.FaultStatus, Status: 503}
	a.setFaults(flexemulator.Fault{Method: "GET", Count: 1, Kind: flexemulator.FaultStatus, Status: 503}, second)
	a.call("GET", "/v1/FlexFlows", nil)
	if got := a.UnusedFaults(); !reflect.DeepEqual(got, []flexemulator.Fault{second}) {
		t.Errorf("unused: %+v", got)
	}
	a.call("GET", "/v1/FlexFlows", nil)
	if got := a.UnusedFaults(); got != nil {
		t.Errorf("unused: %+v", got)
	}
}
