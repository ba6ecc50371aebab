package reference_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/reference"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

const (
	flow      = "FW00000000000000000000000000000001"
	workspace = "WS00000000000000000000000000000001"
	workflow  = "WW00000000000000000000000000000001"
)

var errMissing = &twilio.APIError{Status: 404, Code: 20404}

// responses are what is there, by host and path. Everything else is missing, but for paths below /fails.
type responses map[string]string

func (r responses) FetchOnce(_ context.Context, host, path string) (map[string]json.RawMessage, error) {
	body, ok := r[host+path]
	switch {
	case !ok:
		return nil, errMissing
	case body == "":
		return nil, errors.New("it failed")
	}
	fields := map[string]json.RawMessage{}
	return fields, json.Unmarshal([]byte(body), &fields)
}

// studioFlow is a Studio flow as the API returns it.
func studioFlow(status, definition string) string {
	return `{"sid":"` + flow + `","status":"` + status + `","definition":` + definition + `}`
}

func trigger(transitions string) string {
	return `{"states":[{"type":"send-message","transitions":[{"event":"sent","next":"x"}]},{"type":"trigger","transitions":` + transitions + `}]}`
}

func TestStudioFlow(t *testing.T) {
	const at = "studio/v2/Flows/" + flow
	connected := trigger(`[{"event":"incomingCall"},{"event":"incomingMessage","next":"send"}]`)
	unconnected := trigger(`[{"event":"incomingMessage"},{"event":"incomingConversationMessage","next":"send"}]`)
	cases := map[string]struct {
		responses responses
		expected  string
	}{
		"published and connected":        {responses{at: studioFlow("published", connected)}, ""},
		"missing":                        {responses{}, "Studio flow " + flow + " not found"},
		"no clear response":              {responses{at: ""}, ""},
		"never published":                {responses{at: studioFlow("draft", connected)}, "Studio flow " + flow + " is not published"},
		"unconnected":                    {responses{at: studioFlow("published", unconnected)}, "does not handle Incoming Message"},
		"event with an empty next":       {responses{at: studioFlow("published", trigger(`[{"event":"incomingMessage","next":""}]`))}, "does not handle"},
		"event with next null":           {responses{at: studioFlow("published", trigger(`[{"event":"incomingMessage","next":null}]`))}, "does not handle"},
		"event not listed":               {responses{at: studioFlow("published", trigger(`[]`))}, "does not handle"},
		"no definition":                  {responses{at: studioFlow("published", `null`)}, ""},
		"definition in text":             {responses{at: studioFlow("published", `"{}"`)}, ""},
		"no trigger":                     {responses{at: studioFlow("published", `{"states":[]}`)}, ""},
		"trigger without a list":         {responses{at: studioFlow("published", trigger(`null`))}, ""},
		"transitions of other form":      {responses{at: studioFlow("published", trigger(`{"incomingMessage":"send"}`))}, ""},
		"never published, without a SID": {responses{at: `{"status":"draft"}`}, "Studio flow " + flow + " is not published"},
		"unknown status":                 {responses{at: studioFlow("archived", connected)}, ""},
		"draft after a revision that is published": {responses{
			at: studioFlow("draft", unconnected), at + "/Revisions/LatestPublished": studioFlow("published", connected),
		}, ""},
		"draft that mends a published revision": {responses{
			at: studioFlow("draft", connected), at + "/Revisions/LatestPublished": studioFlow("published", unconnected),
		}, "does not handle"},
		"draft, and no clear response": {responses{at: studioFlow("draft", unconnected), at + "/Revisions/LatestPublished": ""}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			check(t, reference.StudioFlow(reference.IncomingMessage), c.responses, flow, "", c.expected)
		})
	}
	t.Run("another event", func(t *testing.T) {
		check(t, reference.StudioFlow(reference.IncomingConversation), responses{at: studioFlow("published", unconnected)}, flow, "", "")
		check(t, reference.StudioFlow(reference.IncomingConversation), responses{at: studioFlow("published", connected)}, flow, "",
			"Studio flow "+flow+" does not handle Incoming Conversation")
	})
}

func check(t *testing.T, r *reference.Reference, there responses, value, parent, expected string) {
	t.Helper()
	problem := r.Check(t.Context(), there, value, parent)
	switch {
	case problem == nil && expected != "":
		t.Errorf("no problem, expected %q", expected)
	case problem != nil && (expected == "" || !strings.Contains(problem.Summary, expected)):
		t.Errorf("%q, expected %q", problem.Summary, expected)
	case problem != nil && problem.Missing != strings.Contains(problem.Summary, "not found"):
		t.Errorf("%q: missing is %t", problem.Summary, problem.Missing)
	}
}

func TestReferences(t *testing.T) {
	cases := map[string]struct {
		reference     *reference.Reference
		value, parent string
		at, missing   string
	}{
		"workspace": {reference.Workspace, workspace, "", "taskrouter/v1/Workspaces/" + workspace, "TaskRouter Workspace " + workspace + " not found"},
		"workflow": {
			reference.Workflow, workflow, workspace, "taskrouter/v1/Workspaces/" + workspace + "/Workflows/" + workflow,
			"TaskRouter Workflow " + workflow + " not found",
		},
		"task channel": {
			reference.TaskChannel, "sms", workspace, "taskrouter/v1/Workspaces/" + workspace + "/TaskChannels/sms",
			"Task Channel sms not found",
		},
		"task channel with a name for a path": {
			reference.TaskChannel, "b c?", workspace, "taskrouter/v1/Workspaces/" + workspace + "/TaskChannels/b%20c%3F",
			"Task Channel b c? not found",
		},
		"service": {reference.Service, "IS1", "", "conversations/v1/Services/IS1", "Conversation Service IS1 not found"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			check(t, c.reference, responses{c.at: `{}`}, c.value, c.parent, "")
			check(t, c.reference, responses{c.at: ""}, c.value, c.parent, "")
			check(t, c.reference, responses{}, c.value, c.parent, c.missing)
		})
	}
	for _, name := range []string{".", "..", "a/b"} {
		check(t, reference.TaskChannel, responses{}, name, workspace, "")
	}
}
