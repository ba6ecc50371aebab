package twilio

import (
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
