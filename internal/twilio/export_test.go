package twilio

import (
	"net/http"
	"time"
)

// SetWait makes the waits between attempts short, for tests.
func (c *Client) SetWait(wait time.Duration) { c.config.RetryWait = wait }

// Backoff is how long a client waits after a response, nil for none.
func Backoff(least, most time.Duration, attempt int, resp *http.Response) time.Duration {
	if resp == nil {
		return backoff(least, most, attempt, nil)
	}
	return backoff(least, most, attempt, &response{status: resp.StatusCode, retryAt: retryAfter(resp.Header.Get("Retry-After"))})
}
