package twilio

import (
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
	resp   *http.Response // for its status and headers
}

func (s *call) tries() Tries {
	return Tries{Attempts: s.attempts, Duration: time.Since(s.start), Stopped: s.stopped, Lost: s.lost}
}

func (s *call) failure(err error) *RequestError {
	e := &RequestError{Method: s.method, Path: s.path, Sent: s.sent, Err: err, Tries: s.tries()}
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

// attempt makes one attempt at a call: it waits for its turn, bounds its time, reads the response whole, so that one that is truncated or no
// JSON counts as a failure, and logs it. What came of it is in the call.
func (c *Client) attempt(ctx context.Context, state *call) error {
	state.sent = false
	if err := c.pace.wait(ctx); err != nil {
		state.stopped = err
		if errors.Is(err, context.Canceled) {
			return errors.New("it was not made")
		}
		return errors.New("the rate at which Twilio accepts calls left no time for it")
	}
	bounded, cancel := c.bound(ctx, state.method)
	defer cancel()
	traced := httptrace.WithClientTrace(bounded, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { state.sent = true }})
	req, err := c.newRequest(traced, state.request)
	if err != nil {
		return err
	}
	state.attempts++
	state.answer, state.err, state.resp = nil, nil, nil

	start := time.Now()
	resp, err := c.transport.RoundTrip(req)
	made := attempt{began: start, ended: time.Now()}
	if err != nil {
		err = explain(err)
	} else {
		made.date, _ = http.ParseTime(resp.Header.Get("Date"))
		c.clock.observe(made)
		wait, asked := retryAfter(resp)
		if !state.once || resp.StatusCode != http.StatusTooManyRequests {
			c.pace.observe(start, resp.StatusCode, wait)
		}
		state.resp = resp
		state.answer, err = c.readResponse(resp, req.Method)
		if asked {
			state.answer.retryAt = time.Now().Add(wait)
		}
	}
	made.open = err == nil && resp.StatusCode == http.StatusGatewayTimeout
	if err != nil && errors.Is(bounded.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("it did not come within %s", time.Since(start).Round(100*time.Millisecond))
		made.open = true
	}
	state.err, state.last = err, made
	logAttempt(ctx, state, time.Since(start))
	return err
}

// bound is the context of one attempt. An attempt at a write goes on when Terraform is interrupted, until its time is up: cut
// off, nobody would know what it did. The operation's deadline holds for it all the same.
func (c *Client) bound(ctx context.Context, method string) (context.Context, context.CancelFunc) {
	if method == http.MethodGet {
		return context.WithTimeout(ctx, c.config.RequestTimeout)
	}
	end := time.Now().Add(c.config.RequestTimeout)
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(end) {
		end = deadline
	}
	return context.WithDeadline(context.WithoutCancel(ctx), end)
}

// readResponse reads a response whole. With an error, the answer holds what was read before.
func (c *Client) readResponse(resp *http.Response, method string) (*answer, error) {
	defer resp.Body.Close()
	got := &answer{status: resp.StatusCode, requestID: resp.Header.Get("Twilio-Request-Id"), redact: c.redact}
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
