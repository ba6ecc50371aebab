package twilio

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// The waits between attempts at a call grow from firstWait, unless configured otherwise, to longestWait; after a 429, only to
// throttledWait, because the pace slows all calls down already. A Retry-After counts, up to maxRetryAfter.
const (
	firstWait     = 500 * time.Millisecond
	throttledWait = time.Second
	longestWait   = 30 * time.Second
	maxRetryAfter = 2 * time.Minute
)

// isRetried tells whether a call is made again after an attempt. A 429 says that nothing was done, and so does a connection that was never
// made; after anything else, only what can be repeated without harm is.
func (c *Client) isRetried(ctx context.Context, state *call, err error) bool {
	if err == nil && !isTransient(state.resp.StatusCode) || isFinal(err) {
		return false
	}
	throttled := err == nil && state.resp.StatusCode == http.StatusTooManyRequests
	state.lost = state.lost || state.sent && !throttled
	switch {
	case state.once, isOver(ctx, state):
		return false
	case throttled:
		return true
	case state.creates && state.sent:
		return false
	}
	state.failures++
	return state.failures <= c.config.MaxRetries
}

// isTransient reports whether a later attempt may get another status.
func isTransient(status int) bool {
	return status == http.StatusTooManyRequests || status >= http.StatusInternalServerError && status != http.StatusNotImplemented
}

// backoff returns how long to wait before the next attempt: what the response asks for, or else a time that doubles with each
// attempt. Jitter spreads the calls out.
func backoff(least, most time.Duration, attempt int, resp *http.Response) time.Duration {
	if wait, asked := retryAfter(resp); asked {
		return wait + rand.N(least) //nolint:gosec // not a secret
	}
	if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
		most = throttledWait
	}
	wait := least
	for range attempt {
		wait = min(2*wait, most)
	}
	return wait/2 + rand.N(wait/2+1) //nolint:gosec // not a secret
}

// retryAfter returns how long a response asks to wait, at most maxRetryAfter, and whether it asks at all.
func retryAfter(resp *http.Response) (wait time.Duration, asked bool) {
	if resp == nil {
		return 0, false
	}
	header := resp.Header.Get("Retry-After")
	if date, err := http.ParseTime(header); err == nil {
		return min(max(time.Until(date), 0), maxRetryAfter), true
	}
	seconds, err := strconv.ParseInt(header, 10, 64)
	if err != nil || seconds < 0 {
		return 0, false
	}
	return time.Duration(min(seconds, int64(maxRetryAfter/time.Second))) * time.Second, true
}

// isOver tells whether the operation was interrupted, or is out of time.
func isOver(ctx context.Context, state *call) bool { return ctx.Err() != nil || state.stopped != nil }
