package tfresource

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A dataSource reads one resource.
type dataSource struct {
	withClient
}

var (
	_ datasource.DataSourceWithConfigure        = (*dataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*listDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*dataSource)(nil)
)

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.TypeName
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.Append(d.configure(req.ProviderData)...)
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	all := d.computedAttributes()
	exactlyOne := fmt.Sprintf("Set exactly one of `sid` and `%s`.", d.LookUp)
	optional := func(name, description string, validators ...validator.String) {
		all[name] = d.attribute(name).Type.DataSource(attribute.SchemaOptions{
			Description: description, Optional: true, Computed: true, Validators: validators,
		})
	}
	optional("sid", sentences(d.attribute("sid").describe(), exactlyOne))
	optional(d.LookUp, sentences(d.attribute(d.LookUp).describe(), d.describeForm(d.LookUp), exactlyOne))
	for _, name := range d.Narrow {
		optional(name, sentences(d.attribute(name).describe(), fmt.Sprintf("May be set with `%s`, to narrow the search.", d.LookUp)),
			stringvalidator.AlsoRequires(path.MatchRoot(d.LookUp)))
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.describeDataSource(), Attributes: all}
}

func (d *dataSource) describeDataSource() string {
	text := fmt.Sprintf("Reads one %s, found by its SID or its `%s`.", d.noun(), d.LookUp)
	if len(d.Narrow) > 0 {
		text += fmt.Sprintf(" Set %s to tell apart several with the same `%s`.", attribute.Code(d.Narrow), d.LookUp)
	}
	paragraphs := []string{text}
	for _, b := range d.Blocks {
		paragraphs = append(paragraphs, fmt.Sprintf("Terraform before 1.2 does not see into `%s`: write `[data.twilio_%s.NAME.%s][0].%s` "+
			"with it.", b.Name, d.TypeName, b.Name, b.Rules[0].Name))
	}
	return strings.Join(paragraphs, "\n\n")
}

func (d *dataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot(d.LookUp))}
}

func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	config, diags := d.filterOf(ctx, req.Config, append([]string{"sid", d.LookUp}, d.Narrow...)...)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	defer cancel()

	var v values
	if config.isSet("sid") {
		v, diags = d.fetch(ctx, attribute.TextOf(config["sid"]))
	} else {
		v, diags = d.findOne(ctx, config)
	}
	resp.Diagnostics.Append(diags...)
	if v != nil {
		object, diags := types.ObjectValue(d.answeredType(), d.nest(v))
		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.Append(resp.State.Set(ctx, object)...)
	}
}

func (d *dataSource) fetch(ctx context.Context, resourceSID string) (values, diag.Diagnostics) {
	object, err := d.client.FetchNew(ctx, resourceSID)
	switch {
	case twilio.IsNotFound(err):
		return nil, errorAtf(path.Root("sid"), d.title()+"not found", "The account has no %s %s. Check the SID, and that the provider's "+
			"credentials are those of the account that has it.", d.noun(), resourceSID)
	case err != nil:
		return nil, d.failure(opFetch, resourceSID, err)
	}
	v, unreadable := d.fromAPI(object)
	return v, d.warnUnreadable(object.SID, unreadable, leavesNull)
}

// findOne finds the one resource that the filter lets through.
func (d *dataSource) findOne(ctx context.Context, f filter) (values, diag.Diagnostics) {
	matches, others, diags := d.search(ctx, f)
	if diags.HasError() {
		return nil, diags
	}
	at, wanted, noun, notFound := path.Root(d.LookUp), f[d.LookUp].String(), d.noun(), d.title()+"not found"
	switch {
	case len(matches) == 1:
		found := maps.Clone(matches[0])
		for name := range f {
			if f.isSet(name) {
				found[name] = f[name] // Twilio may have it in another form, and Terraform expects what is configured
			}
		}
		return found, diags
	case len(matches) > 1:
		diags.Append(errorAtf(at, "Several "+noun+"s found", "%d %ss match. Set %s as well, or sid instead:\n%s",
			len(matches), noun, attribute.Alternatives(d.Narrow), d.candidates(matches))...)
	case len(others) > 0:
		diags.Append(errorAtf(at, notFound, "No %s with %s %s has this %s. Those with this %s are:\n%s",
			noun, d.LookUp, wanted, attribute.ListOf(d.Narrow), d.LookUp, d.candidates(others))...)
	default:
		parts := []string{wanted}
		for _, name := range d.Narrow {
			if f.isSet(name) {
				parts = append(parts, name+" "+f[name].String())
			}
		}
		diags.Append(errorAtf(at, notFound, "The account has no %s with %s %s. Check the %s, and that the provider's credentials are those of "+
			"the account that has it.", noun, d.LookUp, strings.Join(parts, " and "), d.LookUp)...)
	}
	return nil, diags
}

// A listDataSource reads all resources, or those that filters let through.
type listDataSource struct {
	withClient
}

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
	f, diags := d.filterOf(ctx, req.Config, d.Filters...)
	resp.Diagnostics.Append(diags...)
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
		elements = append(elements, types.ObjectValueMust(d.answeredType(), d.nest(v)))
	}
	resp.State.Raw = req.Config.Raw
	list := types.ListValueMust(types.ObjectType{AttrTypes: d.answeredType()}, elements)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.ListKey), list)...)
}
