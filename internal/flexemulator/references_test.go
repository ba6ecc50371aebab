package flexemulator_test

import (
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
				flowPath, published, latest, flowPath + "/Revisions/3", inside, inside + "/Workflows/" + workflow,
				inside + "/TaskChannels/" + channel, inside + "/TaskChannels/sms", "/v1/Services/" + service,
			},
			[]string{
				"/v2/Flows/" + workflow, "/v2/Flows/FW1", "/v1/Services/" + flow, "/v1/Workspaces/" + flow, "/v1/Workspaces/1/Workflows/" + workflow,
				inside + "/Workflows/sms", inside + "/TaskChannels/" + workflow,
			},
		},
		"missing":             {references{flow: {Missing: true}}, []string{inside}, []string{flowPath, published, latest}},
		"missing Workspace":   {references{workspace: {Missing: true}}, nil, []string{inside, inside + "/Workflows/" + workflow, inside + "/TaskChannels/sms"}},
		"missing unique name": {references{"sms": {Missing: true}}, []string{inside + "/TaskChannels/voice"}, []string{inside + "/TaskChannels/sms"}},
		"never published":     {references{flow: {Draft: true}}, []string{flowPath, latest}, []string{published}},
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
	expect(flowPath, "published", all)
	_ = a.SetReferences(map[string]flexemulator.Reference{flow: {Connected: []string{"incomingMessage"}}})
	expect(flowPath, "published", "incomingMessage")
	_ = a.SetReferences(map[string]flexemulator.Reference{flow: {Draft: true, Published: true, Connected: []string{}}})
	expect(flowPath, "draft", "")
	expect(latest, "draft", "")
	expect(published, "published", "")
	if status, _ := a.call(http.MethodGet, flowPath+"/Revisions/first", nil); status != 400 {
		t.Errorf("an impossible revision: %d", status)
	}
	if status, _ := a.call(http.MethodPost, flowPath, nil); status != 404 {
		t.Errorf("a write: %d", status)
	}
}

// Faults are for these calls as for all others.
func TestReferences_faults(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	if err := a.SetFaults(flexemulator.Fault{Path: "/v2/Flows/*", Kind: flexemulator.FaultStatus, Status: 403, Every: 1}); err != nil {
		t.Fatal(err)
	}
	for path, expected := range map[string]int{flowPath: 403, inside: 200} {
		if status, _ := a.call(http.MethodGet, path, nil); status != expected {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestReferences_refused(t *testing.T) {
	for name, c := range map[string]struct {
		of   string
		is   flexemulator.Reference
		says string
	}{
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
