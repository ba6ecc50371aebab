package twilio

import (
	"sync"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

// clockError is by how much the date of a resource may be before the attempt that created it: APIs round dates, and the clock of the
// Date header need not be the one that dates resources.
const clockError = 5 * time.Second

// A clock knows the API's time, as far as the dates of its responses tell, which are in whole seconds: each one narrows down how far
// the API's clock is ahead of this machine's. The zero value knows nothing yet.
type clock struct {
	mu    sync.Mutex
	known bool
	// The API's clock is ahead by least or more, and by less than most.
	least, most time.Duration
}

// observe takes in an attempt whose response carries a date.
func (c *clock) observe(a *attempt) {
	if a.response.date.IsZero() {
		return
	}
	least, most := a.response.date.Sub(a.ended), a.response.date.Add(time.Second).Sub(a.began)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known && least < c.most && c.least < most {
		least, most = max(least, c.least), min(most, c.most)
	} // else a clock was set meanwhile, and only the latest response counts
	c.known, c.least, c.most = true, least, most
}

// second returns the earliest and the latest second that the API's clock may have shown at a time of this machine's, and false where
// no response told.
func (c *clock) second(local time.Time) (earliest, latest time.Time, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return local.Add(c.least).Truncate(time.Second), local.Add(c.most).Truncate(time.Second), c.known
}

// compareDate compares the time of an attempt with the second in which the API says that it created a resource. late means that the
// resource was not listed right after the attempt.
//
// A resource that was created after the attempt may still be its work: a connection breaks, and the API goes on.
func (c *clock) compareDate(a *attempt, created time.Time, late bool) compare.Outcome {
	first, _, known := c.second(a.began)
	ended, last, _ := c.second(a.ended)
	if a.response != nil && !a.response.date.IsZero() {
		ended, last = a.response.date, a.response.date
	}
	switch {
	case !known:
		return compare.Unclear
	case created.Before(first.Add(-clockError)):
		return compare.Different
	case created.Before(first), created.After(last):
		return compare.Unclear
	case !late, created.Before(ended):
		return compare.Same
	}
	return compare.Unclear // it may have been created in the same second, but after the attempt
}
