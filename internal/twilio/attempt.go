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
	"net/url"
	"strings"
	"time"
)

// Responses larger than this (in bytes) are refused: a page of 1,000 resources takes about 1 MB.
const maxResponseSize = 16 << 20

// A request is a call to make.
type request struct {
	method, path string
	// query is sent in the URL, and form in the body; a nil form is no body.
	query, form url.Values
	// creates means that each request makes a new resource, so that it must not be repeated blindly.
	creates bool
	// once means that there is one attempt, and that a 429 response does not slow other calls down.
	once bool
	// began and tried are when earlier calls for the same thing began, and how many attempts they made; zero where there were none.
	began time.Time
	tried int
}

// An attempt is one HTTP request, and what came of it.
type attempt struct {
	began, ended time.Time
	// sent reports whether anything may have been sent: if not, the API has done nothing.
	sent bool
	// response is nil where no status was read. Both response and err are set where the body could not be read or used.
	response *response
	err      error
}

// response is what was read of an HTTP response.
type response struct {
	status    int
	requestID string
	// date is the API's clock, zero where the response has none.
	date time.Time
	// retryAt is when the response lets the next attempt begin, zero where it does not say.
	retryAt time.Time
	body    []byte
	// redact removes secrets from what an error shows of the body; nil where there are none.
	redact func(string) string
}

func (r *response) isSuccess() bool { return r.status >= 200 && r.status < 300 }

// excerpt is the beginning of the body, for an error.
func (r *response) excerpt() string {
	if r.redact == nil {
		return excerpt(r.body)
	}
	return excerpt([]byte(r.redact(string(r.body)))) // before it is cut, or half a secret would pass
}

// problem is the error of a response that could not be read.
func (r *response) problem(format string, args ...any) *ResponseError {
	return &ResponseError{Status: r.status, RequestID: r.requestID, Problem: fmt.Sprintf(format, args...)}
}

// throttled reports whether the API refused the attempt because there were too many.
func (a *attempt) throttled() bool {
	return a.err == nil && a.response.status == http.StatusTooManyRequests
}

// failed reports whether the attempt failed in a way that another attempt may not, other than by being throttled.
func (a *attempt) failed() bool {
	if a.err != nil {
		return !isFinal(a.err)
	}
	return a.response.status >= http.StatusInternalServerError && a.response.status != http.StatusNotImplemented
}

// attempt makes one HTTP request. It bounds its time and reads the response whole, so that one that is cut, or is not JSON, is an error.
func (c *Client) attempt(ctx context.Context, r request) *attempt {
	made := &attempt{began: time.Now()}
	bounded, cancel := c.bound(ctx, r.method)
	defer cancel()
	traced := httptrace.WithClientTrace(bounded, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { made.sent = true }})
	req, err := c.newRequest(traced, r)
	if err != nil {
		made.err = err
		return made
	}
	resp, err := c.transport.RoundTrip(req)
	made.ended = time.Now()
	if err != nil {
		made.err = explain(err, c.baseURL.Host)
	} else {
		made.response, made.err = c.readResponse(resp, req.Method)
		c.clock.observe(made)
		if !r.once || resp.StatusCode != http.StatusTooManyRequests {
			c.pace.observe(made.began, resp.StatusCode, made.response.retryAt)
		}
	}
	if made.err != nil && errors.Is(bounded.Err(), context.DeadlineExceeded) {
		made.err = fmt.Errorf("it did not come within %s", time.Since(made.began).Round(100*time.Millisecond))
	}
	return made
}

// newRequest is a request as one attempt sends it.
func (c *Client) newRequest(ctx context.Context, r request) (*http.Request, error) {
	target := c.baseURL.JoinPath(r.path)
	target.RawQuery = r.query.Encode()
	var body io.Reader
	if r.form != nil {
		body = strings.NewReader(r.form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, r.method, target.String(), body)
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(c.config.Username, c.config.Password)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.config.UserAgent)
	if r.form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req, nil
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

// readResponse reads a response whole. With an error, the response holds what was read before.
func (c *Client) readResponse(resp *http.Response, method string) (*response, error) {
	defer resp.Body.Close()
	got := &response{
		status: resp.StatusCode, requestID: resp.Header.Get("Twilio-Request-Id"), retryAt: retryAfter(resp.Header.Get("Retry-After")),
		redact: c.redact,
	}
	got.date, _ = http.ParseTime(resp.Header.Get("Date"))
	var err error
	got.body, err = io.ReadAll(io.LimitReader(resp.Body, maxResponseSize+1))
	switch {
	case err != nil:
		return got, fmt.Errorf("the response (status %d) was cut: %w", got.status, explain(err, c.baseURL.Host))
	case len(got.body) > maxResponseSize:
		return got, errors.New("the response is larger than the 16 MiB limit")
	case got.isSuccess() && method != http.MethodDelete && !json.Valid(got.body):
		return got, fmt.Errorf("the response (status %d) is not JSON: %q", got.status, got.excerpt())
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
