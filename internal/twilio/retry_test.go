package twilio_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A script answers the n-th call with its n-th handler, and all further ones with the last.
type script struct {
	mu       sync.Mutex
	handlers []http.HandlerFunc
	calls    []string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm() // a server sees that its caller has left only once it has read the body
	s.mu.Lock()
	s.calls = append(s.calls, r.Method)
	handler := s.handlers[min(len(s.calls), len(s.handlers))-1]
	s.mu.Unlock()
	handler(w, r)
}

func (s *script) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.calls)
}

// scripted returns a client for a server with a script. Waits are short, and so is the propagation time if none is given.
func scripted(t *testing.T, config twilio.Config, handlers ...http.HandlerFunc) (*twilio.Client, *script) {
	t.Helper()
	s := &script{handlers: handlers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	config.BaseURL, config.Username, config.Password = server.URL, username, password
	config.PropagationTime = cmp.Or(config.PropagationTime, 100*time.Millisecond)
	client, err := newClient(config)
	if err != nil {
		t.Fatal(err)
	}
	client.SetWait(time.Millisecond)
	return client, s
}

var (
	good       = answer(200, "application/json", `{"sid": "`+flowSID+`"}`)
	gone       = answer(404, "application/json", `{"code": 20404, "status": 404}`)
	invalid    = answer(400, "application/json", `{"code": 20001}`)
	unwell     = answer(503, "text/html", "<html>")
	notThere   = answer(501, "text/html", "<html>")
	throttling = answer(429, "application/json", `{"code": 20429}`)
	notJSON    = answer(200, "text/html", "<html>")
)

func reset(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"sid"`))
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func TestRetries(t *testing.T) {
	operations := map[string]func(context.Context, *twilio.Client) error{
		"fetch": func(ctx context.Context, c *twilio.Client) error { _, err := c.Fetch(ctx, flowSID); return err },
		"update": func(ctx context.Context, c *twilio.Client) error {
			_, err := c.Update(ctx, flowSID, url.Values{"FriendlyName": {"x"}})
			return err
		},
		"delete": func(ctx context.Context, c *twilio.Client) error { return c.Delete(ctx, flowSID) },
	}
	cases := map[string]struct {
		handlers []http.HandlerFunc
		calls    int
		err      string // what the error says; empty for none
		deleted  bool   // no error for a delete
	}{
		"at once":            {[]http.HandlerFunc{good}, 1, "", true},
		"5xx":                {[]http.HandlerFunc{unwell, unwell, good}, 3, "", true},
		"reset":              {[]http.HandlerFunc{reset, good}, 2, "", true},
		"cut":                {[]http.HandlerFunc{cut, good}, 2, "", true},
		"hang":               {[]http.HandlerFunc{hang, good}, 2, "", true},
		"429":                {[]http.HandlerFunc{throttling, throttling, throttling, throttling, good}, 5, "", true},
		"all sorts":          {[]http.HandlerFunc{reset, throttling, unwell, throttling, good}, 5, "", true},
		"400":                {[]http.HandlerFunc{invalid, good}, 1, "400 Bad Request", false},
		"404":                {[]http.HandlerFunc{gone, good}, 1, "404 Not Found", false},
		"501":                {[]http.HandlerFunc{notThere, good}, 1, "501 Not Implemented", false},
		"5xx for ever":       {[]http.HandlerFunc{unwell}, 4, "503 Service Unavailable: \"<html>\" (request RQ1) (tried 4 times in ", false},
		"reset for ever":     {[]http.HandlerFunc{reset}, 4, "failed: the connection was closed before the response was complete (tried 4 times in ", false},
		"404 after a 429":    {[]http.HandlerFunc{throttling, gone}, 2, "404 Not Found", false},
		"404 after a reset":  {[]http.HandlerFunc{reset, gone}, 2, "404 Not Found", true},
		"404 after a 5xx":    {[]http.HandlerFunc{unwell, gone}, 2, "404 Not Found", true},
		"400 after troubles": {[]http.HandlerFunc{reset, unwell, invalid}, 3, "400 Bad Request, code 20001: \"{\\\"code\\\": 20001}\" (request RQ1) (tried 3 times in ", false},
	}
	for name, c := range cases {
		for operation, call := range operations {
			t.Run(name+"/"+operation, func(t *testing.T) {
				t.Parallel()
				client, script := scripted(t, twilio.Config{MaxRetries: 3, RequestTimeout: 200 * time.Millisecond}, c.handlers...)
				err := call(t.Context(), client)
				wantError := c.err != "" && (operation != "delete" || !c.deleted)
				if wantError != (err != nil) || wantError && !strings.Contains(err.Error(), c.err) {
					t.Errorf("got %v, expected %q", err, c.err)
				}
				if script.count() != c.calls {
					t.Errorf("%d calls, expected %d", script.count(), c.calls)
				}
			})
		}
	}
}

// An answer that is no JSON is repeated where there has to be one.
func TestRetries_unreadable(t *testing.T) {
	client, script := scripted(t, twilio.Config{MaxRetries: 3}, notJSON, good)
	if _, err := client.Fetch(t.Context(), flowSID); err != nil || script.count() != 2 {
		t.Errorf("%v after %d calls", err, script.count())
	}
}

func TestRetries_none(t *testing.T) {
	client, script := scripted(t, twilio.Config{}, unwell, good)
	if _, err := client.Fetch(t.Context(), flowSID); err == nil || script.count() != 1 {
		t.Errorf("%v after %d calls", err, script.count())
	}
}

// A 429 is waited out whatever the number of retries, until the operation's time is up; the error says so.
func TestThrottledForEver(t *testing.T) {
	client, script := scripted(t, twilio.Config{}, throttling)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := client.Fetch(ctx, flowSID)
	if err == nil || script.count() < 2 || !strings.Contains(err.Error(), "(tried ") ||
		!strings.Contains(err.Error(), "stopped because the operation's time was up") {
		t.Errorf("%v after %d calls", err, script.count())
	}
}

// The waits grow, vary, and follow Retry-After in both its forms, up to a bound.
func TestBackoff(t *testing.T) {
	const least, most = 500 * time.Millisecond, 30 * time.Second
	asked := func(retryAfter string) *http.Response {
		return &http.Response{StatusCode: 429, Header: http.Header{"Retry-After": {retryAfter}}}
	}
	inAMinute := time.Now().Add(time.Minute).UTC().Format(http.TimeFormat)
	for name, c := range map[string]struct {
		attempt  int
		resp     *http.Response
		from, to time.Duration
	}{
		"first":               {0, nil, 250 * time.Millisecond, 500 * time.Millisecond},
		"third":               {2, nil, time.Second, 2 * time.Second},
		"twentieth":           {19, nil, 15 * time.Second, 30 * time.Second},
		"429 that asks not":   {0, &http.Response{StatusCode: 429, Header: http.Header{}}, 250 * time.Millisecond, 500 * time.Millisecond},
		"429 time and again":  {19, &http.Response{StatusCode: 429, Header: http.Header{}}, 500 * time.Millisecond, time.Second},
		"seconds":             {0, asked("7"), 7 * time.Second, 7500 * time.Millisecond},
		"zero":                {5, asked("0"), 0, 500 * time.Millisecond},
		"a date":              {0, asked(inAMinute), 58 * time.Second, 61 * time.Second},
		"a date gone by":      {5, asked("Mon, 02 Jan 2006 15:04:05 GMT"), 0, 500 * time.Millisecond},
		"too long":            {0, asked("86400"), 2 * time.Minute, 2*time.Minute + time.Second},
		"longer than a clock": {0, asked("99999999999"), 2 * time.Minute, 2*time.Minute + time.Second},
		"nonsense":            {0, asked("soon"), 250 * time.Millisecond, 500 * time.Millisecond},
		"negative":            {0, asked("-5"), 250 * time.Millisecond, 500 * time.Millisecond},
	} {
		seen := map[time.Duration]bool{}
		for range 50 {
			got := twilio.Backoff(least, most, c.attempt, c.resp)
			if got < c.from || got > c.to {
				t.Errorf("%s: waits %s, expected %s to %s", name, got, c.from, c.to)
			}
			seen[got] = true
		}
		if len(seen) < 10 {
			t.Errorf("%s: the waits do not vary", name)
		}
	}
}

// When Terraform is interrupted, a read stops at once, a write that is under way finishes, and nothing new is begun.
func TestInterruption(t *testing.T) {
	slow := func(answered http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-time.After(200 * time.Millisecond):
				answered(w, r)
			case <-r.Context().Done():
			}
		}
	}
	interrupted := func(t *testing.T) context.Context {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		return ctx
	}
	t.Run("read", func(t *testing.T) {
		client, script := scripted(t, twilio.Config{MaxRetries: 3}, hang)
		start := time.Now()
		if _, err := client.Fetch(interrupted(t), flowSID); err == nil || script.count() != 1 || time.Since(start) > 10*time.Second {
			t.Errorf("%v after %d calls and %s", err, script.count(), time.Since(start))
		}
	})
	t.Run("create", func(t *testing.T) {
		client, _ := scripted(t, twilio.Config{}, slow(good))
		if flow, err := create(interrupted(t), client, url.Values{}); err != nil || flow.SID != flowSID {
			t.Errorf("%+v, %v", flow, err)
		}
	})
	t.Run("update", func(t *testing.T) {
		client, _ := scripted(t, twilio.Config{}, slow(good))
		if _, err := client.Update(interrupted(t), flowSID, url.Values{}); err != nil {
			t.Error(err)
		}
	})
	t.Run("delete that fails", func(t *testing.T) {
		client, script := scripted(t, twilio.Config{MaxRetries: 3}, slow(unwell))
		err := client.Delete(interrupted(t), flowSID)
		if err == nil || !strings.Contains(err.Error(), "stopped because Terraform was interrupted") || script.count() != 1 {
			t.Errorf("%v after %d calls", err, script.count())
		}
	})
	t.Run("before anything", func(t *testing.T) {
		client, script := scripted(t, twilio.Config{MaxRetries: 3}, good)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := create(ctx, client, url.Values{}); err == nil || script.count() != 0 {
			t.Errorf("%v after %d calls", err, script.count())
		}
	})
	t.Run("a write that hangs", func(t *testing.T) {
		client, _ := scripted(t, twilio.Config{RequestTimeout: 200 * time.Millisecond}, hang)
		if _, err := client.Update(interrupted(t), flowSID, url.Values{}); err == nil || !strings.Contains(err.Error(), "did not come within") {
			t.Error(err)
		}
	})
}

// There is no way around the check of a server's certificate, and one that fails it is not asked again.
func TestCertificateIsChecked(t *testing.T) {
	called := false
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	client, err := newClient(twilio.Config{BaseURL: server.URL, Username: username, Password: password, MaxRetries: 3})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Fetch(t.Context(), flowSID)
	var failed *twilio.RequestError
	if !errors.As(err, &failed) || failed.Tries.Attempts != 1 || !strings.Contains(err.Error(), "certificate") || called {
		t.Errorf("got %v", err)
	}
}
