package twilio

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// A call is a request with all attempts at it.
type call struct {
	request
	attempts []*attempt
	// stopped is why no further attempt was made, where that is the context's doing.
	stopped error
}

func (c *call) last() *attempt { return c.attempts[len(c.attempts)-1] }

// lost reports whether the API may have done what an attempt asked for, though that attempt failed.
func (c *call) lost() bool {
	return slices.ContainsFunc(c.attempts, func(a *attempt) bool { return a.sent && a.failed() })
}

func (c *call) tries() Tries {
	return Tries{Attempts: c.tried + len(c.attempts), Duration: time.Since(c.began), Stopped: c.stopped}
}

// do makes a call, with further attempts where one fails and another can do no harm. What came of it is in the call, also with an error:
// for a response outside 2xx an [*APIError], for no usable response a [*RequestError].
func (c *Client) do(ctx context.Context, r request) (*call, error) {
	ctx = c.maskSecrets(ctx)
	r.began = cmp.Or(r.began, time.Now())
	made := &call{request: r}
	for retried := true; retried; {
		if made.stopped = c.pace.wait(ctx); made.stopped != nil {
			break
		}
		made.attempts = append(made.attempts, c.attempt(ctx, r))
		logAttempt(ctx, made)
		if retried = c.isRetried(ctx, made); retried {
			made.stopped = sleep(ctx, backoff(c.config.RetryWait, longestWait, len(made.attempts)-1, made.last().response))
			retried = made.stopped == nil
		}
	}
	return made, c.errorOf(made)
}

// isRetried reports whether another attempt follows the last one. After a 429 response nothing was done, and so after a connection that
// was never made; after anything else, only what can be repeated without harm is.
func (c *Client) isRetried(ctx context.Context, made *call) bool {
	last := made.last()
	switch {
	case !last.failed() && !last.throttled(), made.once:
		return false
	case ctx.Err() != nil:
		made.stopped = ctx.Err()
		return false
	case last.throttled():
		return true
	case made.creates && last.sent:
		return false
	}
	return made.failures() <= c.config.MaxRetries
}

// failures counts the attempts that count against MaxRetries.
func (c *call) failures() int {
	count := 0
	for _, a := range c.attempts {
		if a.failed() {
			count++
		}
	}
	return count
}

// errorOf is what a call that has ended failed with, nil for a success.
func (c *Client) errorOf(made *call) error {
	if len(made.attempts) == 0 {
		problem := "the rate at which Twilio accepts calls left no time for it"
		if errors.Is(made.stopped, context.Canceled) {
			problem = "it was not sent"
		}
		return &RequestError{Method: made.method, Path: made.path, Err: errors.New(problem), Tries: made.tries()}
	}
	switch last := made.last(); {
	case last.err != nil:
		return &RequestError{Method: made.method, Path: made.path, Err: last.err, Tries: made.tries()}
	case !last.response.isSuccess():
		return c.newAPIError(made)
	}
	return nil
}

func (c *Client) newAPIError(state *call) *APIError {
	got := state.last().response
	e := &APIError{
		Method: state.method, Path: state.path, Host: c.baseURL.Host, Source: c.config.Source, Status: got.status,
		RequestID: got.requestID, RetryAt: got.retryAt, Tries: state.tries(),
	}
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(got.body, &fields)
	e.read(fields, c.redact)
	if e.Message == "" {
		e.Body = got.excerpt()
	}
	return e
}

// logAttempt logs the last attempt at a call: what was asked, what came of it and how long it took, never a header or a body.
func logAttempt(ctx context.Context, made *call) {
	last := made.last()
	fields := map[string]any{
		"method":      made.method,
		"path":        made.path,
		"attempt":     len(made.attempts),
		"duration_ms": time.Since(last.began).Milliseconds(),
	}
	if last.response != nil {
		fields["status"] = last.response.status
		fields["request_id"] = last.response.requestID
	}
	if last.err != nil {
		fields["error"] = last.err.Error()
	}
	tflog.Debug(ctx, "Called Twilio", fields)
}

// secrets lists the forms in which the credentials could show up in a text.
func (c *Client) secrets() []string {
	return []string{
		c.config.Password,
		base64.StdEncoding.EncodeToString([]byte(c.config.Username + ":" + c.config.Password)),
	}
}

func (c *Client) maskSecrets(ctx context.Context) context.Context {
	ctx = tflog.MaskMessageStrings(ctx, c.secrets()...)
	return tflog.MaskAllFieldValuesStrings(ctx, c.secrets()...)
}

// redact takes the credentials, and what may be secret of URLs, out of a text that is not ours, such as an error page that repeats the
// request.
func (c *Client) redact(text string) string {
	for _, secret := range c.secrets() {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return redact.URLs(text)
}
