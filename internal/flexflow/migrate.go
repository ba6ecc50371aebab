package flexflow

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"

	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
)

// States of two other providers are taken over without a write. What is missing comes with the next read.
//
//	RJPearson94/twilio  twilio_flex_flow, version 0     integration is a list of one object; "", 0 and false stand for what is
//	                                                    absent; a Task's workflow_sid is missing
//	twilio/twilio       twilio_flex_flex_flows_v1       integration_flow_sid and so on stand beside the other attributes; no
//	                                                    account_sid, url or dates
var foreign = map[string]tfresource.Rewrite{"twilio_flex_flow": nestIntegration, "twilio_flex_flex_flows_v1": nestIntegration}

// nestIntegration makes one object of the integration, which is an object, a list of one, or attributes of their own.
func nestIntegration(state map[string]json.RawMessage) error {
	integration := map[string]json.RawMessage{}
	if raw := bytes.TrimSpace(state["integration"]); len(raw) > 0 && raw[0] == '[' {
		var list []map[string]json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return errors.New("integration is a list of something else than objects")
		}
		if len(list) > 0 {
			integration = list[0]
		}
	} else if len(raw) > 0 && json.Unmarshal(raw, &integration) != nil {
		return errors.New("integration is no object")
	}
	for _, r := range rules {
		if value, ok := state["integration_"+r.Name]; ok {
			if integration == nil {
				integration = map[string]json.RawMessage{}
			}
			integration[r.Name] = value
		}
	}
	// No Task may wait for 0 seconds: that is how an absent value was written.
	maps.DeleteFunc(integration, func(name string, value json.RawMessage) bool { return name == "timeout" && string(value) == "0" })
	var err error
	state["integration"], err = json.Marshal(integration)
	return err
}
