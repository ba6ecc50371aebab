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

// sleep waits, and returns an error if ctx ends before.
func sleep(ctx context.Context, wait time.Duration) error {
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// backoff returns how long to wait before the next attempt: until the response lets it begin, or else a time that doubles with each
// attempt. Jitter spreads the calls out. got is nil where there was no response.
func backoff(least, most time.Duration, attempt int, got *response) time.Duration {
	if got != nil && !got.retryAt.IsZero() {
		return max(time.Until(got.retryAt), 0) + rand.N(least) //nolint:gosec // not a secret
	}
	if got != nil && got.status == http.StatusTooManyRequests {
		most = throttledWait
	}
	wait := least
	for range attempt {
		wait = min(2*wait, most)
	}
	return wait/2 + rand.N(wait/2+1) //nolint:gosec // not a secret
}

// retryAfter returns when a Retry-After header lets the next attempt begin, in maxRetryAfter at the latest; the zero time where there is
// no such header.
func retryAfter(header string) time.Time {
	now := time.Now()
	if date, err := http.ParseTime(header); err == nil {
		return now.Add(min(max(date.Sub(now), 0), maxRetryAfter))
	}
	seconds, err := strconv.ParseInt(header, 10, 64)
	if err != nil || seconds < 0 {
		return time.Time{}
	}
	return now.Add(time.Duration(min(seconds, int64(maxRetryAfter/time.Second))) * time.Second)
}
