package twilio

import (
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// The waits between attempts at a call grow from the first, unless configured otherwise, to the second. A Retry-After counts, up to the
// third.
const (
	firstWait     = 500 * time.Millisecond
	longestWait   = 30 * time.Second
	maxRetryAfter = 2 * time.Minute
)

// backoff is how long to wait before the next attempt: exponential with jitter, or what the answer asks for.
func backoff(least, most time.Duration, attempt int, resp *http.Response) time.Duration {
	if wait, asked := retryAfter(resp); asked {
		return wait + rand.N(least) //nolint:gosec // spreads calls out
	}
	wait := retryablehttp.DefaultBackoff(least, most, attempt, nil)
	return wait/2 + rand.N(wait/2+1) //nolint:gosec // spreads calls out
}

// retryAfter is how long an answer asks to wait, at most maxRetryAfter, and whether it asks at all.
func retryAfter(resp *http.Response) (wait time.Duration, asked bool) {
	const unasked = time.Nanosecond // no answer asks for that
	if resp == nil || resp.Header.Get("Retry-After") == "" {
		return 0, false
	}
	wait = retryablehttp.DefaultBackoff(unasked, unasked, 0, resp)
	if wait < 0 || wait > maxRetryAfter {
		wait = maxRetryAfter
	}
	return wait, wait != unasked
}
