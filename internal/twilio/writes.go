package twilio

import (
	"strings"
	"sync"
	"time"
)

// writes remembers what a client wrote, for reads and lists that may not show it yet.
type writes struct {
	mu  sync.Mutex
	all map[string]written // by SID
}

// A written is what is known of a resource that was written.
type written struct {
	// at is when the resource was last written, and created when it was found to be this client's; zero if it was not, or was deleted.
	at, created time.Time
	// adopted means that it was found after the response to its creation was lost, and gone that it was deleted.
	adopted, gone bool
	// filter is the latest value that it is known to have got here of what lists can be narrowed by, nil for none.
	filter *string
}

// of returns what is known of a resource, the zero value if it was not written.
func (w *writes) of(resourceSID string) written {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.all[resourceSID]
}

// note notes a write, unless change returns false.
func (w *writes) note(resourceSID string, change func(r *written, now time.Time) bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	r, now := w.all[resourceSID], time.Now()
	if !change(&r, now) {
		return false
	}
	r.at = now
	if w.all == nil {
		w.all = map[string]written{}
	}
	w.all[resourceSID] = r
	return true
}

// created notes that a resource is this client's own, new one.
func (w *writes) created(resourceSID string, filter *string) {
	w.note(resourceSID, func(r *written, now time.Time) bool {
		r.created, r.filter = now, filter
		return true
	})
}

// adopted is created for a resource whose creation's response was lost. It reports whether it could be adopted: it can't when this
// client has written it before.
func (w *writes) adopted(resourceSID string, filter *string) bool {
	return w.note(resourceSID, func(r *written, now time.Time) bool {
		if !r.at.IsZero() {
			return false
		}
		r.created, r.adopted, r.filter = now, true, filter
		return true
	})
}

// updated notes an update. Where it failed, what lists can be narrowed by may be either value.
func (w *writes) updated(resourceSID string, filter *string, done bool) {
	w.note(resourceSID, func(r *written, _ time.Time) bool {
		switch {
		case filter != nil && done:
			r.filter = filter
		case filter != nil:
			r.filter = nil
		}
		return true
	})
}

// deleting notes that a deletion begins. It reports whether it may: one that was adopted stays.
func (w *writes) deleting(resourceSID string) bool {
	return w.note(resourceSID, func(r *written, _ time.Time) bool { return !r.adopted })
}

// deleted notes that a deletion ended, and whether the resource is gone.
func (w *writes) deleted(resourceSID string, gone bool) {
	w.note(resourceSID, func(r *written, _ time.Time) bool {
		if gone {
			r.created, r.gone = time.Time{}, true
		}
		return true
	})
}

// mayBeShown reports whether a list narrowed by filter may show the resource; it may not if that got another value here.
func (r written) mayBeShown(filter string) bool {
	return filter == "" || r.filter == nil || strings.EqualFold(*r.filter, filter)
}

// since returns the resources that were written within the last d.
func (w *writes) since(d time.Duration) map[string]written {
	w.mu.Lock()
	defer w.mu.Unlock()
	recent := map[string]written{}
	for resourceSID, r := range w.all {
		if time.Since(r.at) < d {
			recent[resourceSID] = r
		}
	}
	return recent
}
