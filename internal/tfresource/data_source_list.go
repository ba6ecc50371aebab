package tfresource

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

type listDataSource struct {
	withClient
}

var _ datasource.DataSourceWithConfigure = (*listDataSource)(nil)

func (d *listDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.TypeName + "s"
}

func (d *listDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.configure(req.ProviderData)...)
}

func (d *listDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	all := map[string]schema.Attribute{
		d.ListKey: schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The " + d.noun() + "s found, in the order of their SIDs.",
			NestedObject:        schema.NestedAttributeObject{Attributes: d.computedAttributes()},
		},
	}
	for _, name := range d.Filters {
		all[name] = d.attribute(name).Type.DataSource(attribute.SchemaOptions{Description: d.describeFilter(name), Optional: true})
	}
	resp.Schema = schema.Schema{MarkdownDescription: "Lists " + d.noun() + "s: all of the account's, or those that match every filter " +
		"that is set.", Attributes: all}
}

func (d *listDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	f, diags := d.filterOf(ctx, req.Config.Raw, req.Config.Schema.Type())
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(d.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	defer cancel()

	var all []values
	for one, err := range d.find(ctx, f) {
		if err != nil {
			resp.Diagnostics.Append(d.failure(opList, "", err)...)
			return
		}
		resp.Diagnostics.Append(one.warnings...)
		if one.values != nil {
			all = append(all, one.values)
		}
	}
	// The API documents no order, and a change of the order must not show in a plan.
	slices.SortFunc(all, func(a, b values) int { return cmp.Compare(a.sid(), b.sid()) })
	elements := []attr.Value{} // none is an empty list, not null
	for _, v := range all {
		elements = append(elements, types.ObjectValueMust(d.answeredType(), d.nested(v)))
	}
	resp.State.Raw = req.Config.Raw
	list := types.ListValueMust(types.ObjectType{AttrTypes: d.answeredType()}, elements)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.ListKey), list)...)
}
