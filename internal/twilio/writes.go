package twilio

import (
	"sync"
	"time"
)

// writes remembers what a client wrote, for reads and lists that may not show it yet.
type writes struct {
	mu sync.Mutex
	// latest holds when each flow was last written, created when each was found to be this client's, by SID. A deleted flow is
	// not among those created.
	latest, created map[string]time.Time
}

func (w *writes) note(flowSID string, created, deleted bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.latest == nil {
		w.latest, w.created = map[string]time.Time{}, map[string]time.Time{}
	}
	now := time.Now()
	w.latest[flowSID] = now
	if created {
		w.created[flowSID] = now
	}
	if deleted {
		delete(w.created, flowSID)
	}
}

// at is when the flow was last written, the zero time if it was not.
func (w *writes) at(flowSID string) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.latest[flowSID]
}

// sinceCreated is the time since the flow was created; more than a century if it was not, or was deleted.
func (w *writes) sinceCreated(flowSID string) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Since(w.created[flowSID])
}

// since lists the flows that were written within the last d. The value tells whether a list that shows the flow can be believed:
// nothing was done to it but its creation.
func (w *writes) since(d time.Duration) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	recent := map[string]bool{}
	for flowSID, at := range w.latest {
		if time.Since(at) < d {
			recent[flowSID] = at.Equal(w.created[flowSID])
		}
	}
	return recent
}
