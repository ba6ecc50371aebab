package flexflow_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

type references = map[string]flexemulator.Reference

// planOf plans the creation of a Flex Flow where what it refers to is as told, and returns what is said and which references were read.
func planOf(t *testing.T, differ references, config map[string]any, faults ...flexemulator.Fault) (said string, read []string) {
	t.Helper()
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{References: differ, Faults: faults})
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		_, _, said = c.PlanValues(c.Absent(), config)
		read = paths(emulator)
	})
	return said, read
}

func paths(emulator *acctest.Emulator) []string {
	var all []string
	for _, call := range emulator.Calls(http.MethodGet) {
		all = append(all, call.Path)
	}
	return all
}

func TestReferences(t *testing.T) {
	const flow, chat = `AttributeName("integration").AttributeName("flow_sid")`, `AttributeName("chat_service_sid")`
	inIntegration := func(name string) string { return `AttributeName("integration").AttributeName("` + name + `")` }
	for name, c := range map[string]struct {
		config acctest.Configuration
		differ references
		says   []string // one warning each
	}{
		"all there":       {taskFlow, nil, nil},
		"no Studio flow":  {studioFlow, references{studioFlowSID: {Missing: true}}, []string{"WARNING " + flow + " Studio flow " + studioFlowSID + " not found"}},
		"never published": {studioFlow, references{studioFlowSID: {Draft: true}}, []string{"WARNING " + flow + " Studio flow " + studioFlowSID + " is not published"}},
		"not connected": {
			studioFlow,
			references{studioFlowSID: {Connected: []string{"incomingConversationMessage"}}},
			[]string{"WARNING " + flow + " Studio flow " + studioFlowSID + " does not handle Incoming Message: "},
		},
		"connected":       {studioFlow, references{studioFlowSID: {Connected: []string{"incomingMessage"}}}, nil},
		"a newer draft":   {studioFlow, references{studioFlowSID: {Draft: true, Published: true}}, nil},
		"no chat service": {studioFlow, references{chatServiceSID: {Missing: true}}, []string{"WARNING " + chat + " Conversation Service " + chatServiceSID + " not found"}},
		"no Workspace": {
			taskFlow,
			references{workspaceSID: {Missing: true}},
			[]string{"WARNING " + inIntegration("workspace_sid") + " TaskRouter Workspace " + workspaceSID + " not found"},
		},
		"no Workflow": {
			taskFlow,
			references{workflowSID: {Missing: true}},
			[]string{"WARNING " + inIntegration("workflow_sid") + " TaskRouter Workflow " + workflowSID + " not found"},
		},
		"Workflow of another Workspace": {
			taskFlow,
			references{workflowSID: {WorkspaceSID: "WS" + strings.Repeat("9", 32)}},
			[]string{"WARNING " + inIntegration("workflow_sid") + " TaskRouter Workflow " + workflowSID + " not found"},
		},
		"no Task Channel": {
			taskFlow.WithInBlock(args{"channel": `"sms"`}),
			references{"sms": {Missing: true}},
			[]string{"WARNING " + inIntegration("channel") + " Task Channel sms not found"},
		},
		"two at once": {
			studioFlow,
			references{studioFlowSID: {Missing: true}, chatServiceSID: {Missing: true}},
			[]string{chat + " Conversation Service", flow + " Studio flow"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			said, _ := planOf(t, c.differ, c.config.Values())
			if strings.Count(said, "WARNING") != len(c.says) || strings.Contains(said, "ERROR") {
				t.Errorf("said %q", said)
			}
			for _, text := range c.says {
				if !strings.Contains(said, text) {
					t.Errorf("no %q in %q", text, said)
				}
			}
		})
	}
}

// A response that tells nothing says nothing, and the host is not asked again.
func TestReferences_unclear(t *testing.T) {
	missing := references{studioFlowSID: {Missing: true}, workspaceSID: {Missing: true}, workflowSID: {Missing: true}, chatServiceSID: {Missing: true}}
	faults := map[string]flexemulator.Fault{
		"401": {Kind: flexemulator.FaultStatus, Status: 401}, "403": {Kind: flexemulator.FaultStatus, Status: 403},
		"429": {Kind: flexemulator.FaultStatus, Status: 429}, "500": {Kind: flexemulator.FaultStatus, Status: 500},
		"a page":          {Kind: flexemulator.FaultStatus, Status: 404, HTML: true},
		"no response":     {Kind: flexemulator.FaultReset},
		"a late response": {Kind: flexemulator.FaultHang},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			fault.Method = http.MethodGet
			for _, config := range []acctest.Configuration{studioFlow, taskFlow} {
				if said, _ := planOf(t, missing, config.Values(), fault); said != "" {
					t.Error(said)
				}
			}
		})
	}
}

// A definition in another form than the documented one says nothing.
func TestReferences_otherDefinition(t *testing.T) {
	for _, body := range []string{`{}`, `{"sid":"1","status":"published","definition":"{}"}`, `{"status":3,"definition":{"states":{}}}`} {
		fault := flexemulator.Fault{Path: "/v2/Flows/*", Kind: flexemulator.FaultBody, ContentType: "application/json", Body: body}
		if said, _ := planOf(t, references{studioFlowSID: {Connected: []string{}}}, studioFlow.Values(), fault); said != "" {
			t.Errorf("%s: %s", body, said)
		}
	}
}

// Only what is new or changed is read, once in a run, and nothing in a plan without changes.
func TestReferences_calls(t *testing.T) {
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
		expect := func(expected ...string) {
			t.Helper()
			if read := paths(emulator); fmt.Sprint(read) != fmt.Sprint(expected) {
				t.Errorf("read %v, expected %v", read, expected)
			}
			emulator.ResetRequests()
		}
		studio := studioFlow.With(args{"enabled": "true"})
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		for range 3 {
			c.PlanValues(c.Absent(), studio.Values())
		}
		if read := paths(emulator); len(read) != 2 {
			t.Errorf("three plans alike read %v", read)
		}
		state, _ := c.Change(c.Absent(), studio.Values())
		emulator.ResetRequests()
		run := func(config acctest.Configuration) {
			t.Helper()
			c := newCore(acctest.NewConfiguredProtocol(t, emulator))
			_, _, said := c.PlanValues(state, config.Values())
			if said != "" {
				t.Error(said)
			}
		}
		run(studio)
		expect()
		run(studio.With(args{"friendly_name": `"Renamed"`}).WithInBlock(args{"retry_count": "1"}))
		expect()
		other := "FW" + strings.Repeat("9", 32)
		run(studio.WithInBlock(args{"flow_sid": quote(other)}))
		expect("/v2/Flows/" + other)
		run(studio.With(args{"chat_service_sid": acctest.Unknown}).WithInBlock(args{"flow_sid": acctest.Unknown}))
		expect()
		state, _ = c.Change(c.Absent(), taskFlow.Values())
		emulator.ResetRequests()
		otherWorkspace := "WS" + strings.Repeat("9", 32)
		run(taskFlow.WithInBlock(args{"workspace_sid": acctest.Unknown}))
		expect() // where the Workflow is is not known
		run(taskFlow.WithInBlock(args{"workspace_sid": quote(otherWorkspace)}))
		if read := paths(emulator); len(read) != 2 || !strings.Contains(fmt.Sprint(read), otherWorkspace+"/Workflows/"+workflowSID) {
			t.Errorf("a change of the Workspace read %v", read)
		}
	})
}

// A plan waits for two seconds at the most, and the runs after it do not wait.
func TestReferences_patience(t *testing.T) {
	acctest.InVirtualTime(t, func(t *testing.T) {
		emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Load: flexemulator.Load{Latency: time.Minute}})
		c := newCore(acctest.NewConfiguredProtocol(t, emulator))
		for i, limit := range []time.Duration{2 * time.Second, 0} {
			began := time.Now()
			if _, _, said := c.PlanValues(c.Absent(), taskFlow.Values()); said != "" {
				t.Error(said)
			}
			if waited := time.Since(began); waited > limit {
				t.Errorf("plan %d waited for %s", i+1, waited)
			}
		}
		time.Sleep(time.Hour) // until the emulator has responded
	})
}

// Nothing is read where the check is off, and before the provider is configured.
func TestReferences_off(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{References: references{studioFlowSID: {Missing: true}}})
	off := acctest.NewProtocol(t, emulator.ProviderOptions()...)
	off.Configure(map[string]any{
		"account_sid": flexemulator.AccountSID, "auth_token": flexemulator.AuthToken, "base_url": emulator.URL, "check_references": false,
	})
	unknown := acctest.NewProtocol(t, emulator.ProviderOptions()...)
	unknown.Configure(map[string]any{"account_sid": tftypes.UnknownValue, "auth_token": "secret"})
	for name, p := range map[string]*acctest.Protocol{"off": off, "not configured": unknown} {
		c := newCore(p)
		if _, _, said := c.PlanValues(c.Absent(), studioFlow.Values()); said != "" {
			t.Errorf("%s: %s", name, said)
		}
	}
	if read := paths(emulator); len(read) > 0 {
		t.Errorf("read %v", read)
	}
}
