package flexflow

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
)

// States of the two older providers, as they are taken over without a write:
//
//	RJPearson94/twilio  twilio_flex_flow, version 0     integration is a list of one object; "", 0 and false stand for what is
//	                                                    absent; a Task's workflow_sid is missing
//	twilio/twilio       twilio_flex_flex_flows_v1       integration_flow_sid and so on stand beside the other attributes; no
//	                                                    account_sid, url or dates
//
// Either is written as the API would answer it, and then goes the way of every answer. What is missing comes with the next read.

// flexFlowResource is the managed resource, which takes over states of older providers.
type flexFlowResource struct {
	*tfresource.Resource
}

func takingOver(r *tfresource.Resource) resource.Resource { return &flexFlowResource{r} }

var (
	_ resource.ResourceWithMoveState    = (*flexFlowResource)(nil)
	_ resource.ResourceWithUpgradeState = (*flexFlowResource)(nil)
)

// movedTypes are the types that a moved block may come from. The provider is not looked at: after "terraform state
// replace-provider" it is this one.
var movedTypes = []string{"twilio_flex_flow", "twilio_flex_flex_flows_v1"}

// UpgradeState takes over what another provider wrote for a resource of this name, once "terraform state replace-provider" has
// given it to this one.
func (r *flexFlowResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return map[int64]resource.StateUpgrader{
		0: {StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
			state, diags := takeOver(req.RawState.JSON)
			resp.Diagnostics.Append(diags...)
			if state != nil {
				resp.Diagnostics.Append(state.Write(ctx, &resp.State, nil)...)
			}
		}},
	}
}

// MoveState takes over what a moved block moves here.
func (r *flexFlowResource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		if !slices.Contains(movedTypes, req.SourceTypeName) || req.SourceSchemaVersion > Definition.SchemaVersion {
			return // the framework says that it can't be moved
		}
		state, diags := takeOver(req.SourceRawState.JSON)
		resp.Diagnostics.Append(diags...)
		if state == nil {
			return
		}
		resp.Diagnostics.Append(state.Write(ctx, &resp.TargetState, resp.TargetIdentity)...)
		if req.SourceSchemaVersion == 0 {
			// After an import, twilio/twilio stores nothing of the integration.
			resp.Diagnostics.Append(state.ReadWhole(ctx, resp.TargetPrivate)...)
		}
	}}}
}

// takeOver turns a state of any of the providers into this one's.
func takeOver(raw []byte) (*tfresource.State, diag.Diagnostics) {
	refused := func(err error) (*tfresource.State, diag.Diagnostics) {
		return nil, diag.Diagnostics{diag.NewErrorDiagnostic("Unable to take over the state of a Flex Flow",
			"What another provider wrote into the state can't be understood: "+err.Error()+". Take the resource out of the state with \"terraform "+
				"state rm\", which changes nothing in Twilio, and import the Flex Flow by its SID.")}
	}
	var state map[string]json.RawMessage
	if err := json.Unmarshal(raw, &state); err != nil || state == nil {
		return refused(errors.New("it is not a JSON object"))
	}
	if known := string(orNull(state["sid"])); known == "null" || known == `""` {
		state["sid"] = state["id"]
	}
	var flowSID string
	if _ = json.Unmarshal(orNull(state["sid"]), &flowSID); !sid.FlexFlow.Valid(flowSID) {
		return refused(errors.New("neither sid nor id is that of a Flex Flow"))
	}
	integration, err := integrationOf(state)
	if err != nil {
		return refused(err)
	}
	state["integration"] = integration
	answer, err := json.Marshal(state)
	if err != nil {
		return refused(err)
	}
	timeouts, err := timeoutsOf(state["timeouts"])
	if err != nil {
		return refused(err)
	}
	taken, err := Definition.TakeOver(answer, timeouts)
	if err != nil {
		return refused(err)
	}
	return taken, nil
}

// integrationOf finds the integration in a state: an object, a list of one, or attributes of their own.
func integrationOf(state map[string]json.RawMessage) (json.RawMessage, error) {
	integration := map[string]json.RawMessage{}
	if raw := bytes.TrimSpace(state["integration"]); len(raw) > 0 && raw[0] == '[' {
		var list []map[string]json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, errors.New("integration is a list of something else than objects")
		}
		if len(list) > 0 {
			integration = list[0]
		}
	} else if err := json.Unmarshal(orNull(raw), &integration); err != nil {
		return nil, errors.New("integration is no object")
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
	return json.Marshal(integration)
}

func timeoutsOf(raw json.RawMessage) (timeouts.Value, error) {
	none := tfresource.NoTimeouts()
	var set map[string]*string
	if err := json.Unmarshal(orNull(raw), &set); err != nil {
		return none, errors.New("timeouts is not an object of texts")
	}
	if set == nil {
		return none, nil
	}
	attributeTypes := none.AttributeTypes(context.Background())
	values := map[string]attr.Value{}
	for name := range attributeTypes {
		values[name] = types.StringPointerValue(set[name])
	}
	return timeouts.Value{Object: types.ObjectValueMust(attributeTypes, values)}, nil
}

func orNull(raw []byte) []byte {
	if len(raw) == 0 {
		return []byte("null")
	}
	return raw
}
