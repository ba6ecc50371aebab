package flexflow

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// NewListResource returns the list resource twilio_flex_flow, for terraform query.
func NewListResource() list.ListResource { return &flexFlowListResource{} }

type flexFlowListResource struct {
	configured
}

var _ list.ListResourceWithConfigure = (*flexFlowListResource)(nil)

func (l *flexFlowListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_flow"
}

func (l *flexFlowListResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	l.configure(req.ProviderData)
}

func (l *flexFlowListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	all := map[string]schema.Attribute{}
	for name, description := range filterDescriptions {
		all[name] = schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: filterValidators(name)}
	}
	all["enabled"] = schema.BoolAttribute{Optional: true, MarkdownDescription: filterDescriptions["enabled"]}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds Flex Flows for `terraform query`: all of the account's, or those that match every filter that is set.",
		Attributes:          all,
	}
}

// List streams flows as the API's pages come. What goes wrong on the way is a result of its own, since nothing else can reach
// Terraform once the stream has begun.
func (l *flexFlowListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var f filter
	diags := req.Config.Get(ctx, &f)
	diags.Append(l.checkClient()...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		if req.Limit < 1 {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
		defer cancel()
		sent := int64(0)
		for flow, err := range f.find(ctx, l.client) {
			if err != nil {
				push(list.ListResult{Diagnostics: diag.Diagnostics{failure(opList, "", err)}})
				return
			}
			result := list.ListResult{Diagnostics: flow.warnings}
			if flow.attributes != nil {
				sent++
				result = l.result(ctx, req, *flow.attributes)
				result.Diagnostics.Append(flow.warnings...)
			}
			if !push(result) || sent == req.Limit {
				return
			}
		}
	}
}

func (l *flexFlowListResource) result(ctx context.Context, req list.ListRequest, flow attributes) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = flow.displayName()
	result.Diagnostics.Append(result.Identity.Set(ctx, flow.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, model{attributes: flow, Timeouts: noTimeouts()})...)
	}
	return result
}

// displayName is how people know a flow: its name, with its channel and address, since names need not be unique.
func (m attributes) displayName() string {
	var details []string
	for _, detail := range []string{m.ChannelType.ValueString(), m.ContactIdentity.ValueString()} {
		if detail != "" {
			details = append(details, detail)
		}
	}
	switch name := m.FriendlyName.ValueString(); {
	case name == "":
		return m.SID.ValueString()
	case len(details) == 0:
		return name
	default:
		return name + " (" + strings.Join(details, ", ") + ")"
	}
}
