package reference

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An Event is what starts a Studio flow: name is the event's in the flow's definition, and label the trigger's in the Studio editor.
type Event struct{ name, label string }

// The events by which messages reach Studio flows: from a Flex Flow, and from a conversation.
var (
	IncomingMessage      = Event{"incomingMessage", "Incoming Message"}
	IncomingConversation = Event{"incomingConversationMessage", "Incoming Conversation"}
)

// StudioFlow is a Studio flow that an event starts.
func StudioFlow(event Event) *Reference {
	r := &Reference{name: sid.StudioFlow.Name, host: "studio", path: "/v2/Flows/%[1]s"}
	r.inspect = func(ctx context.Context, f Fetcher, value, path string, fields map[string]json.RawMessage) *Problem {
		var status string
		_ = json.Unmarshal(fields["status"], &status)
		if status == "draft" {
			// The API returns the latest revision. An earlier one may be published, and is the one that runs.
			var err error
			fields, err = f.FetchOnce(ctx, r.host, path+"/Revisions/LatestPublished")
			switch {
			case twilio.IsNotFound(err):
				return &Problem{
					Summary: fmt.Sprintf("Studio flow %s is not published", value),
					Detail:  "a Studio flow that was never published: it is a draft. " + ifNotHandled + " Publish the Studio flow.",
				}
			case err != nil:
				return nil
			}
		}
		if connected, isClear := isConnected(fields["definition"], event.name); connected || !isClear {
			return nil
		}
		return &Problem{
			Summary: fmt.Sprintf("Studio flow %s does not handle %s", value, event.label),
			Detail: fmt.Sprintf("a Studio flow whose published revision has nothing connected to %q of its trigger (%s). %s Connect a widget "+
				"to it, and publish the Studio flow.", event.label, event.name, ifNotHandled),
		}
	}
	return r
}

// isConnected reports whether something follows an event in a flow's definition. isClear is false for a definition in another form than
// Twilio documents.
func isConnected(definition json.RawMessage, event string) (connected, isClear bool) {
	var content struct {
		States []struct {
			Type        string `json:"type"`
			Transitions *[]struct {
				Event string `json:"event"`
				Next  string `json:"next"`
			} `json:"transitions"`
		} `json:"states"`
	}
	if json.Unmarshal(definition, &content) != nil {
		return false, false
	}
	for _, state := range content.States {
		if state.Type != "trigger" || state.Transitions == nil {
			continue
		}
		isClear = true
		for _, transition := range *state.Transitions {
			connected = connected || transition.Event == event && transition.Next != ""
		}
	}
	return connected, isClear
}
