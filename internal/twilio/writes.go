package twilio

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// writes remembers what a client wrote, for reads and lists that may not show it yet.
type writes struct {
	mu sync.Mutex
	// latest holds when each resource was last written, creations when each was found to be this client's, by SID. A deleted one is
	// not among the creations.
	latest, creations map[string]time.Time
	// filters holds the latest value that each is known to have got here of what lists can be narrowed by.
	filters map[string]string
	// adoptions holds those that were found after the response to their creation was lost.
	adoptions map[string]bool
}

// created takes down that a resource is this client's own, new one; filter is what lists can be narrowed by.
func (w *writes) created(resourceSID string, filter *string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(resourceSID, filter)
	w.creations[resourceSID] = w.latest[resourceSID]
}

// adopted is created for a resource whose creation's response was lost. It tells whether it could be adopted: it can't when this
// client has written it before.
func (w *writes) adopted(resourceSID string, filter *string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.latest[resourceSID].IsZero() {
		return false
	}
	w.note(resourceSID, filter)
	w.creations[resourceSID], w.adoptions[resourceSID] = w.latest[resourceSID], true
	return true
}

// updated takes down an update; filter is nil if it gave none.
func (w *writes) updated(resourceSID string, filter *string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(resourceSID, filter)
}

// deleting takes down that a deletion begins. It tells whether it may: one that was adopted stays.
func (w *writes) deleting(resourceSID string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.adoptions[resourceSID] {
		return false
	}
	w.note(resourceSID, nil)
	return true
}

// deleted takes down that a deletion ended, and whether the resource is gone.
func (w *writes) deleted(resourceSID string, gone bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(resourceSID, nil)
	if gone {
		delete(w.creations, resourceSID)
	}
}

// note takes a write down. The caller holds the lock.
func (w *writes) note(resourceSID string, filter *string) {
	if w.latest == nil {
		w.latest, w.creations = map[string]time.Time{}, map[string]time.Time{}
		w.filters, w.adoptions = map[string]string{}, map[string]bool{}
	}
	w.latest[resourceSID] = time.Now()
	if filter != nil {
		w.filters[resourceSID] = *filter
	}
}

// at is when the resource was last written, the zero time if it was not.
func (w *writes) at(resourceSID string) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.latest[resourceSID]
}

// sinceCreated is the time since the resource was created; more than a century if it was not, or was deleted.
func (w *writes) sinceCreated(resourceSID string) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Since(w.creations[resourceSID])
}

// mayShow tells whether a list narrowed by filter may show the resource; it may not if that got another value here.
func (w *writes) mayShow(resourceSID, filter string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, known := w.filters[resourceSID]
	return filter == "" || !known || strings.EqualFold(value, filter)
}

// since lists the resources that were written within the last d. The value tells whether a list that shows it can be believed:
// nothing was done to it but its creation.
func (w *writes) since(d time.Duration) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	recent := map[string]bool{}
	for resourceSID, at := range w.latest {
		if time.Since(at) < d {
			recent[resourceSID] = at.Equal(w.creations[resourceSID])
		}
	}
	return recent
}

// RetryNotFound makes a call, and again for as long as it finds nothing though the resource was created only just now: Twilio's APIs
// may take some seconds, at most the client's propagation time, until what one call made is seen by the next. age is the time since the
// creation.
func (c *Client) RetryNotFound(ctx context.Context, age time.Duration, call func() error) error {
	start := time.Now()
	deadline := start.Add(c.config.PropagationTime - min(age, c.config.PropagationTime))
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		left := time.Until(deadline) // when the call begins: it may take longer than that
		err := call()
		if !IsNotFound(err) || left <= 0 {
			return err
		}
		select {
		case <-time.After(min(wait, left)):
		case <-ctx.Done():
			return fmt.Errorf("the %s, created %s ago, is not there yet (%s)", c.name(), (age + time.Since(start)).Round(time.Second), stopped(ctx))
		}
	}
}

// FetchNew is [Client.Fetch], but asks again for as long as a resource that this client created may not be seen yet.
func (c *Client) FetchNew(ctx context.Context, resourceSID string) (object *Object, err error) {
	err = c.RetryNotFound(ctx, c.writes.sinceCreated(resourceSID), func() error {
		object, err = c.Fetch(ctx, resourceSID)
		return err
	})
	return object, err
}
