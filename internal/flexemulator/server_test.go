package flexemulator_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
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
