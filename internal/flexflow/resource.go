// Package flexflow is all that Terraform knows of a Flex Flow, a file per concern.
package flexflow

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// How long an operation may take when the timeouts block says nothing of it.
const (
	defaultReadTimeout  = 5 * time.Minute
	defaultWriteTimeout = 10 * time.Minute
)

func timeoutDescription(what string, standard time.Duration) string {
	return fmt.Sprintf("How long %s may take, as a [duration](https://pkg.go.dev/time#ParseDuration) such as `\"90s\"`. Defaults to `\"%dm\"`.",
		what, int(standard.Minutes()))
}

// NewResource returns the resource twilio_flex_flow.
func NewResource() resource.Resource { return &flexFlowResource{} }

type flexFlowResource struct {
	configured
}

var (
	_ resource.ResourceWithConfigure      = (*flexFlowResource)(nil)
	_ resource.ResourceWithIdentity       = (*flexFlowResource)(nil)
	_ resource.ResourceWithImportState    = (*flexFlowResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*flexFlowResource)(nil)
	_ resource.ResourceWithMoveState      = (*flexFlowResource)(nil)
	_ resource.ResourceWithUpgradeState   = (*flexFlowResource)(nil)
	_ resource.ResourceWithValidateConfig = (*flexFlowResource)(nil)
)

func (r *flexFlowResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_flow"
}

func (r *flexFlowResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = resourceSchema(ctx)
}

func (r *flexFlowResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.configure(req.ProviderData)
}

func (r *flexFlowResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, diags := modelOf(ctx, req.Config.Raw)
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(validateIntegration(config, r.client != nil)...)
		resp.Diagnostics.Append(validateTimeouts(config)...)
	}
}

func (r *flexFlowResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, diags := modelOf(ctx, req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.Timeouts.Create(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}

	flow, adopted, err := r.client.CreateFlexFlow(ctx, twilio.Creation{Params: plan.params(&blank), Matches: plan.matches, Timeout: timeout})
	if flow == nil {
		resp.Diagnostics.Append(failure(opCreate, strconv.Quote(plan.FriendlyName.ValueString()), err))
		return
	}
	// From here on nothing is an error: the flow is there, and its SID has to get into the state.
	if adopted {
		resp.Diagnostics.Append(adoption(flow))
	}
	resp.Diagnostics.Append(rememberCreation(ctx, resp.Private)...)
	answered := newModel(flow, &plan)
	resp.Diagnostics.Append(warnUnreadable(flow, unreadable(flow, &plan, answered.IntegrationType), keepsPlanned)...)
	state, diags := settle(plan, blank, answered)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(state.write(ctx, &resp.State.Raw)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

func (r *flexFlowResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, diags := modelOf(ctx, req.State.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.Timeouts.Read(ctx, defaultReadTimeout)
	resp.Diagnostics.Append(diags...)
	if req.Identity == nil || req.Identity.Raw.IsNull() {
		// Even for a flow that turns out to be gone: the framework asks for it all the same.
		resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	}
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	prior := &state
	if state.JanitorEnabled.IsNull() {
		prior = nil // an import: the SID is all that is known, and any read gives this a value
	}
	held := twilio.Held{
		SID: state.SID.ValueString(), DateCreated: state.DateCreated.ValueString(),
		Matches: func(flow *twilio.FlexFlow) bool { return newModel(flow, prior).equal(state) },
	}
	var flow *twilio.FlexFlow
	err := r.client.WhileSettling(ctx, age(ctx, req.Private), func() (err error) {
		flow, err = r.client.ReadFlexFlow(ctx, held)
		return err
	})
	if twilio.IsNotFound(err) {
		resp.Diagnostics.Append(warnOtherAccount(state, r.client.Account())...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(failure(opRead, state.SID.ValueString(), err))
		return
	}
	read := newModel(flow, prior)
	read.Timeouts = state.Timeouts
	if read.JanitorEnabled.IsNull() {
		read.JanitorEnabled = types.BoolValue(false) // null would be an import
	}
	consequence := keepsPrior
	if prior == nil {
		consequence = leavesNull
	}
	resp.Diagnostics.Append(warnUnreadable(flow, unreadable(flow, prior, read.IntegrationType), consequence)...)
	if !read.equal(state) { // else the response holds it already
		resp.Diagnostics.Append(read.write(ctx, &resp.State.Raw)...)
	}
}

func (r *flexFlowResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, diags := modelOf(ctx, req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	prior, diags := modelOf(ctx, req.State.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.Timeouts.Update(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, prior.identity())...)
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.DateUpdated.IsUnknown() {
		// The plan said that nothing changes in Twilio.
		resp.Diagnostics.Append(plan.write(ctx, &resp.State.Raw)...)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	var flow *twilio.FlexFlow
	err := r.client.WhileSettling(ctx, age(ctx, req.Private), func() (err error) {
		flow, err = r.client.UpdateFlexFlow(ctx, prior.SID.ValueString(), plan.params(&prior))
		return err
	})
	if _, ok := errors.AsType[*twilio.AnswerError](err); ok {
		resp.Diagnostics.Append(updatedBlindly(prior.SID.ValueString(), err))
		state, _ := settle(plan, prior, prior)
		resp.Diagnostics.Append(state.write(ctx, &resp.State.Raw)...)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(failure(opUpdate, prior.SID.ValueString(), err))
		return
	}
	answered := newModel(flow, &plan)
	resp.Diagnostics.Append(warnUnreadable(flow, unreadable(flow, &plan, answered.IntegrationType), keepsPlanned)...)
	state, diags := settle(plan, prior, answered)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(state.write(ctx, &resp.State.Raw)...)
}

func (r *flexFlowResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, diags := modelOf(ctx, req.State.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.Timeouts.Delete(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	err := r.client.WhileSettling(ctx, age(ctx, req.Private), func() error {
		return r.client.DeleteFlexFlow(ctx, state.SID.ValueString())
	})
	switch {
	case errors.Is(err, twilio.ErrAdopted):
		resp.Diagnostics.Append(keptAdopted(state.SID.ValueString()))
	case twilio.IsNotFound(err):
		resp.Diagnostics.Append(warnOtherAccount(state, r.client.Account())...)
	case err != nil:
		resp.Diagnostics.Append(failure(opDelete, state.SID.ValueString(), err))
	}
}

// ImportState takes an identity; or a SID, the path that another provider uses for it (/FlexFlows/FO…), or the flow's URL.
func (r *flexFlowResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var flow identity
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &flow)...)
		if err := sid.FlexFlow.Check(flow.SID.ValueString()); err != nil && !resp.Diagnostics.HasError() {
			resp.Diagnostics.AddError("Invalid import identity", "The identity's sid can't be used: "+err.Error()+".")
		}
	} else {
		flowSID, err := parseImportID(req.ID)
		if err != nil {
			resp.Diagnostics.AddError("Invalid import ID", err.Error())
		}
		flow.SID = types.StringValue(flowSID)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), flow.SID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("sid"), flow.SID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, flow)...)
}
