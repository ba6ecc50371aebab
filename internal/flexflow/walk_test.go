package flexflow_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
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
	p := acctest.NewProtocol(w.t, provider.WithSettleTime(40*time.Millisecond), provider.WithRetryWait(time.Millisecond), provider.WithTransport(http.DefaultTransport))
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

// disturb lets somebody else make a flow that is alike while one is looked for.
func (w *walk) disturb(rt *rapid.T) {
	if !rapid.Bool().Draw(rt, "rival") {
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

var anySID = regexp.MustCompile(`FO[0-9a-f]{32}`)

// account checks that every flow is in the state once, or somebody else's and untouched. One that an error spoke of is looked after, as
// the error asks: it is imported by the resource whose error it was, or deleted where that has one.
func (w *walk) account(rt *rapid.T, text, name string) {
	owners := map[string]string{}
	for name, i := range w.state {
		sid := i.SID()
		if other, twice := owners[sid]; twice && sid != "" {
			rt.Fatalf("%s and %s share %s", name, other, sid)
		}
		owners[sid] = name
		if _, another := w.others[sid]; another {
			rt.Fatalf("%s has %s, which is somebody else's", name, sid)
		}
	}
	left := maps.Clone(w.others)
	named, said := anySID.FindAllString(text, -1), text
	for _, f := range w.api.Flows() {
		if other, ok := left[f.SID]; ok {
			if !reflect.DeepEqual(f, other) {
				rt.Fatalf("somebody else's %s was changed: %+v", f.SID, f)
			}
			delete(left, f.SID)
			continue
		}
		if _, known := owners[f.SID]; known {
			continue
		}
		// Only where lists failed too, or showed the flow too late for an interrupted search.
		excused := strings.Contains(said, "but that failed too") || w.lagging && strings.Contains(said, "had not shown up by then")
		if !slices.Contains(named, f.SID) && !excused {
			rt.Fatalf("%s is lost, and nobody said so: %s", f, said)
		}
		if w.config[name] != nil && w.state[name].SID() == "" {
			w.calm()                        // the rest of the run is a quiet one
			w.ahead.Add(int64(time.Second)) // past what reads lag
			if w.state[name], text = w.run().Import(f.SID); text != "" {
				rt.Fatalf("an import of %s: %s", f, text)
			}
			owners[f.SID] = name
			continue
		}
		w.api.Remove(f.SID)
	}
	if len(left) > 0 {
		rt.Fatalf("somebody else's flows were deleted: %v", left)
	}
}

// compare checks that the API holds what the configuration says.
func (w *walk) compare(rt *rapid.T, name string) {
	sid, config := w.state[name].SID(), w.config[name]
	i := slices.IndexFunc(w.api.Flows(), func(f flexemulator.Flow) bool { return f.SID == sid })
	if i < 0 {
		rt.Fatalf("%s: %s is not there", name, sid)
	}
	f := w.api.Flows()[i]
	has := map[string]any{
		"friendly_name": f.FriendlyName, "channel_type": f.ChannelType, "contact_identity": f.ContactIdentity, "enabled": f.Enabled, "long_lived": f.LongLived,
	}
	for argument, value := range has {
		if wanted, set := config[argument]; set && wanted != value {
			rt.Fatalf("%s: %s is %v in Twilio, and %v in the configuration", name, argument, value, wanted)
		}
	}
	block, _ := config["integration"].(map[string]any)
	for key, wanted := range block {
		if got := f.Integration[key]; fmt.Sprint(got) != fmt.Sprint(wanted) {
			rt.Fatalf("%s: integration.%s is %v in Twilio, and %v in the configuration", name, key, got, wanted)
		}
	}
}
