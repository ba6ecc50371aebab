package twilio

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// writes remembers what a client wrote, for reads and lists that may not show it yet.
type writes struct {
	mu sync.Mutex
	// latest holds when each flow was last written, creations when each was found to be this client's, by SID. A deleted flow is
	// not among the creations.
	latest, creations map[string]time.Time
	// names holds the latest name that each flow is known to have got here.
	names map[string]string
	// adoptions holds the flows that were found after the response to their creation was lost.
	adoptions map[string]bool
}

// created takes down that a flow with the name is this client's own, new one.
func (w *writes) created(flowSID string, name *string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(flowSID, name)
	w.creations[flowSID] = w.latest[flowSID]
}

// adopted is created for a flow whose creation's response was lost. It tells whether the flow could be adopted: it can't when this
// client has written it before.
func (w *writes) adopted(flowSID string, name *string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.latest[flowSID].IsZero() {
		return false
	}
	w.note(flowSID, name)
	w.creations[flowSID], w.adoptions[flowSID] = w.latest[flowSID], true
	return true
}

// updated takes down an update; name is nil if it gave none.
func (w *writes) updated(flowSID string, name *string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(flowSID, name)
}

// deleting takes down that a deletion begins. It tells whether it may: a flow that was adopted stays.
func (w *writes) deleting(flowSID string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.adoptions[flowSID] {
		return false
	}
	w.note(flowSID, nil)
	return true
}

// deleted takes down that a deletion ended, and whether the flow is gone.
func (w *writes) deleted(flowSID string, gone bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.note(flowSID, nil)
	if gone {
		delete(w.creations, flowSID)
	}
}

// note takes a write down. The caller holds the lock.
func (w *writes) note(flowSID string, name *string) {
	if w.latest == nil {
		w.latest, w.creations = map[string]time.Time{}, map[string]time.Time{}
		w.names, w.adoptions = map[string]string{}, map[string]bool{}
	}
	w.latest[flowSID] = time.Now()
	if name != nil {
		w.names[flowSID] = *name
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
	return time.Since(w.creations[flowSID])
}

// isNamed tells whether the flow may have the name; it has not if it got another one here. Every flow has the empty one.
func (w *writes) isNamed(flowSID, friendlyName string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	name, known := w.names[flowSID]
	return friendlyName == "" || !known || name == friendlyName
}

// since lists the flows that were written within the last d. The value tells whether a list that shows the flow can be believed:
// nothing was done to it but its creation.
func (w *writes) since(d time.Duration) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	recent := map[string]bool{}
	for flowSID, at := range w.latest {
		if time.Since(at) < d {
			recent[flowSID] = at.Equal(w.creations[flowSID])
		}
	}
	return recent
}

// WhileSettling makes a call, and again for as long as it finds nothing though the flow was created only just now: Twilio's APIs
// may take some seconds, at most the client's settle time, until what one call made is seen by the next. age is the time since the
// creation.
func (c *Client) WhileSettling(ctx context.Context, age time.Duration, call func() error) error {
	start := time.Now()
	deadline := start.Add(c.config.SettleTime - min(age, c.config.SettleTime))
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		left := time.Until(deadline) // when the call begins: it may take longer than that
		err := call()
		if !IsNotFound(err) || left <= 0 {
			return err
		}
		select {
		case <-time.After(min(wait, left)):
		case <-ctx.Done():
			return fmt.Errorf("the Flex Flow, created %s ago, is not there yet (%s)", (age + time.Since(start)).Round(time.Second), stopped(ctx))
		}
	}
}

// FetchSettled is [Client.FetchFlexFlow], but asks again for as long as a flow that this client created may not be seen yet.
func (c *Client) FetchSettled(ctx context.Context, flowSID string) (flow *FlexFlow, err error) {
	err = c.WhileSettling(ctx, c.writes.sinceCreated(flowSID), func() error {
		flow, err = c.FetchFlexFlow(ctx, flowSID)
		return err
	})
	return flow, err
}
