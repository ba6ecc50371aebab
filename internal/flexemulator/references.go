package flexemulator

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
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
	// Draft means that the latest revision of a Studio flow is a draft, and Published that an earlier one is published.
	Draft     bool `json:"draft"`
	Published bool `json:"published"`
	// Connected are the events of a Studio flow's trigger that are connected, nil for all.
	Connected []string `json:"connected"`
	// WorkspaceSID is the only Workspace that a Workflow or a Task Channel belongs to, empty for any.
	WorkspaceSID string `json:"workspace_sid"`
}

var (
	// referenceSIDs are the kinds of SID that references may have.
	referenceSIDs = regexp.MustCompile(`^(FW|WS|WW|TC|IS)[0-9a-fA-F]{32}$`)
	flowSID       = regexp.MustCompile(`^FW[0-9a-fA-F]{32}$`)
	inWorkspaces  = regexp.MustCompile(`^(WW|TC)[0-9a-fA-F]{32}$`)
	// aSID is what no unique name looks like.
	aSID = regexp.MustCompile(`^[A-Z]{2}[0-9a-fA-F]{32}$`)
)

// check reports what a reference of the name, which is a SID or the unique name of a Task Channel, can't be.
func (r Reference) check(name string) error {
	isFlow, inWorkspace := flowSID.MatchString(name), inWorkspaces.MatchString(name) || !aSID.MatchString(name)
	switch {
	case name == "" || aSID.MatchString(name) && !referenceSIDs.MatchString(name):
		return errors.New("it is not the SID of a Studio flow, Workspace, Workflow, Task Channel or Conversation Service")
	case !isFlow && (r.Draft || r.Published || r.Connected != nil):
		return errors.New("draft, published and connected are for Studio flows")
	case r.Published && !r.Draft:
		return errors.New("published is for a draft of which an earlier revision is published")
	case !inWorkspace && r.WorkspaceSID != "":
		return errors.New("workspace_sid is for Workflows and Task Channels")
	}
	return nil
}

// SetReferences replaces what differs from references that exist and work, by their SIDs or unique names.
func (s *Server) SetReferences(references map[string]Reference) error {
	for name, r := range references {
		if err := r.check(name); err != nil {
			return fmt.Errorf("reference %q: %w", name, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.references.differ = maps.Clone(references)
	return nil
}

// references are the resources of other APIs. They are read only.
type references struct {
	contract *contract
	differ   map[string]Reference
}

func (*references) about() about { return about{} }

func (r *references) rules() *contract { return r.contract }

// prefixes are those of the SIDs in the paths, by operation.
var prefixes = map[string]string{
	"fetchFlow": "FW", "fetchRevision": "FW", "fetchWorkspace": "WS", "fetchWorkflow": "WW", "fetchTaskChannel": "TC", "fetchService": "IS",
}

func (r *references) operate(call *call) (int, any, *apiError) {
	parameters, operation := call.input.PathParams, call.input.Route.Operation.OperationID
	name, workspaceSID, revision := parameters["Sid"], parameters["WorkspaceSid"], parameters["Revision"]
	is, sid := r.differ[name], name
	if operation == "fetchTaskChannel" && !aSID.MatchString(name) {
		sid = "TC" + hash(name)
	}
	exists := !is.Missing && aSID.MatchString(sid) && sid[:2] == prefixes[operation]
	if workspaceSID != "" {
		belongs := is.WorkspaceSID == "" || is.WorkspaceSID == workspaceSID
		exists = exists && belongs && aSID.MatchString(workspaceSID) && workspaceSID[:2] == "WS" && !r.differ[workspaceSID].Missing
	}
	if !exists || revision == "LatestPublished" && is.Draft && !is.Published {
		return 0, nil, notFound(call.URL.Path)
	}
	shown := map[string]any{
		"sid": sid, "account_sid": AccountSID, "friendly_name": "Reference " + name, "url": call.baseURL + call.URL.EscapedPath(),
		"date_created": date(time.Unix(1e9, 0)), "date_updated": date(time.Unix(1e9, 0)),
	}
	switch {
	case sid[:2] == "FW":
		is.showFlow(shown, is.Draft && revision != "LatestPublished")
	case workspaceSID != "":
		shown["workspace_sid"] = workspaceSID
		if sid != name {
			shown["unique_name"] = name
		}
	}
	return http.StatusOK, shown, nil
}

func hash(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}

// showFlow adds what only Studio flows have.
func (r Reference) showFlow(shown map[string]any, draft bool) {
	shown["status"], shown["revision"], shown["valid"] = "published", 1, true
	if draft {
		shown["status"], shown["revision"] = "draft", 2
	}
	transitions := []map[string]any{}
	for _, event := range []string{"incomingMessage", "incomingCall", "incomingConversationMessage", "incomingRequest", "incomingParent"} {
		transition := map[string]any{"event": event}
		if r.Connected == nil || slices.Contains(r.Connected, event) {
			transition["next"] = "send_to_flex"
		}
		transitions = append(transitions, transition)
	}
	shown["definition"] = map[string]any{
		"description": "Sends messages to Flex", "initial_state": "Trigger", "flags": map[string]any{"allow_concurrent_calls": true},
		"states": []map[string]any{
			{"name": "Trigger", "type": "trigger", "transitions": transitions, "properties": map[string]any{}},
			{"name": "send_to_flex", "type": "send-to-flex", "transitions": []any{}, "properties": map[string]any{}},
		},
	}
}
