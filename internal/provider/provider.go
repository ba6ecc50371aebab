// Package provider implements the provider: the provider block, the sources of its settings, and the resources it offers.
package provider

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/conversationsaddress"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexflow"
	"github.com/flex-iac/terraform-provider-twilio/internal/tfresource"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// Source is the provider's source address without its host, and Address the whole.
const (
	Source  = "flex-iac/twilio"
	Address = "registry.terraform.io/" + Source
)

const userAgent = "terraform-provider-twilio/%s (+https://github.com/flex-iac/terraform-provider-twilio) Terraform/%s"

// definitions lists the provider's resource types.
var definitions = []*tfresource.Definition{flexflow.Definition, conversationsaddress.Definition}

// New returns a function that creates the provider. The version is "dev" for a local build.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider { return &twilioProvider{version, options} }
}

// An Option changes something that the configuration can't.
type Option func(*twilio.Config)

// WithPropagationTime replaces [twilio.DefaultPropagationTime], so that tests need not wait as long.
func WithPropagationTime(d time.Duration) Option {
	return func(c *twilio.Config) { c.PropagationTime = d }
}

// WithRetryWait replaces the wait before the first retry, for tests with many retries.
func WithRetryWait(d time.Duration) Option {
	return func(c *twilio.Config) { c.RetryWait = d }
}

// WithTransport replaces the HTTP transport, for tests of hosts that they must not connect to.
func WithTransport(transport http.RoundTripper) Option {
	return func(c *twilio.Config) { c.Transport = transport }
}

var _ provider.ProviderWithListResources = (*twilioProvider)(nil)

type twilioProvider struct {
	version string
	options []Option
}

func (p *twilioProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "twilio"
	resp.Version = p.version
}

func (p *twilioProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	attributes := map[string]schema.Attribute{}
	for _, s := range settings {
		attributes[s.argument] = s.attribute(s.description + " Environment variable: `" + s.variable() + "`.")
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages Twilio Flex Flows, which say for each channel of a contact centre what handles its inbound messages, " +
			"and the address configurations of Twilio Conversations that take their place in Flex Conversations.",
		Attributes: attributes,
	}
}

func (p *twilioProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	block := map[string]string{}
	for _, s := range settings {
		var value attr.Value
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(s.argument), &value)...)
		if !attribute.IsKnown(value) {
			continue
		}
		switch known := value.(type) {
		case types.String:
			block[s.argument] = known.ValueString()
		case types.Number:
			block[s.argument] = known.ValueBigFloat().Text('f', -1) // not known.String, which rounds to 10 digits
		case types.Bool:
			block[s.argument] = strconv.FormatBool(known.ValueBool())
		}
	}
	if resp.Diagnostics.HasError() || !req.Config.Raw.IsFullyKnown() {
		return // if a value is unknown, a resource reports an error once it needs to send a request
	}
	account, diags := p.account(block, req.TerraformVersion)
	resp.Diagnostics.Append(diags...)
	if account != nil {
		resp.ResourceData, resp.DataSourceData, resp.ListResourceData = account, account, account
	}
}

// account returns the account that the provider block, the environment and the Twilio CLI's profiles configure, or nil with an error.
func (p *twilioProvider) account(values map[string]string, terraformVersion string) (*twilio.Account, diag.Diagnostics) {
	config := twilio.Config{
		UserAgent:  fmt.Sprintf(userAgent, p.version, terraformVersion),
		MaxRetries: twilio.DefaultMaxRetries, RequestTimeout: twilio.DefaultRequestTimeout, SharedReads: true, CheckReferences: true,
	}
	block, environment := blockSource(values), environmentSource()
	diags := checkEndpoint(block)
	from, found := findCredentials(&config, []source{block, environment})
	diags.Append(found...)
	sources := []source{block, environment, from}
	if block.values["profile"] != "" {
		sources = []source{block, from, environment} // a profile that the block names takes precedence over the environment
	}
	diags.Append(findConnection(&config, sources)...)
	if diags.HasError() {
		return nil, diags
	}
	for _, option := range p.options {
		option(&config)
	}
	account, err := twilio.New(config)
	if err != nil {
		diags.AddError("Unable to configure the provider", err.Error()+".")
	}
	return account, diags
}

// NewAccount returns the account of an empty provider block, for cleaning up after tests.
func NewAccount() (*twilio.Account, error) {
	account, diags := (&twilioProvider{version: "test"}).account(nil, "test")
	if diags.HasError() {
		return nil, fmt.Errorf("%s: %s", diags[0].Summary(), diags[0].Detail())
	}
	return account, nil
}

func (p *twilioProvider) Resources(context.Context) (all []func() resource.Resource) {
	for _, d := range definitions {
		all = append(all, d.ManagedResource)
	}
	return all
}

func (p *twilioProvider) DataSources(context.Context) (all []func() datasource.DataSource) {
	for _, d := range definitions {
		all = append(all, d.DataSource, d.ListDataSource)
	}
	return all
}

func (p *twilioProvider) ListResources(context.Context) (all []func() list.ListResource) {
	for _, d := range definitions {
		all = append(all, d.ListResource)
	}
	return all
}
