package flexemulator_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const (
	flow      = "FW00000000000000000000000000000001"
	workspace = "WS00000000000000000000000000000001"
	workflow  = "WW00000000000000000000000000000001"
	channel   = "TC00000000000000000000000000000001"
	service   = "IS00000000000000000000000000000001"
	flowPath  = "/v2/Flows/" + flow
	published = flowPath + "/Revisions/LatestPublished"
	latest    = flowPath + "/Revisions/LatestRevision"
	inside    = "/v1/Workspaces/" + workspace
)

// smsHash is the SID, but for its prefix, of the Task Channel sms.
var smsHash = fmt.Sprintf("%x", sha256.Sum256([]byte("sms")))[:32]

// referencePaths are one of each kind.
var referencePaths = []string{
	flowPath, published, inside, inside + "/Workflows/" + workflow, inside + "/TaskChannels/sms", "/v1/Services/" + service,
}

// next are the events of a Studio flow's trigger that are connected, as a response shows them.
func next(shown map[string]any) string {
	definition, _ := shown["definition"].(map[string]any)
	var connected []string
	for _, state := range definition["states"].([]any) {
		for _, one := range state.(map[string]any)["transitions"].([]any) {
			if transition := one.(map[string]any); transition["next"] != nil {
				connected = append(connected, transition["event"].(string))
			}
		}
	}
	return strings.Join(connected, " ")
}

func TestReferences(t *testing.T) {
	type references = map[string]flexemulator.Reference
	for name, c := range map[string]struct {
		references references
		// found and gone are paths.
		found, gone []string
	}{
		"all exist": {
			nil,
			[]string{
				flowPath, published, latest, flowPath + "/Revisions/1", inside, inside + "/Workflows/" + workflow,
				inside + "/TaskChannels/" + channel, inside + "/TaskChannels/sms", "/v1/Services/" + service,
			},
			[]string{
				"/v2/Flows/" + workflow, "/v2/Flows/FW1", flowPath + "/Revisions/0", flowPath + "/Revisions/2",
				"/v1/Services/" + flow, "/v1/Workspaces/" + flow, "/v1/Workspaces/1/Workflows/" + workflow,
				inside + "/Workflows/sms", inside + "/TaskChannels/" + workflow,
			},
		},
		"missing": {references{flow: {Missing: true}}, []string{inside}, []string{flowPath, published, latest}},
		"missing Workspace": {
			references{workspace: {Missing: true}},
			nil,
			[]string{inside, inside + "/Workflows/" + workflow, inside + "/TaskChannels/sms"},
		},
		"missing unique name": {
			references{"sms": {Missing: true}},
			[]string{inside + "/TaskChannels/voice"},
			[]string{inside + "/TaskChannels/sms"},
		},
		// A Task Channel is the same by its unique name and by its SID.
		"missing SID of a name": {
			references{"TC" + smsHash: {Missing: true}},
			[]string{inside + "/TaskChannels/voice"},
			[]string{inside + "/TaskChannels/sms"},
		},
		"missing name of a SID": {
			references{"sms": {Missing: true}},
			[]string{inside + "/TaskChannels/" + channel},
			[]string{inside + "/TaskChannels/TC" + smsHash},
		},
		"never published": {references{flow: {Draft: true}}, []string{flowPath, latest}, []string{published}},
		"Task Channel of another Workspace": {
			references{"sms": {WorkspaceSID: "WS" + strings.Repeat("2", 32)}},
			[]string{inside + "/TaskChannels/voice", "/v1/Workspaces/WS" + strings.Repeat("2", 32) + "/TaskChannels/sms"},
			[]string{inside + "/TaskChannels/sms"},
		},
		"another Workspace": {
			references{workflow: {WorkspaceSID: "WS" + strings.Repeat("2", 32)}},
			[]string{"/v1/Workspaces/WS" + strings.Repeat("2", 32) + "/Workflows/" + workflow},
			[]string{inside + "/Workflows/" + workflow},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := start(t, flexemulator.Behavior{})
			if err := a.SetReferences(c.references); err != nil {
				t.Fatal(err)
			}
			for _, path := range c.found {
				if status, shown := a.call(http.MethodGet, path, nil); status != 200 || shown["sid"] == nil {
					t.Errorf("%s: %d %v", path, status, shown)
				}
			}
			for _, path := range c.gone {
				if status, shown := a.call(http.MethodGet, path, nil); status != 404 || shown["code"] != 20404.0 {
					t.Errorf("%s: %d %v", path, status, shown)
				}
			}
		})
	}
}

func TestReferences_studioFlow(t *testing.T) {
	const all = "incomingMessage incomingCall incomingConversationMessage incomingRequest incomingParent"
	a := start(t, flexemulator.Behavior{})
	expect := func(path, status, connected string) {
		t.Helper()
		if _, shown := a.call(http.MethodGet, path, nil); shown["status"] != status || next(shown) != connected {
			t.Errorf("%s: %s, connected %s", path, shown["status"], next(shown))
		}
	}
	set := func(is flexemulator.Reference) {
		t.Helper()
		if err := a.SetReferences(map[string]flexemulator.Reference{flow: is}); err != nil {
			t.Fatal(err)
		}
	}
	expect(flowPath, "published", all)
	set(flexemulator.Reference{Connected: []string{"incomingMessage"}})
	expect(flowPath, "published", "incomingMessage")
	set(flexemulator.Reference{Draft: true})
	expect(flowPath, "draft", all)
	expect(flowPath+"/Revisions/1", "draft", all)
	set(flexemulator.Reference{Draft: true, Published: true, Connected: []string{}})
	for path, status := range map[string]string{
		flowPath: "draft", latest: "draft", flowPath + "/Revisions/2": "draft", published: "published", flowPath + "/Revisions/1": "published",
	} {
		expect(path, status, "")
	}
	if status, answer := a.call(http.MethodGet, flowPath+"/Revisions/first", nil); status != 400 || answer["code"] != 81021.0 {
		t.Errorf("an impossible revision: %d %v", status, answer)
	}
}

// What is shown has the fields of its kind.
func TestReferences_fields(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	for path, fields := range map[string]map[string]any{
		published:                         {"sid": flow, "revision": 1.0, "valid": true},
		inside:                            {"sid": workspace, "workspace_sid": nil, "unique_name": nil},
		inside + "/Workflows/" + workflow: {"sid": workflow, "workspace_sid": workspace, "unique_name": nil},
		inside + "/TaskChannels/sms":      {"sid": "TC" + smsHash, "workspace_sid": workspace, "unique_name": "sms"},
		inside + "/TaskChannels/" + channel: {
			"sid": channel, "workspace_sid": workspace, "unique_name": "channel-" + strings.TrimPrefix(channel, "TC"),
		},
		"/v1/Services/" + service: {"sid": service, "unique_name": nil},
	} {
		_, shown := a.call(http.MethodGet, path, nil)
		for field, expected := range fields {
			if shown[field] != expected {
				t.Errorf("%s: %s is %v", path, field, shown[field])
			}
		}
		if shown["account_sid"] != flexemulator.AccountSID || shown["url"] != a.url+path {
			t.Errorf("%s: %v", path, shown)
		}
	}
}

// Calls are authenticated, logged and refused as all others are.
func TestReferences_calls(t *testing.T) {
	a := start(t, flexemulator.Behavior{ProblemDetails: true})
	for _, path := range referencePaths {
		for _, c := range []struct {
			method, username, password string
			status                     int
		}{
			{http.MethodGet, flexemulator.AccountSID, flexemulator.AuthToken, 200},
			{http.MethodGet, flexemulator.APIKey, flexemulator.APISecret, 200},
			{http.MethodGet, flexemulator.AccountSID, "wrong", 401},
			{http.MethodPost, flexemulator.AccountSID, flexemulator.AuthToken, 404},
			{http.MethodDelete, flexemulator.AccountSID, flexemulator.AuthToken, 404},
		} {
			a.ResetRequests()
			resp := a.do(c.method, path, nil, c.username, c.password)
			_ = resp.Body.Close()
			log := a.Requests()
			if resp.StatusCode != c.status || len(log) != 1 || log[0].Method != c.method || log[0].Path != path || log[0].Status != c.status {
				t.Errorf("%s %s: %d, logged %v", c.method, path, resp.StatusCode, log)
			}
			if c.status != 200 && resp.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s: %v", c.method, path, resp.Header)
			}
		}
	}
}

// Faults are for these calls as for all others.
func TestReferences_faults(t *testing.T) {
	const changed = `{"sid":"$sid","status":7}`
	patterns := []string{
		"/v2/Flows/*", "/v2/Flows/*/Revisions/*", "/v1/Workspaces/*", "/v1/Workspaces/*/Workflows/*", "/v1/Workspaces/*/TaskChannels/*",
		"/v1/Services/*",
	}
	for i, path := range referencePaths {
		a := start(t, flexemulator.Behavior{})
		_, right := a.call(http.MethodGet, path, nil)
		for _, status := range []int{401, 403, 429, 500, 503} {
			a.setFaults(flexemulator.Fault{Method: http.MethodGet, Path: patterns[i], Kind: flexemulator.FaultStatus, Status: status})
			for j, other := range referencePaths {
				if got, _ := a.call(http.MethodGet, other, nil); got != map[bool]int{true: status, false: 200}[i == j] {
					t.Errorf("%s, a fault for %s: %d", other, patterns[i], got)
				}
			}
		}
		a.setFaults(flexemulator.Fault{Path: path, Kind: flexemulator.FaultBody, Body: changed, ContentType: "application/json"})
		if _, shown := a.call(http.MethodGet, path, nil); shown["sid"] != right["sid"] || shown["status"] != 7.0 {
			t.Errorf("%s: another body: %v", path, shown)
		}
		a.setFaults(flexemulator.Fault{Path: path, Kind: flexemulator.FaultFields, Fields: map[string]any{"friendly_name": nil}})
		if _, shown := a.call(http.MethodGet, path, nil); shown["sid"] != right["sid"] || shown["friendly_name"] != nil {
			t.Errorf("%s: other fields: %v", path, shown)
		}
		for _, kind := range []flexemulator.FaultKind{flexemulator.FaultReset, flexemulator.FaultTruncate} {
			a.setFaults(flexemulator.Fault{Path: path, Kind: kind})
			if a.whole(path) {
				t.Errorf("%s: %s had no effect", path, kind)
			}
		}
	}
}

// whole reports whether a read is answered to its end.
func (a *api) whole(path string) bool {
	req, _ := http.NewRequestWithContext(a.t.Context(), http.MethodGet, a.url+path, nil)
	req.SetBasicAuth(flexemulator.AccountSID, flexemulator.AuthToken)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	_, err = io.ReadAll(resp.Body)
	return err == nil
}

func TestReferences_refused(t *testing.T) {
	for name, c := range map[string]struct {
		of   string
		is   flexemulator.Reference
		says string
	}{
		"a SID with 31 digits":    {workflow[:33], flexemulator.Reference{Missing: true}, "32 hexadecimal digits"},
		"a SID in lower case":     {strings.ToLower(flow), flexemulator.Reference{Missing: true}, "32 hexadecimal digits"},
		"missing and a draft":     {flow, flexemulator.Reference{Missing: true, Draft: true}, "missing goes with nothing else"},
		"missing in a Workspace":  {workflow, flexemulator.Reference{Missing: true, WorkspaceSID: workspace}, "missing goes with nothing else"},
		"an unknown event":        {flow, flexemulator.Reference{Connected: []string{"incomingMesage"}}, `"incomingMesage"`},
		"an impossible Workspace": {workflow, flexemulator.Reference{WorkspaceSID: workflow}, "is not the SID of a Workspace"},
		"another SID":             {"FO" + strings.Repeat("1", 32), flexemulator.Reference{Missing: true}, "it is not the SID of"},
		"an empty name":           {"", flexemulator.Reference{Missing: true}, "it is not the SID of"},
		"a draft Workflow":        {workflow, flexemulator.Reference{Draft: true}, "are for Studio flows"},
		"published all the same":  {flow, flexemulator.Reference{Published: true}, "published is for a draft"},
		"a flow in a Workspace":   {flow, flexemulator.Reference{WorkspaceSID: workspace}, "workspace_sid is for"},
		"connected Task Channels": {"sms", flexemulator.Reference{Connected: []string{}}, "are for Studio flows"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := flexemulator.New(flexemulator.Options{References: map[string]flexemulator.Reference{c.of: c.is}})
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.of) {
				t.Error(err)
			}
		})
	}
}
