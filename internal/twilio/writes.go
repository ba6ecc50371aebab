package twilio

import (
	"strings"
	"sync"
	"time"
)

// writes remembers what a client wrote, for reads and lists that may not show it yet.
type writes struct {
	mu sync.Mutex
	// latest holds when each resource was last written, creations when each was found to be this client's, by SID. A deleted one is
	// not among the creations, but in gone.
	latest, creations map[string]time.Time
	gone              map[string]bool
	// filters holds the latest value that each is known to have got here of what lists can be narrowed by.
	filters map[string]string
	// adoptions holds those that were found after the response to their creation was lost.
	adoptions map[string]bool
}

// created notes that a resource is this client's own, new one; filter is what lists can be narrowed by.
func (w *writes) created(resourceSID string, filter *string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(resourceSID, filter)
	w.creations[resourceSID] = w.latest[resourceSID]
}

// adopted is created for a resource whose creation's response was lost. It reports whether it could be adopted: it can't when this
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

// updated notes an update; filter is nil if it gave none. Where it failed, what lists can be narrowed by may be either value.
func (w *writes) updated(resourceSID string, filter *string, done bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(resourceSID, filter)
	if !done && filter != nil {
		delete(w.filters, resourceSID)
	}
}

// deleting notes that a deletion begins. It reports whether it may: one that was adopted stays.
func (w *writes) deleting(resourceSID string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.adoptions[resourceSID] {
		return false
	}
	w.note(resourceSID, nil)
	return true
}

// deleted notes that a deletion ended, and whether the resource is gone.
func (w *writes) deleted(resourceSID string, gone bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(resourceSID, nil)
	if gone {
		delete(w.creations, resourceSID)
		w.gone[resourceSID] = true
	}
}

// note notes a write. The caller holds the lock.
func (w *writes) note(resourceSID string, filter *string) {
	if w.latest == nil {
		w.latest, w.creations = map[string]time.Time{}, map[string]time.Time{}
		w.filters, w.adoptions, w.gone = map[string]string{}, map[string]bool{}, map[string]bool{}
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

// mayShow reports whether a list narrowed by filter may show the resource; it may not if that got another value here.
func (w *writes) mayShow(resourceSID, filter string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, known := w.filters[resourceSID]
	return filter == "" || !known || strings.EqualFold(value, filter)
}

// isGone reports whether this client deleted the resource.
func (w *writes) isGone(resourceSID string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.gone[resourceSID]
}

// since lists the resources that were written within the last d. The value reports whether a list that shows it can be believed:
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
