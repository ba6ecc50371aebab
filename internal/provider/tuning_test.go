package provider

import (
	"context"
	"os"
	"runtime/debug"
	"testing"
)

// A request's context, and whatever is derived from it, is the given one while the request is served, and holds nothing afterwards.
func TestRequestContext(t *testing.T) {
	type key struct{}
	given, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "held"))
	defer cancel()
	var kept, derived context.Context
	response, err := during(given, "request", func(ctx context.Context, req string) (string, error) {
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
	if response != "request served" || err != nil {
		t.Errorf("%q, %v", response, err)
	}
	if kept.Value(key{}) != nil || derived.Value(key{}) != nil || kept.Err() == nil {
		t.Errorf("still holds %v", kept.Value(key{}))
	}
	<-kept.Done()
}

func TestDisableUnusedLogs(t *testing.T) {
	const sdk, own = "TF_LOG_SDK", "TF_LOG_PROVIDER_TWILIO"
	for name, c := range map[string]struct {
		set, want map[string]string
	}{
		"nothing is shown":        {nil, map[string]string{sdk: "off", own: "off"}},
		"Terraform's log":         {map[string]string{"TF_LOG": "debug"}, map[string]string{sdk: "", own: ""}},
		"the log of providers":    {map[string]string{"TF_LOG_PROVIDER": "warn"}, map[string]string{sdk: "", own: ""}},
		"the log of core alone":   {map[string]string{"TF_LOG_CORE": "trace"}, map[string]string{sdk: "off", own: "off"}},
		"one of them set by hand": {map[string]string{own: "trace"}, map[string]string{sdk: "off", own: "trace"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_CORE", sdk, own} {
				t.Setenv(variable, c.set[variable])
			}
			DisableUnusedLogs()
			for variable, want := range c.want {
				if got := os.Getenv(variable); got != want {
					t.Errorf("%s is %q, want %q", variable, got, want)
				}
			}
		})
	}
}

func TestRelaxGC(t *testing.T) {
	for gogc, want := range map[string]int{"": gcPercent, "50": 50, "off": 50} { // the runtime has read GOGC, here 50, at its start
		t.Run("GOGC="+gogc, func(t *testing.T) {
			before := debug.SetGCPercent(50)
			t.Setenv("GOGC", gogc)
			RelaxGC()
			if got := debug.SetGCPercent(before); got != want {
				t.Errorf("%d, want %d", got, want)
			}
		})
	}
}
