package flexemulator_test

import (
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Pages follow each other without gaps in every order.
func TestBehavior_order(t *testing.T) {
	for order, inOrder := range map[flexemulator.ListOrder]func(a, b string) bool{
		flexemulator.OldestFirst: func(a, b string) bool { return a < b },
		flexemulator.NewestFirst: func(a, b string) bool { return a > b },
		flexemulator.BySID:       nil,
		flexemulator.Shuffled:    nil,
	} {
		a := start(t, flexemulator.Behavior{Order: order})
		for i := range 9 {
			a.Add(flexemulator.Flow{FriendlyName: fmt.Sprint(i), ChatServiceSID: "IS" + strings.Repeat("1", 32), ChannelType: "web", DateCreated: time.Unix(int64(i), 0)})
		}
		var names, sids []string
		for next := "/v1/FlexFlows?PageSize=2"; next != ""; {
			_, answer := a.call("GET", next, nil)
			for _, f := range answer["flex_flows"].([]any) {
				names, sids = append(names, f.(map[string]any)["friendly_name"].(string)), append(sids, f.(map[string]any)["sid"].(string))
			}
			next, _ = answer["meta"].(map[string]any)["next_page_url"].(string)
			next = strings.TrimPrefix(next, a.url)
		}
		if distinct := slices.Compact(slices.Sorted(slices.Values(names))); len(names) != 9 || len(distinct) != 9 {
			t.Errorf("%q: got %v", order, names)
		}
		sorted := slices.IsSortedFunc(names, func(x, y string) int {
			if inOrder == nil || inOrder(x, y) {
				return -1
			}
			return 1
		})
		if inOrder != nil && !sorted || order == flexemulator.BySID && !slices.IsSorted(sids) {
			t.Errorf("%q: got %v, %v", order, names, sids)
		}
	}
	if _, err := flexemulator.New(flexemulator.Options{Behavior: flexemulator.Behavior{Order: "none"}}); err == nil {
		t.Error("an unknown order was accepted")
	}
}

func TestBehavior_integration(t *testing.T) {
	keys := map[string]any{
		"flow_sid": nil, "url": nil, "workspace_sid": nil, "workflow_sid": nil, "channel": nil, "timeout": nil, "priority": nil,
		"retry_count": nil, "creation_on_message": nil,
	}
	allKeys := func(sent map[string]any) map[string]any {
		all := map[string]any{}
		for _, m := range []map[string]any{keys, sent} {
			maps.Copy(all, m)
		}
		return all
	}
	sentStudio := map[string]any{"flow_sid": "FW" + digits}
	sentTask := map[string]any{"workspace_sid": "WS" + digits, "workflow_sid": "WW" + digits}
	for answer, want := range map[flexemulator.IntegrationAnswer][2]any{
		flexemulator.IntegrationAsSent: {sentStudio, sentTask},
		flexemulator.IntegrationWithDefaults: {
			map[string]any{"flow_sid": "FW" + digits, "retry_count": 3.0},
			map[string]any{
				"workspace_sid": "WS" + digits, "workflow_sid": "WW" + digits, "channel": "default", "timeout": 86400.0, "priority": 0.0,
			},
		},
		flexemulator.IntegrationAllKeys: {allKeys(sentStudio), allKeys(sentTask)},
		flexemulator.IntegrationForeignKeys: {
			map[string]any{"flow_sid": "FW" + digits, "channel": "studio", "timeout": 0.0},
			map[string]any{"workspace_sid": "WS" + digits, "workflow_sid": "WW" + digits, "retry_count": 0.0, "url": ""},
		},
		flexemulator.IntegrationNull: {nil, nil},
	} {
		a := start(t, flexemulator.Behavior{Integration: answer})
		for i, form := range []url.Values{studio, task} {
			if got := a.create(form)["integration"]; !reflect.DeepEqual(got, want[i]) {
				t.Errorf("%q: got %v", answer, got)
			}
		}
	}
}

func TestBehavior_switches(t *testing.T) {
	update := func(a *api, flow map[string]any, changes ...string) map[string]any {
		status, answer := a.call("POST", "/v1/FlexFlows/"+flow["sid"].(string), with(nil, changes...))
		if status != 200 {
			t.Fatalf("%d %v", status, answer)
		}
		return answer
	}
	off, on := start(t, flexemulator.Behavior{}), start(t, flexemulator.Behavior{
		ReplaceIntegration: true, EnabledByDefault: true, EmptyIdentity: true, NullIntegrationType: true, NullDateUpdated: true,
	})
	for _, c := range []struct {
		api                                       *api
		enabled, identity, integrationType, dated any
		merged                                    map[string]any
	}{
		{off, false, nil, "studio", "2026-01-02T03:04:05Z", map[string]any{"flow_sid": "FW" + digits, "retry_count": 1.0}},
		{on, true, "", nil, nil, map[string]any{"retry_count": 1.0}},
	} {
		flow := c.api.create(with(bare, "Integration.FlowSid", "FW"+digits))
		if flow["enabled"] != c.enabled || flow["contact_identity"] != c.identity || flow["integration_type"] != c.integrationType || flow["date_updated"] != c.dated {
			t.Errorf("created %v", flow)
		}
		if got := update(c.api, flow, "Integration.RetryCount", "1")["integration"]; !reflect.DeepEqual(got, any(c.merged)) {
			t.Errorf("updated %v", got)
		}
	}
	// Without the switch, two flows on one number are fine.
	off.create(with(studio, "ContactIdentity", "me"))
	off.create(with(task, "ContactIdentity", "me"))
}

func TestBehavior_lag(t *testing.T) {
	a := start(t, flexemulator.Behavior{ReadLag: 2 * time.Second, ListLag: 5 * time.Second})
	path := "/v1/FlexFlows/" + a.create(bare)["sid"].(string)
	listed := func() []any {
		_, answer := a.call("GET", "/v1/FlexFlows", nil)
		return answer["flex_flows"].([]any)
	}
	if status, _ := a.call("GET", path, nil); status != 404 || len(listed()) != 0 {
		t.Errorf("a new flow is seen at once: %d", status)
	}
	if status, _ := a.call("POST", path, url.Values{"FriendlyName": {"B"}}); status != 200 {
		t.Errorf("a write lags: %d", status)
	}
	a.now = a.now.Add(2 * time.Second)
	status, fetched := a.call("GET", path, nil)
	if status != 200 || fetched["friendly_name"] != "B" {
		t.Errorf("a read still lags: %d %v", status, fetched)
	}
	if got := listed()[0].(map[string]any)["friendly_name"]; got != "A" {
		t.Errorf("a list shows %v", got)
	}
	a.now = a.now.Add(3 * time.Second)
	if got := listed()[0].(map[string]any)["friendly_name"]; got != "B" {
		t.Errorf("a list still shows %v", got)
	}
}
