package provider

import (
	"context"
	"testing"
)

// A request's context is the one that was given while the request is served, whatever is derived from it, and holds nothing
// afterwards.
func TestRequestContext(t *testing.T) {
	type key struct{}
	given, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "held"))
	defer cancel()
	var kept, derived context.Context
	answer, err := during(given, "request", func(ctx context.Context, req string) (string, error) {
		kept = ctx
		var stop context.CancelFunc
		derived, stop = context.WithCancel(ctx)
		t.Cleanup(stop)
		if derived.Value(key{}) != "held" || derived.Err() != nil {
			t.Errorf("%v, %v", derived.Value(key{}), derived.Err())
		}
		if _, ok := derived.Deadline(); ok {
			t.Error("a deadline")
		}
		cancel()
		<-derived.Done()
		return req + " served", nil
	})
	if answer != "request served" || err != nil {
		t.Errorf("%q, %v", answer, err)
	}
	if kept.Value(key{}) != nil || derived.Value(key{}) != nil || kept.Err() == nil {
		t.Errorf("still holds %v", kept.Value(key{}))
	}
	<-kept.Done()
}
