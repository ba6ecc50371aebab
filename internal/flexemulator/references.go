package flexemulator

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"
)

//go:embed references.yaml
var referencesDocument []byte

var referencesContract = sync.OnceValues(func() (*contract, error) { return newContract(referencesDocument, "Named") })

// A Reference is something that a Flex Flow or an address configuration refers to, as far as it differs from one that exists and works: a
// Studio flow is published, with all events of its trigger connected.
type Reference struct {
	// Missing means that it does not exist.
	Missing bool `json:"missing"`
	// Draft means that the latest revision of a Studio flow is a draft, and Published that the one before it is published.
	Draft     bool `json:"draft"`
	Published bool `json:"published"`
	// Connected are the events of a Studio flow's trigger that are connected, nil for all.
	Connected []string `json:"connected"`
	// WorkspaceSID is the only Workspace that a Workflow or a Task Channel belongs to, empty for any.
	WorkspaceSID string `json:"workspace_sid"`
}

// triggerEvents are those of a Studio flow's trigger.
var triggerEvents = []string{"incomingMessage", "incomingCall", "incomingConversationMessage", "incomingRequest", "incomingParent"}

var (
	// aSID is what no unique name looks like, and likeSID what is one with a mistake in it.
	aSID    = regexp.MustCompile(`^[A-Z]{2}[0-9a-fA-F]{32}$`)
	likeSID = regexp.MustCompile(`^[A-Za-z]{2}[0-9a-fA-F]{16,}$`)
)

// kindOf is the prefix of the SID that a reference's name is or, as a unique name, stands for; empty for a name that none can have.
func kindOf(name string) string {
	switch {
	case aSID.MatchString(name) && slices.Contains([]string{"FW", "WS", "WW", "TC", "IS"}, name[:2]):
		return name[:2]
	case name == "" || likeSID.MatchString(name):
		return ""
	}
	return "TC"
}

// check reports what a reference of the name, which is a SID or the unique name of a Task Channel, can't be.
func (r Reference) check(name string) error {
	kind := kindOf(name)
	ofFlow := r.Draft || r.Published || r.Connected != nil
	switch {
	case kind == "":
		return errors.New("it is not the SID of a Studio flow (FW…), Workspace (WS…), Workflow (WW…), Task Channel (TC…) or " +
			"Conversation Service (IS…), which has 32 hexadecimal digits, nor the unique name of a Task Channel")
	case r.Missing && (ofFlow || r.WorkspaceSID != ""):
		return errors.New("missing goes with nothing else: omit the rest, or missing")
	case kind != "FW" && ofFlow:
		return errors.New("draft, published and connected are for Studio flows: omit them")
	case r.Published && !r.Draft:
		return errors.New("published is for a draft of which an earlier revision is published: add draft, or omit published")
	case kind != "WW" && kind != "TC" && r.WorkspaceSID != "":
		return errors.New("workspace_sid is for Workflows and Task Channels: omit it")
	case r.WorkspaceSID != "" && kindOf(r.WorkspaceSID) != "WS":
		return fmt.Errorf("workspace_sid %q is not the SID of a Workspace: WS and 32 hexadecimal digits", r.WorkspaceSID)
	}
	for _, event := range r.Connected {
		if !slices.Contains(triggerEvents, event) {
			return fmt.Errorf("connected has %q, which is not an event of a trigger; those are %q", event, triggerEvents)
		}
	}
	return nil
}

// SetReferences replaces what differs from references that exist and work, by their SIDs or unique names.
func (s *Server) SetReferences(differ map[string]Reference) error {
	bySID := map[string]Reference{}
	for _, name := range slices.Sorted(maps.Keys(differ)) {
		if err := differ[name].check(name); err != nil {
			return fmt.Errorf("reference %q: %w", name, err)
		}
		bySID[referenceSID(name)] = differ[name]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.references.differ = bySID
	return nil
}

// referenceSID is the SID of what has a name: the name itself, unless that is the unique name of a Task Channel.
func referenceSID(name string) string {
	if aSID.MatchString(name) {
		return name
	}
	return channelSID(name)
}

// references are the resources of other APIs. They are read only.
type references struct {
	contract *contract
	differ   map[string]Reference // by SID
}

func (*references) about() about { return about{} }

func (r *references) rules() *contract { return r.contract }

// prefixes are those of the SIDs in the paths, by operation.
var prefixes = map[string]string{
	"fetchFlow": "FW", "fetchRevision": "FW", "fetchWorkspace": "WS", "fetchWorkflow": "WW", "fetchTaskChannel": "TC", "fetchService": "IS",
}

// exists reports whether there is a resource of a kind, within a Workspace if one is named.
func (r *references) exists(kind, sid, workspaceSID string) bool {
	is := r.differ[sid]
	if is.Missing || !aSID.MatchString(sid) || sid[:2] != kind {
		return false
	}
	return workspaceSID == "" || r.exists("WS", workspaceSID, "") && (is.WorkspaceSID == "" || is.WorkspaceSID == workspaceSID)
}

func (r *references) operate(call *call) (int, any, *apiError) {
	parameters, operation := call.input.PathParams, call.input.Route.Operation.OperationID
	sid, workspaceSID := parameters["Sid"], parameters["WorkspaceSid"]
	if operation == "fetchTaskChannel" {
		sid = referenceSID(sid)
	}
	if !r.exists(prefixes[operation], sid, workspaceSID) {
		return 0, nil, notFound(call.URL.Path)
	}
	shown := map[string]any{
		"sid": sid, "account_sid": AccountSID, "friendly_name": "Reference " + parameters["Sid"],
		"url":          call.baseURL + call.URL.EscapedPath(),
		"date_created": date(time.Unix(1e9, 0)), "date_updated": date(time.Unix(1e9, 0)),
	}
	if workspaceSID != "" {
		shown["workspace_sid"] = workspaceSID
	}
	switch operation {
	case "fetchTaskChannel":
		shown["unique_name"] = parameters["Sid"]
		if sid == parameters["Sid"] {
			shown["unique_name"] = "channel-" + sid[2:]
		}
	case "fetchFlow", "fetchRevision":
		return r.differ[sid].showFlow(shown, call, cmp.Or(parameters["Revision"], "LatestRevision"))
	}
	return http.StatusOK, shown, nil
}

// showFlow adds what only Studio flows have: the content of a revision. Those are numbered from 1, and a draft has one before it.
func (r Reference) showFlow(shown map[string]any, call *call, revision string) (int, any, *apiError) {
	latest, published := 1, 1
	if r.Draft {
		latest, published = 2, 0
	}
	if r.Published {
		published = 1
	}
	var number int
	switch revision {
	case "LatestRevision":
		number = latest
	case "LatestPublished":
		number = published
	default:
		var err error
		if number, err = strconv.Atoi(revision); err != nil {
			return 0, nil, refuse(http.StatusBadRequest, 81021, "Revision is neither a number nor LatestRevision nor LatestPublished")
		}
	}
	if number < 1 || number > latest {
		return 0, nil, notFound(call.URL.Path)
	}
	shown["status"], shown["revision"], shown["valid"], shown["definition"] = "draft", number, true, r.definition()
	if number == published {
		shown["status"] = "published"
	}
	return http.StatusOK, shown, nil
}

// definition is that of a Studio flow, the same in all its revisions.
func (r Reference) definition() map[string]any {
	transitions := []map[string]any{}
	for _, event := range triggerEvents {
		transition := map[string]any{"event": event}
		if r.Connected == nil || slices.Contains(r.Connected, event) {
			transition["next"] = "send_to_flex"
		}
		transitions = append(transitions, transition)
	}
	at := func(x, y int) map[string]any { return map[string]any{"offset": map[string]any{"x": x, "y": y}} }
	return map[string]any{
		"description": "Sends messages to Flex", "initial_state": "Trigger", "flags": map[string]any{"allow_concurrent_calls": true},
		"states": []map[string]any{
			{"name": "Trigger", "type": "trigger", "transitions": transitions, "properties": at(0, 0)},
			{"name": "send_to_flex", "type": "send-to-flex", "transitions": []any{}, "properties": at(0, 200)},
		},
	}
}
