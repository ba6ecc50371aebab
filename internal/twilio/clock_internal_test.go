package twilio

import (
	"testing"
	"time"
)

// Each response narrows down how far the API's clock is ahead; one that can't be true with the others means that a clock was set.
func TestClock(t *testing.T) {
	second := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	at := func(local, ahead time.Duration) *attempt {
		began := second.Add(local)
		return &attempt{began: began, ended: began.Add(100 * time.Millisecond), response: &response{date: began.Add(ahead).Truncate(time.Second)}}
	}
	var c clock
	if _, _, known := c.second(second); known {
		t.Error("something is known before any response")
	}
	c.observe(at(0, 0))
	c.observe(at(900*time.Millisecond, 0))
	if earliest, latest, known := c.second(second.Add(500 * time.Millisecond)); !known || !earliest.Equal(second) || !latest.Equal(second) {
		t.Errorf("from %s to %s", earliest, latest)
	}
	c.observe(at(2*time.Second, time.Hour))
	if earliest, latest, _ := c.second(second); earliest.Before(second.Add(time.Hour-2*time.Second)) || latest.After(second.Add(time.Hour+2*time.Second)) {
		t.Errorf("after the clock was set: from %s to %s", earliest, latest)
	}
}
