package twilio_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An inProcess carries calls to an emulator without a network, so that they can run on the clock of synctest.
type inProcess struct {
	http.Handler

	mu sync.Mutex
	// paused is for how long the responses asked to wait, in all; until is when the last of the pauses ends.
	paused time.Duration
	until  time.Time
}

func (p *inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	recorder := httptest.NewRecorder()
	p.ServeHTTP(recorder, r)
	resp := recorder.Result()
	if seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After")); seconds > 0 {
		p.pause(time.Now(), time.Duration(seconds)*time.Second)
	}
	return resp, nil
}

func (p *inProcess) pause(now time.Time, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	from := now
	if p.until.After(from) {
		from = p.until
	}
	if until := now.Add(wait); until.After(from) {
		p.paused += until.Sub(from)
		p.until = until
	}
}

// createAll creates so many flows, so many at one time, and returns how long that took, without the pauses that were asked for.
func createAll(t *testing.T, options flexemulator.Options, count, parallel int) time.Duration {
	t.Helper()
	options.Load.Unchecked, options.Load.Latency = true, 50*time.Millisecond
	api, err := flexemulator.New(options)
	if err != nil {
		t.Fatal(err)
	}
	transport := &inProcess{Handler: api}
	client, err := newClient(twilio.Config{
		BaseURL: "http://127.0.0.1:1", Username: flexemulator.AccountSID, Password: flexemulator.AuthToken, Transport: transport,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	start, places := time.Now(), make(chan struct{}, parallel)
	var wg sync.WaitGroup
	for i := range count {
		wg.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			_, err := create(ctx, client, url.Values{
				"FriendlyName": {strconv.Itoa(i)}, "ChannelType": {"web"}, "ChatServiceSid": {"IS00000000000000000000000000000000"},
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	return time.Since(start) - transport.paused
}

// Whatever calls are refused, the time is at most one and a half times what the limit allows, plus the pauses that were asked for.
func TestThrottled(t *testing.T) {
	const count, perSecond = 100, 20
	for _, f := range []flexemulator.Fault{{Count: 5}, {Count: 20}, {Count: 100}, {Every: 2}, {Every: 3}, {Every: 10}} {
		calls := count + f.Count
		if f.Every > 0 {
			calls = count * f.Every / (f.Every - 1)
		}
		allowed := time.Duration(calls-perSecond) * time.Second / perSecond
		f.Kind, f.Status, f.RetryAfter = flexemulator.FaultStatus, http.StatusTooManyRequests, "1"
		for _, parallel := range []int{10, 50} {
			t.Run(fmt.Sprintf("count %d, every %d, %d at one time", f.Count, f.Every, parallel), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					options := flexemulator.Options{Load: flexemulator.Load{PerSecond: perSecond}, Faults: []flexemulator.Fault{f}}
					if took := createAll(t, options, count, parallel); took > allowed*3/2 {
						t.Errorf("took %s, where the limit asks for %s", took, allowed)
					}
				})
			})
		}
	}
}

// Where the API has no limit, what it refused is soon forgotten.
func TestThrottled_withoutLimit(t *testing.T) {
	for name, c := range map[string]struct {
		fault           flexemulator.Fault
		count, parallel int
		most            time.Duration
	}{
		"twenty in a row":            {flexemulator.Fault{Count: 20, RetryAfter: "1"}, 30, 10, 3 * time.Second},
		"five amid thousands":        {flexemulator.Fault{Nth: 2000, Every: 1, Count: 5, RetryAfter: "1"}, 4000, 10, 30 * time.Second},
		"every third, with pauses":   {flexemulator.Fault{Every: 3, RetryAfter: "1"}, 60, 50, 5 * time.Second},
		"every third, without pause": {flexemulator.Fault{Every: 3}, 60, 50, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c.fault.Kind, c.fault.Status = flexemulator.FaultStatus, http.StatusTooManyRequests
				if took := createAll(t, flexemulator.Options{Faults: []flexemulator.Fault{c.fault}}, c.count, c.parallel); took > c.most {
					t.Errorf("took %s", took)
				}
			})
		})
	}
}
