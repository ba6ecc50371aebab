package tfresource

import (
	"context"
	"errors"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A Resource is the managed resource of a definition.
type Resource struct {
	configured
}

var (
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Metadata gives the resource's type.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.TypeName
}

// Schema gives the resource's schema.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.resourceSchema(ctx)
}

// Configure takes the provider's client.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	resp.Diagnostics.Append(r.configure(req.ProviderData)...)
}

// ValidateConfig applies the rules that need the configuration alone.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, diags := r.valuesOf(ctx, req.Config.Raw)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.validateBlock(config, r.client != nil)...)
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

	nothing := r.nothing()
	object, adopted, err := r.client.Create(ctx, twilio.Creation{
		Params: r.params(plan, nothing), Timeout: timeout,
		Matches: func(object *twilio.Object) bool { return r.matches(plan, object) },
	})
	if object == nil {
		resp.Diagnostics.Append(r.failure(opCreate, strconv.Quote(plan.text(r.LookUp).ValueString()), err))
		return
	}
	// From here on nothing is an error: the resource is there, and its SID has to get into the state.
	if adopted {
		resp.Diagnostics.Append(r.adoption(object))
	}
	resp.Diagnostics.Append(rememberCreation(ctx, resp.Private)...)
	resp.Diagnostics.Append(rememberClearable(ctx, r.clearableIn(plan), resp.Private)...)
	state, diags := r.written(object, plan, nothing)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.write(ctx, state, &resp.State.Raw)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(state))...)
}

// written is the state after a write that turned prior into plan, with warnings about what the response has otherwise.
func (d *Definition) written(object *twilio.Object, plan, prior values) (values, diag.Diagnostics) {
	response, unreadable := d.fromAPI(object, plan)
	diags := d.warnUnreadable(object.SID, unreadable, d.keepsPlanned())
	state, warnings := d.stateAfterWrite(plan, prior, response)
	diags.Append(warnings...)
	d.markRead(state)
	return state, diags
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

	prior, consequence := state, keepsPrior
	if r.isImport(state) {
		prior, consequence = nil, leavesNull
	}
	held := twilio.Held{
		SID: state.sid(), DateCreated: state.text("date_created").ValueString(),
		Matches: func(object *twilio.Object) bool {
			read, _ := r.refresh(object, prior)
			return read.equal(state)
		},
	}
	var object *twilio.Object
	err := r.client.RetryNotFound(ctx, age(ctx, req.Private), func() (err error) {
		object, err = r.client.Read(ctx, held)
		return err
	})
	if twilio.IsNotFound(err) {
		resp.Diagnostics.Append(r.warnOtherAccount(state, r.client.AccountSID())...)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.failure(opRead, state.sid(), err))
		return
	}
	read, unreadable := r.refresh(object, prior)
	r.markRead(read)
	resp.Diagnostics.Append(r.warnUnreadable(object.SID, unreadable, consequence)...)
	if !read.equal(state) { // else the response holds it already
		resp.Diagnostics.Append(r.write(ctx, read.withTimeouts(state.timeouts()), &resp.State.Raw)...)
	}
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
		resp.Diagnostics.Append(r.updatedBlindly(prior.sid(), err))
		state, _ := r.stateAfterWrite(plan, prior, prior)
		resp.Diagnostics.Append(r.write(ctx, state, &resp.State.Raw)...)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.failure(opUpdate, prior.sid(), err))
		return
	}
	state, diags := r.written(object, plan, prior)
	resp.Diagnostics.Append(diags...)
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
		resp.Diagnostics.Append(r.keptAdopted(state.sid()))
	case twilio.IsNotFound(err):
		resp.Diagnostics.Append(r.warnOtherAccount(state, r.client.AccountSID())...)
	case err != nil:
		resp.Diagnostics.Append(r.failure(opDelete, state.sid(), err))
	}
}
