package tfresource

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A Resource is the managed resource of a definition.
type Resource struct {
	withClient
}

var (
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithMoveState      = (*Resource)(nil)
	_ resource.ResourceWithUpgradeState   = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Schema gives the resource's schema.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.resourceSchema(ctx)
}

// ValidateConfig applies the rules that need the configuration alone.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, diags := r.valuesOf(ctx, req.Config.Raw)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	for _, b := range r.Blocks {
		resp.Diagnostics.Append(b.validate(config, r.client != nil)...)
	}
	resp.Diagnostics.Append(validateTimeouts(config)...)
	if r.Validate == nil {
		return
	}
	for _, d := range r.Validate(config.text) {
		if r.client == nil || d.Severity() == diag.SeverityError { // Terraform validates once more when it plans, and would repeat warnings
			resp.Diagnostics.Append(d)
		}
	}
}

// Create creates the resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, diags := r.valuesOf(ctx, req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.timeouts().Create(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.client.Create(ctx, twilio.Creation{
		Params: r.params(plan, nil), Timeout: timeout,
		Compare: func(object *twilio.Object) compare.Outcome { return r.compareCreate(plan, object) },
	})
	if created == nil {
		resp.Diagnostics.Append(r.failure(opCreate, strconv.Quote(plan.text(r.LookUp).ValueString()), err)...)
		return
	}
	// From here on nothing is an error: the resource is there, and its SID has to get into the state.
	if created.Adopted {
		resp.Diagnostics.Append(r.adoption(created.Object)...)
	}
	resp.Diagnostics.Append(r.warnTwins(created)...)
	resp.Diagnostics.Append(r.warnWrittenElsewhere(created.Object)...)
	resp.Diagnostics.Append(remember(ctx, resp.Private, creationKey, time.Now())...)
	resp.Diagnostics.Append(remember(ctx, resp.Private, clearableKey, r.clearableIn(plan))...)
	state, unclear, diags := r.stateAfterWrite(created.Object, plan, nil)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(remember(ctx, resp.Private, unclearKey, unclear)...)
	resp.Diagnostics.Append(r.write(ctx, state, &resp.State.Raw)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(state))...)
}

// Read brings the state up to date.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, diags := r.valuesOf(ctx, req.State.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.timeouts().Read(ctx, defaultReadTimeout)
	resp.Diagnostics.Append(diags...)
	if req.Identity == nil || req.Identity.Raw.IsNull() {
		// Even for a resource that turns out to be gone: the framework asks for it all the same.
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(state))...)
	}
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	imports, before := recall[importing](ctx, req.Private, importKey) == importPending, recall[unclear](ctx, req.Private, unclearKey)
	known := twilio.Known{SID: state.sid(), IsUnchanged: func(object *twilio.Object) bool {
		return !imports && r.isUnchanged(object, state, before)
	}}
	var object *twilio.Object
	err := r.client.RetryNotFound(ctx, age(ctx, req.Private), func() (err error) {
		object, err = r.client.Read(ctx, known)
		return err
	})
	if twilio.IsNotFound(err) {
		resp.Diagnostics.Append(r.warnOtherAccount(state)...)
		resp.Diagnostics.Append(r.warnManyGone(r.client.CountGone())...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.failure(opRead, r.called(state), err)...)
		return
	}
	read, now := r.take(object, state, before, imports, &resp.Diagnostics)
	if imports {
		resp.Diagnostics.Append(remember(ctx, resp.Private, importKey, importRead)...)
	}
	if !reflect.DeepEqual(before, now) {
		resp.Diagnostics.Append(remember(ctx, resp.Private, unclearKey, now)...)
	}
	if !read.equal(state) { // else the response holds it already
		read["timeouts"] = state["timeouts"]
		resp.Diagnostics.Append(r.write(ctx, read, &resp.State.Raw)...)
	}
}

// take takes in a resource that was read, and returns the new state and what is unclear.
func (r *Resource) take(object *twilio.Object, state values, before unclear, imports bool, diags *diag.Diagnostics) (values, unclear) {
	if imports {
		read, unreadable := r.fromAPI(object)
		diags.Append(r.warnUnreadable(object.SID, unreadable, leavesNull)...)
		return read, unclear{}
	}
	read, unreadable, now := r.refresh(object, state, before)
	diags.Append(r.warnUnreadable(object.SID, unreadable, keepsPrior)...)
	diags.Append(r.warnDrift(read, state)...)
	return read, now
}

// Update changes the resource in place.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, diags := r.valuesOf(ctx, req.Plan.Raw)
	resp.Diagnostics.Append(diags...)
	prior, diags := r.valuesOf(ctx, req.State.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.timeouts().Update(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(prior))...)
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(remember(ctx, resp.Private, importKey, nil)...)
	if !r.isUpdated(plan) {
		resp.Diagnostics.Append(r.write(ctx, plan, &resp.State.Raw)...)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	var object *twilio.Object
	err := r.client.RetryNotFound(ctx, age(ctx, req.Private), func() (err error) {
		object, err = r.client.Update(ctx, prior.sid(), r.params(plan, prior))
		return err
	})
	if _, ok := errors.AsType[*twilio.ResponseError](err); ok {
		resp.Diagnostics.Append(r.updatedBlindly(prior.sid(), err)...)
		resp.Diagnostics.Append(r.write(ctx, r.stateAfterBlindUpdate(plan, prior), &resp.State.Raw)...)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.failure(opUpdate, r.called(prior), err)...)
		return
	}
	resp.Diagnostics.Append(r.warnWrittenElsewhere(object)...)
	state, unclear, diags := r.stateAfterWrite(object, plan, prior)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(remember(ctx, resp.Private, unclearKey, unclear)...)
	resp.Diagnostics.Append(r.write(ctx, state, &resp.State.Raw)...)
}

// Delete deletes the resource.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, diags := r.valuesOf(ctx, req.State.Raw)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.timeouts().Delete(ctx, defaultWriteTimeout)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	err := r.client.RetryNotFound(ctx, age(ctx, req.Private), func() error {
		return r.client.Delete(ctx, state.sid())
	})
	switch {
	case errors.Is(err, twilio.ErrAdopted):
		resp.Diagnostics.Append(r.keptAdopted(state.sid())...)
	case twilio.IsNotFound(err):
		resp.Diagnostics.Append(r.warnOtherAccount(state)...)
	case err != nil:
		resp.Diagnostics.Append(r.failure(opDelete, r.called(state), err)...)
	}
}
