package flexflow

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

// NewListDataSource returns the data source twilio_flex_flows.
func NewListDataSource() datasource.DataSource { return &flexFlowsDataSource{} }

type flexFlowsDataSource struct {
	configured
}

var _ datasource.DataSourceWithConfigure = (*flexFlowsDataSource)(nil)

func (d *flexFlowsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_flows"
}

func (d *flexFlowsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.configure(req.ProviderData)
}

func (d *flexFlowsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	all := map[string]schema.Attribute{
		"flex_flows": schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The Flex Flows found, in the order of their SIDs.",
			NestedObject:        schema.NestedAttributeObject{Attributes: computedAttributes()},
		},
	}
	for name, description := range filterDescriptions {
		all[name] = schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: filterValidators(name)}
	}
	all["enabled"] = schema.BoolAttribute{Optional: true, MarkdownDescription: filterDescriptions["enabled"]}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists Flex Flows: all of the account's, or those that match every filter that is set.",
		Attributes:          all,
	}
}

func (d *flexFlowsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data struct {
		filter
		FlexFlows []attributes `tfsdk:"flex_flows"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	resp.Diagnostics.Append(d.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	defer cancel()

	data.FlexFlows = []attributes{} // none is an empty list, not null
	for flow, err := range data.find(ctx, d.client) {
		if err != nil {
			resp.Diagnostics.Append(failure(opList, "", err))
			return
		}
		resp.Diagnostics.Append(flow.warnings...)
		if flow.attributes != nil {
			data.FlexFlows = append(data.FlexFlows, *flow.attributes)
		}
	}
	// The API does not promise an order, and a plan must not show one that changed.
	slices.SortFunc(data.FlexFlows, func(a, b attributes) int { return cmp.Compare(a.SID.ValueString(), b.SID.ValueString()) })
	resp.Diagnostics.Append(resp.State.Set(ctx, &data)...)
}
