package tfresource

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// A Rewrite turns the state of a resource type, of this provider or another one, into the form of the API's responses, so that it is
// understood as these are. An error says what can't be understood; a [*MoveError] is the whole diagnostic.
type Rewrite func(state map[string]json.RawMessage) error

// A MoveError refuses to move a state for another reason than its form.
type MoveError struct{ Summary, Detail string }

func (e *MoveError) Error() string { return e.Detail }

// UpgradeState takes over what another provider wrote for a resource type of this name, once "terraform state replace-provider" has given
// it to this one. All versions of the schema but the current one are of that provider.
func (r *Resource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	upgraders := map[int64]resource.StateUpgrader{}
	for version := range r.SchemaVersion {
		upgraders[version] = resource.StateUpgrader{
			StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
				state, diags := r.takeOver(r.ownType(), req.RawState.JSON)
				resp.Diagnostics.Append(diags...)
				if state != nil {
					resp.Diagnostics.Append(r.write(ctx, state, &resp.State.Raw)...)
				}
			},
		}
	}
	return upgraders
}

// MoveState takes over what a moved block moves here. The provider is not looked at: after "terraform state replace-provider" it is this
// one.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		isNewer := req.SourceTypeName == r.ownType() && req.SourceSchemaVersion > r.SchemaVersion
		if r.Foreign[req.SourceTypeName] == nil || isNewer {
			return // the framework says that it can't be moved
		}
		state, diags := r.takeOver(req.SourceTypeName, req.SourceRawState.JSON)
		resp.Diagnostics.Append(diags...)
		if state == nil {
			return
		}
		resp.Diagnostics.Append(r.write(ctx, state, &resp.TargetState.Raw)...)
		resp.Diagnostics.Append(resp.TargetIdentity.Set(ctx, identityOf(state))...)
		imported := importRead // what the state lacks and can't be changed comes from the configuration, as after an import
		if slices.ContainsFunc(r.Blocks, func(b *Block) bool { return !state.has(b) && b.isTyped(b.typeOf(state)) }) {
			imported = importPending // the other provider did not store the block, which the next read takes in
		}
		resp.Diagnostics.Append(remember(ctx, resp.TargetPrivate, importKey, imported)...)
	}}}
}

// ownType is the resource's type with the provider's name.
func (d *Definition) ownType() string { return "twilio_" + d.TypeName }

// takeOver turns the state of a resource type into this one's.
func (d *Definition) takeOver(typeName string, raw []byte) (values, diag.Diagnostics) {
	state, err := d.rewrite(typeName, raw)
	if refused, ok := errors.AsType[*MoveError](err); ok {
		return nil, errorf(refused.Summary, "%s", refused.Detail)
	}
	if err != nil {
		return nil, errorf("Unable to take over the state of "+d.aNoun(), "What another provider wrote into the state can't be understood: %v. "+
			"Take the resource out of the state with \"terraform state rm\", which changes nothing in Twilio, and import the %s by its SID.",
			err, d.noun())
	}
	return state, nil
}

func (d *Definition) rewrite(typeName string, raw []byte) (values, error) {
	var state map[string]json.RawMessage
	if err := json.Unmarshal(raw, &state); err != nil || state == nil {
		return nil, errors.New("it is not a JSON object")
	}
	if err := d.Foreign[typeName](state); err != nil {
		return nil, err
	}
	if known := state["sid"]; apijson.IsNull(known) || string(known) == `""` {
		state["sid"] = state["id"]
	}
	var resourceSID string
	if _ = json.Unmarshal(state["sid"], &resourceSID); !d.SID.Valid(resourceSID) {
		return nil, fmt.Errorf("neither sid nor id is that of %s", d.aNoun())
	}
	response, err := json.Marshal(state)
	if err != nil {
		return nil, err
	}
	object, err := d.Decode(response)
	if err != nil {
		return nil, err
	}
	taken, unreadable := d.fromResponse(object, true)
	if len(unreadable) > 0 {
		return nil, fmt.Errorf("it holds %s in a form that the provider does not understand", attribute.ListOf(unreadable))
	}
	taken["timeouts"] = timeoutsOf(state["timeouts"])
	return taken, nil
}

// timeoutsOf reads the timeouts of a state. What is no duration is left out: it would be an error of each operation.
func timeoutsOf(raw json.RawMessage) timeouts.Value {
	none := noTimeouts()
	var set map[string]string
	_ = json.Unmarshal(raw, &set)
	attributeTypes := none.AttributeTypes(context.Background())
	values, isSet := map[string]attr.Value{}, false
	for name := range attributeTypes {
		values[name] = types.StringNull()
		if _, err := time.ParseDuration(set[name]); err == nil {
			values[name], isSet = types.StringValue(set[name]), true
		}
	}
	if !isSet { // after an import, providers write a block of nulls
		return none
	}
	return timeouts.Value{Object: types.ObjectValueMust(attributeTypes, values)}
}
