package tfresource

import (
	"cmp"
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

type listResource struct {
	withClient
}

var _ list.ListResourceWithConfigure = (*listResource)(nil)

func (l *listResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	all := map[string]schema.Attribute{}
	for _, name := range l.Filters {
		if filter, ok := l.attribute(name).Type.(attribute.Filter); ok {
			all[name] = filter.List(attribute.SchemaOptions{Description: l.describeFilter(name), Optional: true})
		}
	}
	resp.Schema = schema.Schema{MarkdownDescription: "Finds " + l.noun() + "s for `terraform query`: all of the account's, or those that " +
		"match every filter that is set.", Attributes: all}
}

// List streams resources as the API's pages arrive. An error is a result of its own: nothing else reaches Terraform once the stream has
// begun.
func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	f, diags := l.filterOf(ctx, req.Config, l.Filters...)
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
		for one, err := range l.find(ctx, f) {
			if err != nil {
				push(list.ListResult{Diagnostics: l.failure(opList, "", err)})
				return
			}
			result := list.ListResult{Diagnostics: one.warnings}
			if one.values != nil {
				sent++
				result = l.result(ctx, req, one.values)
				result.Diagnostics.Append(one.warnings...)
			}
			if !push(result) || sent == req.Limit {
				return
			}
		}
	}
}

func (l *listResource) result(ctx context.Context, req list.ListRequest, v values) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = l.displayName(v)
	result.Diagnostics.Append(result.Identity.Set(ctx, identityOf(v))...)
	if req.IncludeResource {
		v["timeouts"] = noTimeouts()
		result.Diagnostics.Append(l.write(ctx, v, &result.Resource.Raw)...)
	}
	return result
}

// displayName returns the name of a resource, or what it is looked up by, with details, since names need not be unique.
func (d *Definition) displayName(v values) string {
	name := cmp.Or(v.text("friendly_name").ValueString(), v.text(d.LookUp).ValueString())
	if name == "" {
		return v.sid()
	}
	var details []string
	for _, attribute := range d.details() {
		if detail := v.text(attribute).ValueString(); detail != "" && detail != name {
			details = append(details, detail)
		}
	}
	if len(details) == 0 {
		return name
	}
	return name + " (" + strings.Join(details, ", ") + ")"
}
