package twilio

import "time"

// SetWait makes the waits between attempts short, for tests.
func (c *Client) SetWait(wait time.Duration) { c.config.RetryWait = wait }

// Backoff is how long a client waits.
var Backoff = backoff
