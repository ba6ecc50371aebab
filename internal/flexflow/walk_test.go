package flexflow_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// TestWalk makes changes, drift, faults, lags and interruptions at random. After each run, every flow that a create made is in the
// state once, or an error spoke of it; nobody else's flow is touched; and nothing is written that was not planned. After each quiet
// run, a plan is empty, and the API, the state and the configuration say the same.
//
// A failing walk is made as short as possible, and printed, each action with what was drawn for it. -rapid.checks says how many walks
// there are, and -rapid.steps how long they are.
func TestWalk(t *testing.T) {
	var current atomicHandler
	server := httptest.NewServer(&current)
	defer server.Close()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWalk(t, rt, server.URL)
		defer w.api.Close()
		current.set(w)
		rt.Repeat(map[string]func(*rapid.T){
			"configure":    w.configure,
			"quiet run":    w.quietRun,
			"troubled run": w.troubledRun,
			"replace":      w.replace,
			"drift":        w.drift,
			"remove":       w.remove,
			"somebody":     w.somebody,
			"account":      w.otherAccount,
		})
		w.quietRun(rt)
	})
}

type atomicHandler struct {
	mu      sync.Mutex
	handler http.Handler
}

func (h *atomicHandler) set(handler http.Handler) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.handler = handler
}

func (h *atomicHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	handler := h.handler
	h.mu.Unlock()
	handler.ServeHTTP(w, r)
}

// A walk is an account, a configuration and a state.
type walk struct {
	t   *testing.T
	url string
	// silent tells that answers say nothing of the integration.
	silent bool
	// lagging tells that new flows are seen late.
	lagging bool
	// ahead is how far the API's clock is ahead. It jumps between runs, since what is made within one second can't be told apart.
	ahead *atomic.Int64
	api   *flexemulator.Server
	// config and state are by resource name.
	config map[string]map[string]any
	state  map[string]acctest.Instance
	// others are the flows of somebody else, as they have to stay.
	others map[string]flexemulator.Flow
	// onCall happens before a call is served; lists counts those since the last create.
	onCall func(r *http.Request)
	lists  int
}

func newWalk(t *testing.T, rt *rapid.T, url string) *walk {
	b := flexemulator.Behavior{
		Integration: rapid.SampledFrom([]flexemulator.IntegrationAnswer{
			flexemulator.IntegrationAsSent, flexemulator.IntegrationWithDefaults, flexemulator.IntegrationAllKeys, flexemulator.IntegrationForeignKeys, flexemulator.IntegrationNull,
		}).Draw(rt, "integration"),
		ReplaceIntegration: rapid.Bool().Draw(rt, "replaces"), EnabledByDefault: rapid.Bool().Draw(rt, "enabled by default"),
		EmptyIdentity: rapid.Bool().Draw(rt, "empty identity"), NullDateUpdated: rapid.Bool().Draw(rt, "null update date"),
		ReadLag: rapid.SampledFrom([]time.Duration{0, 0, 10 * time.Millisecond}).Draw(rt, "read lag"),
		ListLag: rapid.SampledFrom([]time.Duration{0, 0, time.Hour}).Draw(rt, "list lag"),
	}
	ahead := &atomic.Int64{}
	now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	api, err := flexemulator.New(flexemulator.Options{Behavior: b, Load: flexemulator.Load{Unchecked: true}, Now: now})
	if err != nil {
		rt.Fatal(err)
	}
	return &walk{t: t, url: url, silent: b.Integration == flexemulator.IntegrationNull, lagging: b.ReadLag > 0, ahead: ahead, api: api, config: map[string]map[string]any{}, state: map[string]acctest.Instance{}, others: map[string]flexemulator.Flow{}, onCall: func(*http.Request) {}}
}

func (w *walk) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.onCall(r)
	w.api.ServeHTTP(rw, r)
}

// run is a provider for one run of Terraform.
func (w *walk) run() *acctest.Core {
	w.ahead.Add(int64(3 * time.Second))
	return w.sameSecond()
}

// sameSecond is a run that begins in the second in which the last one ended.
func (w *walk) sameSecond() *acctest.Core {
	p := acctest.NewProtocol(w.t, provider.WithPropagationTime(40*time.Millisecond), provider.WithRetryWait(time.Millisecond), provider.WithTransport(http.DefaultTransport))
	if diags := p.Configure(map[string]any{
		"account_sid": flexemulator.AccountSID, "auth_token": flexemulator.AuthToken, "base_url": w.url, "request_timeout": "60ms", "max_retries": 2,
	}); len(diags) > 0 {
		w.t.Fatal(acctest.Describe(diags))
	}
	return newCore(p)
}

var walkNames = []string{"a", "b", "c"}

// configure changes the configuration of one resource, or takes it out.
func (w *walk) configure(rt *rapid.T) {
	name := rapid.SampledFrom(walkNames).Draw(rt, "resource")
	if rapid.IntRange(0, 4).Draw(rt, "there") == 0 {
		delete(w.config, name)
		return
	}
	// Names are few, so that flows are often alike.
	config := map[string]any{
		"friendly_name": rapid.SampledFrom([]string{"x", "y"}).Draw(rt, "name"), "chat_service_sid": chatServiceSID,
		"channel_type": rapid.SampledFrom([]string{"web", "sms"}).Draw(rt, "channel"),
	}
	if v := rapid.SampledFrom([]any{nil, "", "+15005550006"}).Draw(rt, "identity"); v != nil {
		config["contact_identity"] = v
	}
	if v := rapid.SampledFrom([]any{nil, true, false}).Draw(rt, "enabled"); v != nil {
		config["enabled"] = v
	}
	if v := rapid.SampledFrom([]any{nil, true}).Draw(rt, "long lived"); v != nil {
		config["long_lived"] = v
	}
	number := func(key string) map[string]any {
		block := map[string]any{}
		if v := rapid.SampledFrom([]any{nil, 0, 2}).Draw(rt, key); v != nil {
			block[key] = v
		}
		return block
	}
	switch kind := rapid.SampledFrom([]string{"none", "studio", "external", "task"}).Draw(rt, "type"); kind {
	case "studio":
		config["integration_type"], config["integration"] = kind, with(number("retry_count"), "flow_sid", studioFlowSID)
	case "external":
		config["integration_type"], config["integration"] = kind, with(number("retry_count"), "url", "https://example.com")
	case "task":
		config["integration_type"] = kind
		config["integration"] = with(with(number("priority"), "workspace_sid", workspaceSID), "workflow_sid", workflowSID)
	}
	w.config[name] = config
}

func with(m map[string]any, key string, value any) map[string]any {
	all := map[string]any{key: value}
	for k, v := range m {
		if k != key {
			all[k] = v
		}
	}
	return all
}

// otherAccount reads a flow that the state has in another account, and that is not in this one.
func (w *walk) otherAccount(rt *rapid.T) {
	c := w.run()
	const other = "AC11111111111111111111111111111111"
	elsewhere := c.Value(c.Schemas.ResourceSchemas[typeName], map[string]any{"sid": "FO" + strings.Repeat("e", 32), "account_sid": other})
	if read, text := c.Refresh(acctest.Instance{Value: c.Static(&elsewhere)}); !read.Value.IsNull() || !strings.Contains(text, other) {
		rt.Fatalf("a flow of another account: %s", text)
	}
}

// somebody makes flows that are alike, at another time.
func (w *walk) somebody(rt *rapid.T) {
	w.rival(rapid.SampledFrom([]string{"x", "y"}).Draw(rt, "name"), time.Now().Add(-time.Hour).Truncate(time.Second))
}

func (w *walk) calm() {
	w.onCall = func(*http.Request) {}
	_ = w.api.SetFaults()
}

func (w *walk) value(c *acctest.Core, name string) tftypes.Value {
	dynamic := c.Value(c.Schemas.ResourceSchemas[typeName], w.config[name])
	return c.Static(&dynamic)
}

// converge brings one resource to its configuration: a plan in one run, its apply in the next, as Terraform's processes do.
func (w *walk) converge(ctx context.Context, rt *rapid.T, name string, troubled bool) string {
	c := w.run()
	prior, exists := w.state[name]
	if !exists {
		prior = c.Absent()
	}
	prior, text := c.Refresh(prior)
	w.state[name] = prior
	if strings.Contains(text, "ERROR") {
		return text
	}
	if w.config[name] == nil {
		if prior.Value.IsNull() {
			return ""
		}
		w.state[name], text = w.run().Destroy(ctx, prior)
		return text
	}
	config := w.value(c, name)
	plan, changes, text := c.Plan(prior, config)
	if strings.Contains(text, "ERROR") {
		rt.Fatalf("a plan of %s: %s", name, text)
	}
	if !changes {
		return ""
	}
	w.api.ResetRequests()
	w.state[name], text = w.run().Apply(ctx, prior, config, plan)
	if strings.Contains(text, "core:") {
		rt.Fatalf("%s: %s", name, text)
	}
	writes := 0
	for _, r := range w.api.Requests() {
		if r.Method != http.MethodGet {
			writes++
		}
	}
	if !troubled && writes > 1 {
		rt.Fatalf("%s: %d writes", name, writes)
	}
	return text
}

// replace replaces a resource, its successor first, with an answer that is lost.
func (w *walk) replace(rt *rapid.T) {
	name := rapid.SampledFrom(walkNames).Draw(rt, "resource")
	old, exists := w.state[name]
	if !exists || old.Value.IsNull() || w.config[name] == nil {
		rt.Skip("nothing to replace")
	}
	fault := rapid.SampledFrom([]flexemulator.Fault{
		{Kind: flexemulator.FaultStatus, Status: 503}, {Kind: flexemulator.FaultReset, AfterWork: true}, {Kind: flexemulator.FaultStatus, Status: 429},
	}).Draw(rt, "fault")
	fault.Method, fault.Nth = http.MethodPost, 1
	if err := w.api.SetFaults(fault); err != nil {
		rt.Fatal(err)
	}
	c := w.sameSecond()
	if !rapid.Bool().Draw(rt, "at once") || w.alike(name) {
		c = w.run()
	}
	config := w.value(c, name)
	plan, _, text := c.Plan(c.Absent(), config)
	if strings.Contains(text, "ERROR") {
		rt.Fatal(text)
	}
	created, text := c.Apply(context.Background(), c.Absent(), config, plan)
	w.calm()
	if strings.Contains(text, "ERROR") {
		w.account(rt, text, name) // Terraform keeps the old one
		return
	}
	w.state[name] = created
	if left, text := c.Destroy(context.Background(), old); !left.Value.IsNull() || strings.Contains(text, "ERROR") {
		rt.Fatalf("the replaced %s is left: %s", name, text)
	}
	w.account(rt, "", name)
}

// alike tells whether there may be another flow of the name.
func (w *walk) alike(name string) bool {
	sids := slices.DeleteFunc(w.api.Flows(), func(f flexemulator.Flow) bool { return f.FriendlyName != w.config[name]["friendly_name"] })
	return len(sids) > 1
}

// drift changes a flow behind Terraform's back.
func (w *walk) drift(rt *rapid.T) {
	sid := w.state[rapid.SampledFrom(walkNames).Draw(rt, "resource")].SID()
	attributes := []string{"enabled", "name", "retry count"}
	if w.silent {
		attributes = attributes[:2] // nobody could see the third
	}
	change := rapid.SampledFrom(attributes).Draw(rt, "attribute")
	w.api.Change(sid, func(f *flexemulator.Flow) {
		switch change {
		case "enabled":
			f.Enabled = !f.Enabled
		case "name":
			f.FriendlyName = "drifted"
		case "retry count":
			if f.IntegrationType != nil && *f.IntegrationType == "studio" {
				f.Integration = with(f.Integration, "retry_count", int64(1))
			}
		}
	})
}

// remove deletes a flow behind Terraform's back.
func (w *walk) remove(rt *rapid.T) {
	w.api.Remove(w.state[rapid.SampledFrom(walkNames).Draw(rt, "resource")].SID())
}
