package flexemulator_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// An api is an emulator with what it takes to call it by hand.
type api struct {
	*flexemulator.Server
	t   *testing.T
	url string
	now time.Time
}

func start(t *testing.T, behavior flexemulator.Behavior) *api {
	t.Helper()
	a := &api{t: t, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	server, err := flexemulator.New(flexemulator.Options{Behavior: behavior, Now: func() time.Time { return a.now }})
	if err != nil {
		t.Fatal(err)
	}
	listener := httptest.NewServer(server)
	a.Server, a.url = server, listener.URL
	t.Cleanup(func() {
		server.Close()
		listener.Close()
		if v := server.Violations(); len(v) > 0 {
			t.Error(v)
		}
	})
	return a
}

// call makes a call and returns its status and its answer, decoded.
func (a *api) call(method, path string, form url.Values) (int, map[string]any) {
	a.t.Helper()
	resp := a.do(method, path, form, flexemulator.AccountSID, flexemulator.AuthToken)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	if !strings.HasPrefix(resp.Header.Get("Twilio-Request-Id"), "RQ") {
		a.t.Error("the answer has no request ID")
	}
	if len(body) == 0 {
		return resp.StatusCode, nil
	}
	var decoded map[string]any
	if err := json.Unmarshal(body, &decoded); err != nil {
		a.t.Fatalf("%s: %v", body, err)
	}
	return resp.StatusCode, decoded
}

func (a *api) do(method, path string, form url.Values, username, password string) *http.Response {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.t.Context(), method, a.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		a.t.Fatal(err)
	}
	req.SetBasicAuth(username, password)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	return resp
}

// create creates a flow and returns its answer.
func (a *api) create(form url.Values) map[string]any {
	a.t.Helper()
	status, answer := a.call("POST", "/v1/FlexFlows", form)
	if status != http.StatusCreated {
		a.t.Fatalf("%d %v", status, answer)
	}
	return answer
}

func with(form url.Values, changes ...string) url.Values {
	all := url.Values{}
	maps.Copy(all, form)
	for i := 0; i < len(changes); i += 2 {
		all.Set(changes[i], changes[i+1])
	}
	return all
}

var (
	digits = strings.Repeat("1", 32)
	bare   = url.Values{"FriendlyName": {"A"}, "ChatServiceSid": {"IS" + digits}, "ChannelType": {"web"}}
	studio = with(bare, "IntegrationType", "studio", "Integration.FlowSid", "FW"+digits)
	task   = with(bare, "IntegrationType", "task", "Integration.WorkspaceSid", "WS"+digits, "Integration.WorkflowSid", "WW"+digits)
)

func TestOperations(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	created := a.create(with(studio, "Integration.RetryCount", "0", "Enabled", "true", "LongLived", "true", "ContactIdentity", "me"))
	sid := created["sid"].(string)
	path := "/v1/FlexFlows/" + sid
	want := map[string]any{
		"sid": sid, "account_sid": flexemulator.AccountSID, "url": a.url + path, "friendly_name": "A", "chat_service_sid": "IS" + digits,
		"channel_type": "web", "contact_identity": "me", "enabled": true, "long_lived": true, "janitor_enabled": false,
		"date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:05Z", "integration_type": "studio",
		"integration": map[string]any{"flow_sid": "FW" + digits, "retry_count": 0.0},
	}
	if !reflect.DeepEqual(created, want) {
		t.Errorf("created %v", created)
	}
	a.now = a.now.Add(time.Hour)
	status, updated := a.call("POST", path, url.Values{"FriendlyName": {"B"}, "ContactIdentity": {""}})
	want["friendly_name"], want["contact_identity"], want["date_updated"] = "B", nil, "2026-01-02T04:04:05Z"
	if status != 200 || !reflect.DeepEqual(updated, want) {
		t.Errorf("updated: %d %v", status, updated)
	}
	if status, fetched := a.call("GET", path, nil); status != 200 || !reflect.DeepEqual(fetched, want) {
		t.Errorf("fetched: %d %v", status, fetched)
	}
	if status, answer := a.call("DELETE", path, nil); status != 204 || answer != nil {
		t.Errorf("deleted: %d %v", status, answer)
	}
	for _, method := range []string{"GET", "POST", "DELETE"} {
		if status, answer := a.call(method, path, nil); status != 404 || answer["code"] != 20404.0 {
			t.Errorf("%s after the delete: %d %v", method, status, answer)
		}
	}
	if calls := a.Requests(); len(calls) != 7 || calls[1].Form.Get("FriendlyName") != "B" || calls[1].Status != 200 {
		t.Errorf("the log holds %v", calls)
	}
	a.ResetRequests()
	if calls := a.Requests(); len(calls) != 0 {
		t.Errorf("the log still holds %v", calls)
	}
}

func TestRefusals(t *testing.T) {
	a := start(t, flexemulator.Behavior{RefuseDuplicates: true})
	flow := "/v1/FlexFlows/" + a.create(with(studio, "ContactIdentity", "me"))["sid"].(string)
	other := "/v1/FlexFlows/" + a.create(with(studio, "ContactIdentity", "you"))["sid"].(string)
	for name, c := range map[string]struct {
		method, path string
		form         url.Values
		status, code float64
		message      string
	}{
		"name missing":           {"POST", "/v1/FlexFlows", url.Values{"ChannelType": {"web"}, "ChatServiceSid": {"IS" + digits}}, 400, 20001, "FriendlyName"},
		"name empty":             {"POST", flow, url.Values{"FriendlyName": {""}}, 400, 20001, "FriendlyName"},
		"SID malformed":          {"POST", flow, url.Values{"ChatServiceSid": {"IS1"}}, 400, 20001, "ChatServiceSid"},
		"not in the enumeration": {"POST", flow, url.Values{"ChannelType": {"fax"}}, 400, 20001, "ChannelType"},
		"not a number":           {"POST", flow, url.Values{"Integration.Timeout": {"soon"}}, 400, 20001, "Integration.Timeout"},
		"out of range":           {"POST", flow, url.Values{"Integration.RetryCount": {"4"}}, 400, 20001, "Integration.RetryCount"},
		"not a boolean":          {"POST", flow, url.Values{"Enabled": {"perhaps"}}, 400, 20001, "Enabled"},
		"unknown parameter":      {"POST", flow, url.Values{"Colour": {"red"}}, 400, 20001, "Colour"},
		"studio without flow":    {"POST", "/v1/FlexFlows", with(bare, "IntegrationType", "studio"), 400, 20001, "Integration.FlowSid"},
		"task without Workflow":  {"POST", flow, url.Values{"IntegrationType": {"task"}, "Integration.WorkspaceSid": {"WS" + digits}}, 400, 20001, "Integration.WorkflowSid"},
		"page size":              {"GET", "/v1/FlexFlows?PageSize=1001", nil, 400, 20001, "PageSize"},
		"page without token":     {"GET", "/v1/FlexFlows?Page=2", nil, 400, 20001, "PageToken"},
		"page token malformed":   {"GET", "/v1/FlexFlows?Page=2&PageToken=!", nil, 400, 20001, "PageToken"},
		"another path":           {"GET", "/v1/Channels", nil, 404, 20404, "/v1/Channels"},
		"another method":         {"PUT", flow, nil, 404, 20404, "/v1/FlexFlows/FO"},
		"duplicate create":       {"POST", "/v1/FlexFlows", with(studio, "ContactIdentity", "me"), 409, 20409, "ContactIdentity"},
		"duplicate update":       {"POST", other, url.Values{"ContactIdentity": {"me"}}, 409, 20409, "ContactIdentity"},
	} {
		t.Run(name, func(t *testing.T) {
			before := a.Flows()
			status, answer := a.call(c.method, c.path, c.form)
			message, _ := answer["message"].(string)
			if float64(status) != c.status || answer["status"] != c.status || answer["code"] != c.code || !strings.Contains(message, c.message) {
				t.Errorf("got %d %v", status, answer)
			}
			if !reflect.DeepEqual(before, a.Flows()) {
				t.Error("a refused call changed something")
			}
		})
	}
}

func TestAuthorization(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	for credentials, want := range map[[2]string]int{
		{flexemulator.AccountSID, flexemulator.AuthToken}: 200,
		{flexemulator.APIKey, flexemulator.APISecret}:     200,
		{flexemulator.AccountSID, flexemulator.APISecret}: 401,
		{"", ""}: 401,
	} {
		resp := a.do("GET", "/v1/FlexFlows", nil, credentials[0], credentials[1])
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%v: %d", credentials, resp.StatusCode)
		}
	}
	resp, err := http.Get(a.url + "/v1/FlexFlows") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != 401 {
		t.Errorf("without credentials: %d", resp.StatusCode)
	}
}

func TestList(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	for i := range 5 {
		a.create(with(bare, "FriendlyName", []string{"even", "odd"}[i%2]))
	}
	names := func(path string) (got []string, next string) {
		status, answer := a.call("GET", path, nil)
		if status != 200 {
			t.Fatalf("%d %v", status, answer)
		}
		for _, f := range answer["flex_flows"].([]any) {
			got = append(got, f.(map[string]any)["friendly_name"].(string))
		}
		next, _ = answer["meta"].(map[string]any)["next_page_url"].(string)
		return got, strings.TrimPrefix(next, a.url)
	}
	if got, next := names("/v1/FlexFlows"); len(got) != 5 || next != "" {
		t.Errorf("got %v, then %q", got, next)
	}
	if got, next := names("/v1/FlexFlows?FriendlyName=odd&PageSize=2"); len(got) != 2 || next != "" {
		t.Errorf("got %v, then %q", got, next)
	}
	var all []string
	next := "/v1/FlexFlows?PageSize=2"
	for pages := 0; next != ""; pages++ {
		var got []string
		if got, next = names(next); len(got) > 2 || pages > 2 {
			t.Fatalf("page %d: %v", pages, got)
		}
		all = append(all, got...)
		if pages == 0 {
			a.Remove(a.Flows()[0].SID) // what goes does not shift the pages
		}
	}
	if len(all) != 5 {
		t.Errorf("got %v", all)
	}
	if got, _ := names("/v1/FlexFlows?FriendlyName=none"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

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

func TestBehindTheBack(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	flow := a.Add(flexemulator.Flow{FriendlyName: "made by hand", ChatServiceSID: "IS" + digits, ChannelType: "web"})
	if flow.String() != flow.SID+" (made by hand)" {
		t.Errorf("shown as %s", flow)
	}
	if !a.Change(flow.SID, func(f *flexemulator.Flow) { f.LongLived = true }) || !a.Flows()[0].LongLived {
		t.Error("not changed")
	}
	if _, fetched := a.call("GET", "/v1/FlexFlows/"+flow.SID, nil); fetched["long_lived"] != true {
		t.Errorf("fetched %v", fetched)
	}
	if !a.Remove(flow.SID) || a.Remove(flow.SID) || a.Change(flow.SID, nil) || len(a.Flows()) != 0 {
		t.Error("not removed")
	}
}

// An answer that breaks the contract is not passed off as one of the API's.
func TestViolation(t *testing.T) {
	server, err := flexemulator.New(flexemulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	flow := server.Add(flexemulator.Flow{FriendlyName: "no channel type", ChatServiceSID: "IS" + digits})
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/FlexFlows/"+flow.SID, nil)
	req.SetBasicAuth(flexemulator.AccountSID, flexemulator.AuthToken)
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, req)
	if recorder.Code != 500 || len(server.Violations()) != 1 {
		t.Errorf("%d, %v", recorder.Code, server.Violations())
	}
}
