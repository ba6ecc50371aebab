package twilio

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"time"
)

// Answers larger than this (in bytes) are refused: a page of 1,000 resources takes about 1 MB.
const maxAnswerSize = 16 << 20

// errTooLarge is an answer that is larger than any of this API's.
var errTooLarge = errors.New("the answer is larger than 16 MiB, which no answer of this API is")

// call is what is known of a call while it is made.
type call struct {
	request
	start time.Time
	// attempts counts all attempts, failures those that count against MaxRetries.
	attempts, failures int
	// lost tells that the API may have done what an attempt asked for, though that attempt failed.
	lost bool
	// stopped is why no further attempt was made, where that is the context's doing.
	stopped error
	// The rest is of the last attempt: whether anything may have been sent, and the answer or what went wrong. Both are set
	// where an answer's status was read, but not its body.
	sent   bool
	answer *answer
	err    error
	last   attempt
}

type callKey struct{}

func callOf(ctx context.Context) *call {
	state, ok := ctx.Value(callKey{}).(*call)
	if !ok {
		return &call{}
	}
	return state
}

func (s *call) tries() Tries {
	return Tries{Attempts: s.attempts, Duration: time.Since(s.start), Stopped: s.stopped, Lost: s.lost}
}

func (s *call) failure(err error) *CallError {
	e := &CallError{Method: s.method, Path: s.path, Sent: s.sent, Err: err, Tries: s.tries()}
	if s.answer != nil {
		e.Status = s.answer.status
	}
	return e
}

// answer is what came back for a call.
type answer struct {
	status    int
	requestID string
	// retryAt is when the answer lets the next attempt begin, zero where it does not say.
	retryAt time.Time
	body    []byte
	// redact takes secrets out of what an error shows of the body; nil where there are none.
	redact func(string) string
}

// excerpt is the beginning of the body, for an error.
func (a *answer) excerpt() string {
	if a.redact == nil {
		return excerpt(a.body)
	}
	return excerpt([]byte(a.redact(string(a.body)))) // before it is cut, or half a secret would pass
}

// attempts is the transport of one attempt at a call. It waits for the attempt's turn, bounds the attempt's time, reads the answer whole, so that one that is
// cut or is no JSON counts as a failure, and logs it.
type attempts struct {
	timeout time.Duration
	pace    *pace
	clock   *clock
	redact  func(string) string
	next    http.RoundTripper
}

func (t *attempts) RoundTrip(req *http.Request) (*http.Response, error) {
	state := callOf(req.Context())
	state.sent = false
	if err := t.pace.wait(req.Context()); err != nil {
		// The limiter does not wait for a turn that would come too late.
		state.stopped = cmp.Or(req.Context().Err(), context.DeadlineExceeded)
		if req.Context().Err() != nil {
			return nil, errors.New("it was not made")
		}
		return nil, errors.New("the rate at which Twilio accepts calls left no time for it")
	}
	ctx, cancel := t.bound(req)
	defer cancel()
	state.attempts++
	state.answer, state.err = nil, nil
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { state.sent = true }})

	start := time.Now()
	resp, err := t.next.RoundTrip(req.WithContext(ctx))
	made := attempt{began: start, ended: time.Now()}
	if err != nil {
		err = explain(err)
	} else {
		made.date, _ = http.ParseTime(resp.Header.Get("Date"))
		t.clock.observe(made)
		wait, asked := retryAfter(resp)
		if !state.once || resp.StatusCode != http.StatusTooManyRequests {
			t.pace.learn(start, resp.StatusCode, wait)
		}
		state.answer, err = t.read(resp, req.Method)
		if asked {
			state.answer.retryAt = time.Now().Add(wait)
		}
	}
	made.open = err == nil && resp.StatusCode == http.StatusGatewayTimeout
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("it did not come within %s", time.Since(start).Round(100*time.Millisecond))
		made.open = true
	}
	state.err, state.last = err, made
	logAttempt(req.Context(), state, time.Since(start))
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(nil)) // call has it
	return resp, nil
}

// bound is the context of one attempt. An attempt at a write goes on when Terraform is interrupted, until its time is up: cut
// off, nobody would know what it did. The operation's deadline holds for it all the same.
func (t *attempts) bound(req *http.Request) (context.Context, context.CancelFunc) {
	if req.Method == http.MethodGet {
		return context.WithTimeout(req.Context(), t.timeout)
	}
	end := time.Now().Add(t.timeout)
	if deadline, ok := req.Context().Deadline(); ok && deadline.Before(end) {
		end = deadline
	}
	return context.WithDeadline(context.WithoutCancel(req.Context()), end)
}

// read reads an answer whole. With an error, the answer holds what was read before.
func (t *attempts) read(resp *http.Response, method string) (*answer, error) {
	defer resp.Body.Close()
	got := &answer{status: resp.StatusCode, requestID: resp.Header.Get("Twilio-Request-Id"), redact: t.redact}
	var err error
	got.body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswerSize+1))
	switch {
	case err != nil:
		return got, fmt.Errorf("the answer (status %d) broke off: %w", got.status, explain(err))
	case len(got.body) > maxAnswerSize:
		return got, errTooLarge
	case got.status >= 200 && got.status < 300 && method != http.MethodDelete && !json.Valid(got.body):
		return got, fmt.Errorf("the answer (status %d) is not JSON: %q", got.status, got.excerpt())
	}
	return got, nil
}

func newTransport() *http.Transport {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		transport = &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	}
	transport = transport.Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	// Terraform runs ten operations at a time unless told otherwise, all of them to this one host.
	transport.MaxIdleConnsPerHost = 100
	return transport
}
