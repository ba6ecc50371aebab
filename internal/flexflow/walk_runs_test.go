package flexflow_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// quietRun plans and applies without faults, and checks that nothing is left to do.
func (w *walk) quietRun(rt *rapid.T) {
	w.calm()
	for _, name := range walkNames {
		if text := w.converge(context.Background(), rt, name, false); strings.Contains(text, "ERROR") {
			rt.Fatalf("a quiet run of %s: %s", name, text)
		}
	}
	w.account(rt, "", "")
	c := w.run()
	w.api.ResetRequests()
	for _, name := range walkNames {
		read, text := c.Refresh(w.state[name])
		if config := w.config[name]; config == nil {
			if !read.Value.IsNull() && read.Value.Type() != nil {
				rt.Fatalf("%s is still there", name)
			}
			continue
		}
		if text != "" || !read.Value.Equal(w.state[name].Value) {
			rt.Fatalf("%s: a refresh after a quiet run gives %s%s instead of %s", name, text, read.Value, w.state[name].Value)
		}
		if _, changes, text := c.Plan(read, w.value(c, name)); changes || text != "" {
			rt.Fatalf("%s: a plan after a quiet run has changes: %s", name, text)
		}
		w.compare(rt, name)
	}
	for _, r := range w.api.Requests() {
		if r.Method != http.MethodGet {
			rt.Fatalf("an empty plan made %s %s", r.Method, r.Path)
		}
	}
}

// troubledRun is a run with faults, or an interruption.
func (w *walk) troubledRun(rt *rapid.T) {
	var faults []flexemulator.Fault
	for range rapid.IntRange(1, 3).Draw(rt, "faults") {
		f := rapid.SampledFrom([]flexemulator.Fault{
			{Kind: flexemulator.FaultStatus, Status: 503},
			{Kind: flexemulator.FaultStatus, Status: 503, AfterWork: true},
			{Kind: flexemulator.FaultStatus, Status: 500, HTML: true, AfterWork: true},
			{Kind: flexemulator.FaultStatus, Status: 429},
			{Kind: flexemulator.FaultStatus, Status: 403},
			{Kind: flexemulator.FaultReset},
			{Kind: flexemulator.FaultReset, AfterWork: true},
			{Kind: flexemulator.FaultTruncate},
			{Kind: flexemulator.FaultHang},
			{Kind: flexemulator.FaultHang, AfterWork: true},
			{Kind: flexemulator.FaultFields, Fields: map[string]any{"enabled": "maybe", "integration": map[string]any{"retry_count": []any{}, "priority": "high"}}},
			{Kind: flexemulator.FaultFields, Fields: map[string]any{"integration": []any{}}},
		}).Draw(rt, "fault")
		f.Method = rapid.SampledFrom([]string{http.MethodPost, http.MethodPost, http.MethodGet, http.MethodDelete}).Draw(rt, "method")
		if f.Method == http.MethodGet {
			f.Path = rapid.SampledFrom([]string{"/v1/FlexFlows", "/v1/FlexFlows/*"}).Draw(rt, "path")
		}
		f.Nth, f.Count = rapid.IntRange(1, 3).Draw(rt, "nth"), rapid.SampledFrom([]int{1, 1, 100}).Draw(rt, "count")
		if f.Status == http.StatusTooManyRequests {
			f.Count = 1 // it is waited out, for minutes if need be
		}
		if f.Count > 1 {
			f.Every = 1
		}
		faults = append(faults, f)
	}
	if err := w.api.SetFaults(faults...); err != nil {
		rt.Fatal(err)
	}
	// After a time-out, Twilio may still be at it, so that nobody can tell a rival's flow from it.
	if !slices.ContainsFunc(faults, func(f flexemulator.Fault) bool { return f.Kind == flexemulator.FaultHang }) {
		w.disturb(rt)
	}
	for _, name := range rapid.Permutation(walkNames).Draw(rt, "order") {
		ctx, cancel := context.WithCancel(context.Background())
		if rapid.IntRange(0, 3).Draw(rt, "interrupted") == 0 {
			before := w.onCall
			w.onCall = func(r *http.Request) {
				before(r)
				if r.Method != http.MethodGet {
					cancel()
				}
			}
		}
		text := w.converge(ctx, rt, name, true)
		cancel()
		w.account(rt, text, name)
	}
	w.calm()
}

// disturb lets somebody else make a flow that is alike while one is looked for. Not where reads lag: what somebody made between two attempts,
// within the second in which the later one began, may be seen only after that, and dates in whole seconds can't tell it apart.
func (w *walk) disturb(rt *rapid.T) {
	if rival := rapid.Bool().Draw(rt, "rival"); !rival || w.lagging {
		return
	}
	w.onCall = func(r *http.Request) {
		switch {
		case r.Method == http.MethodPost && r.URL.Path == "/v1/FlexFlows":
			w.lists = 0
		case r.Method == http.MethodGet && r.URL.Path == "/v1/FlexFlows" && r.URL.Query().Has("FriendlyName"):
			if w.lists++; w.lists == 2 {
				w.rival(r.URL.Query().Get("FriendlyName"), time.Time{})
			}
		}
	}
}

// rival adds a flow of somebody else that is alike to one that is configured.
func (w *walk) rival(friendlyName string, made time.Time) {
	for _, config := range w.config {
		if config["friendly_name"] != friendlyName {
			continue
		}
		f := flexemulator.Flow{FriendlyName: friendlyName, ChatServiceSID: chatServiceSID, ChannelType: config["channel_type"].(string), DateCreated: made}
		f.ContactIdentity, _ = config["contact_identity"].(string)
		f.Enabled, _ = config["enabled"].(bool)
		f.LongLived, _ = config["long_lived"].(bool)
		if kind, ok := config["integration_type"].(string); ok {
			f.IntegrationType = &kind
			f.Integration, _ = config["integration"].(map[string]any)
		}
		f = w.api.Add(f)
		w.others[f.SID] = f
		return
	}
}
