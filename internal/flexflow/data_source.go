package flexflow

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// NewDataSource returns the data source twilio_flex_flow.
func NewDataSource() datasource.DataSource { return &flexFlowDataSource{} }

type flexFlowDataSource struct {
	configured
}

var (
	_ datasource.DataSourceWithConfigure        = (*flexFlowDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*flexFlowDataSource)(nil)
)

func (d *flexFlowDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_flex_flow"
}

func (d *flexFlowDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.configure(req.ProviderData)
}

func (d *flexFlowDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	byName := stringvalidator.AlsoRequires(path.MatchRoot("friendly_name"))
	all := computedAttributes()
	all["sid"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: descriptions["sid"] + " Exactly one of `sid` and `friendly_name` is set.",
		Validators: []validator.String{sid.FlexFlow.Validator()},
	}
	all["friendly_name"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: "Name of the Flex Flow, exactly. Exactly one of `sid` and `friendly_name` is set.",
		Validators: filterValidators("friendly_name"),
	}
	all["channel_type"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: descriptions["channel_type"] + " May be set with `friendly_name`, to narrow the search.",
		Validators: append(filterValidators("channel_type"), byName),
	}
	all["contact_identity"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: descriptions["contact_identity"] + " May be set with `friendly_name`, to narrow the search.",
		Validators: append(filterValidators("contact_identity"), byName),
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one Flex Flow, found by its SID, or by its name where no other has that; `channel_type` and `contact_identity` tell " +
			"apart Flex Flows of one name.\n\nTerraform before 1.2 does not see into `integration`: write `[data.twilio_flex_flow.NAME.integration][0].flow_sid` with it.",
		Attributes: all,
	}
}

// computedAttributes are all attributes of a Flex Flow as Twilio has it.
func computedAttributes() map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for _, name := range []string{
		"id", "sid", "account_sid", "url", "date_created", "date_updated", "friendly_name", "chat_service_sid", "channel_type", "contact_identity",
		"integration_type",
	} {
		all[name] = schema.StringAttribute{Computed: true, MarkdownDescription: descriptions[name]}
	}
	for _, name := range []string{"enabled", "janitor_enabled", "long_lived"} {
		all[name] = schema.BoolAttribute{Computed: true, MarkdownDescription: descriptions[name]}
	}
	integration := map[string]schema.Attribute{}
	for _, r := range rules {
		description := r.description() + " " + r.answered()
		switch r.standard.(type) {
		case types.String:
			integration[r.name] = schema.StringAttribute{Computed: true, MarkdownDescription: description}
		case attribute.WholeNumber:
			integration[r.name] = schema.Int64Attribute{CustomType: attribute.WholeNumberType{}, Computed: true, MarkdownDescription: description}
		case types.Bool:
			integration[r.name] = schema.BoolAttribute{Computed: true, MarkdownDescription: description}
		}
	}
	all["integration"] = schema.SingleNestedAttribute{
		Computed: true, MarkdownDescription: descriptions["integration"] + " Null where nothing does.", Attributes: integration,
	}
	return all
}

func (d *flexFlowDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("sid"), path.MatchRoot("friendly_name"))}
}

func (d *flexFlowDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config attributes
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(d.checkClient()...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	defer cancel()

	var flow *attributes
	var diags diag.Diagnostics
	if config.SID.IsNull() {
		flow, diags = d.search(ctx, filter{FriendlyName: config.FriendlyName, ChannelType: config.ChannelType, ContactIdentity: config.ContactIdentity})
	} else {
		flow, diags = d.fetch(ctx, config.SID.ValueString())
	}
	resp.Diagnostics.Append(diags...)
	if flow != nil {
		resp.Diagnostics.Append(resp.State.Set(ctx, flow)...)
	}
}

func (d *flexFlowDataSource) fetch(ctx context.Context, flowSID string) (*attributes, diag.Diagnostics) {
	flow, err := d.client.FetchSettled(ctx, flowSID)
	switch {
	case twilio.IsNotFound(err):
		return nil, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("sid"), "Flex Flow not found",
			fmt.Sprintf("The account has no Flex Flow %s. Check the SID, and that the provider's credentials are those of the account that has it.", flowSID))}
	case err != nil:
		return nil, diag.Diagnostics{failure(opFetch, flowSID, err)}
	}
	m := newModel(flow, nil)
	return &m.attributes, warnUnreadable(flow, unreadable(flow, nil, m.IntegrationType), leavesNull)
}

// search finds the one flow that the filter lets through.
func (d *flexFlowDataSource) search(ctx context.Context, f filter) (*attributes, diag.Diagnostics) {
	var diags diag.Diagnostics
	var matches, others []attributes
	for flow, err := range (filter{FriendlyName: f.FriendlyName}).find(ctx, d.client) {
		if err != nil {
			diags.Append(failure(opList, "", err))
			return nil, diags
		}
		switch {
		case flow.attributes == nil:
			diags.Append(flow.warnings...)
		case f.matches(*flow.attributes):
			diags.Append(flow.warnings...)
			matches = append(matches, *flow.attributes)
		default:
			others = append(others, *flow.attributes)
		}
	}
	name := f.FriendlyName.String()
	at := path.Root("friendly_name")
	switch {
	case len(matches) == 1:
		return &matches[0], diags
	case len(matches) > 1:
		diags.AddAttributeError(at, "Several Flex Flows found",
			fmt.Sprintf("%d Flex Flows match. Set channel_type or contact_identity as well, or sid instead:\n%s", len(matches), candidates(matches)))
	case len(others) > 0:
		diags.AddAttributeError(at, "Flex Flow not found",
			fmt.Sprintf("No Flex Flow named %s has this channel_type and contact_identity. Those with the name are:\n%s", name, candidates(others)))
	default:
		diags.AddAttributeError(at, "Flex Flow not found",
			fmt.Sprintf("The account has no Flex Flow named %s. Check the name, which has to be the same in every letter, and that the provider's "+
				"credentials are those of the account that has it.", name))
	}
	return nil, diags
}

// candidates lists flows for an error, a line each.
func candidates(flows []attributes) string {
	var s strings.Builder
	for _, f := range flows {
		fmt.Fprintf(&s, "\n  %s   channel_type %s, contact_identity %s, created %s", f.SID.ValueString(), f.ChannelType, f.ContactIdentity, f.DateCreated.ValueString())
	}
	return s.String()
}
