package twilio

import (
	"sync"
	"time"
)

// A clock knows the API's time, as far as the dates of its responses tell, which are in whole seconds: each one narrows down how far
// the API's clock is ahead of this machine's. The zero value knows nothing yet.
type clock struct {
	mu    sync.Mutex
	known bool
	// The API's clock is ahead by least or more, and by less than most.
	least, most time.Duration
}

// observe takes in an attempt whose response carries a date.
func (c *clock) observe(a attempt) {
	if a.date.IsZero() {
		return
	}
	least, most := a.date.Sub(a.ended), a.date.Add(time.Second).Sub(a.began)
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

// An attempt is when an attempt at a call was made.
type attempt struct {
	began, ended time.Time
	// date is when the response was made by the API's clock, zero where it does not tell.
	date time.Time
	// open tells that the API may still be doing what was asked for when the attempt has ended.
	open bool
}

// made tells how likely it is that the attempt made what the API says was created in the given second. late tells that it was not
// there yet right after the attempt.
func (a attempt) made(created time.Time, late bool, c *clock) likelihood {
	first, _, known := c.second(a.began)
	ended, last, _ := c.second(a.ended)
	if !a.date.IsZero() {
		ended, last = a.date, a.date
	}
	switch {
	case !known:
		return perhaps
	case created.Before(first), !a.open && created.After(last):
		return no
	case a.open, !late, created.Before(ended):
		return likely
	}
	return perhaps // it may have been made in the same second, but after the attempt
}

// likelihood is how likely it is that an attempt made a resource.
type likelihood int

const (
	no likelihood = iota
	perhaps
	likely
)
