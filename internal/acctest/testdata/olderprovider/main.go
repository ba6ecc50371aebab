// Command olderprovider stands in for RJPearson94/twilio where a test needs it installed: it has the schema of that provider's Flex
// Flow, as of its states, and does nothing.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

type older struct{}

func (older) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "twilio"
}
func (older) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (older) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (older) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (older) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return flexFlow{} }}
}

type flexFlow struct{}

func (flexFlow) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "twilio_flex_flow"
}

func (flexFlow) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	texts := func(names ...string) map[string]schema.Attribute {
		attributes := map[string]schema.Attribute{}
		for _, name := range names {
			attributes[name] = schema.StringAttribute{Optional: true, Computed: true}
		}
		return attributes
	}
	integration := texts("channel", "flow_sid", "url", "workflow_sid", "workspace_sid")
	integration["creation_on_message"] = schema.BoolAttribute{Optional: true}
	for _, name := range []string{"priority", "retry_count", "timeout"} {
		integration[name] = schema.Int64Attribute{Optional: true, Computed: true}
	}
	flow := texts("account_sid", "channel_type", "chat_service_sid", "contact_identity", "date_created", "date_updated", "friendly_name", "id",
		"integration_type", "sid", "url")
	for _, name := range []string{"enabled", "janitor_enabled", "long_lived"} {
		flow[name] = schema.BoolAttribute{Optional: true}
	}
	resp.Schema = schema.Schema{Attributes: flow, Blocks: map[string]schema.Block{
		"integration": schema.ListNestedBlock{NestedObject: schema.NestedBlockObject{Attributes: integration}},
		"timeouts":    schema.SingleNestedBlock{Attributes: texts("create", "read", "update", "delete")},
	}}
}

func (flexFlow) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (flexFlow) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (flexFlow) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (flexFlow) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return older{} },
		providerserver.ServeOpts{Address: "registry.terraform.io/rjpearson94/twilio"})
	if err != nil {
		log.Fatal(err)
	}
}
