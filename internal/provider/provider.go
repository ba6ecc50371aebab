// Package provider implements the provider: the provider block, the sources of its settings, and the resources it offers.
package provider

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
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
	return func() provider.Provider {
		p := &twilioProvider{version: version}
		for _, option := range options {
			option(p)
		}
		return p
	}
}

// An Option changes something that the configuration can't.
type Option func(*twilioProvider)

// WithPropagationTime replaces [twilio.DefaultPropagationTime], so that tests need not wait as long.
func WithPropagationTime(d time.Duration) Option {
	return func(p *twilioProvider) { p.propagationTime = d }
}

// WithRetryWait replaces the wait before the first retry, for tests with many retries.
func WithRetryWait(d time.Duration) Option {
	return func(p *twilioProvider) { p.retryWait = d }
}

// WithTransport replaces the HTTP transport, for tests of hosts that they must not connect to.
func WithTransport(transport http.RoundTripper) Option {
	return func(p *twilioProvider) { p.transport = transport }
}

var _ provider.ProviderWithListResources = (*twilioProvider)(nil)

type twilioProvider struct {
	version         string
	propagationTime time.Duration
	retryWait       time.Duration
	transport       http.RoundTripper
}

type model struct {
	AccountSID types.String `tfsdk:"account_sid"`
	AuthToken  types.String `tfsdk:"auth_token"`
	APIKey     types.String `tfsdk:"api_key"`
	APISecret  types.String `tfsdk:"api_secret"`
	Profile    types.String `tfsdk:"profile"`
	Region     types.String `tfsdk:"region"`
	Edge       types.String `tfsdk:"edge"`
	BaseURL    types.String `tfsdk:"base_url"`

	MaxRetries      attribute.WholeNumber `tfsdk:"max_retries"`
	RequestTimeout  types.String          `tfsdk:"request_timeout"`
	SharedReads     types.Bool            `tfsdk:"shared_reads"`
	CheckReferences types.Bool            `tfsdk:"check_references"`
}

func (p *twilioProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "twilio"
	resp.Version = p.version
}

// descriptions are those of the strings in the provider block.
var descriptions = map[string]string{
	"account_sid": "SID of the account: `AC` followed by 32 hexadecimal digits. Used with `auth_token`; " +
		"optional beside `api_key` or `profile`.",
	"auth_token": "Auth token of the account.",
	"api_key": "SID of an API key, used with `api_secret` instead of `account_sid` and `auth_token`: `SK` followed by 32 hexadecimal " +
		"digits.",
	"api_secret": "Secret of the API key.",
	"profile": "Name of a profile of the Twilio CLI, used instead of the credentials above: its API key, and its region and edge where " +
		"those are not set. Without any credentials, the Twilio CLI's active profile is used.",
	"region": "Twilio region that processes the requests, such as `\"ie1\"`. Credentials belong to one region. Defaults to the profile's, " +
		"or else to `\"us1\"`.",
	"edge": "Twilio edge location through which requests enter Twilio's network, such as `\"dublin\"`. Defaults to the profile's, or else " +
		"to the region's own.",
	"base_url": "Endpoint of all APIs, for an emulator or a proxy: an `https` URL, or `http` on a loopback address. It takes precedence " +
		"over `region` and `edge`. By default, each API has its own host.",
	"request_timeout": fmt.Sprintf("How long one attempt at a request may take, as a [duration](https://pkg.go.dev/time#ParseDuration) such "+
		"as `\"30s\"`. It also bounds how long a write that is under way goes on when Terraform is interrupted. Defaults to `\"%s\"`.",
		twilio.DefaultRequestTimeout),
}

func (p *twilioProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"max_retries": schema.Int64Attribute{
			CustomType: attribute.WholeNumberType{},
			Optional:   true,
			MarkdownDescription: fmt.Sprintf("How often a failed request is retried, 0 or more: after a connection error, a timeout, a "+
				"truncated response or a 5xx response. A create is repeated only where nothing is found that the failed one may have created. 429 "+
				"responses don't count towards this limit; they are retried until the operation times out. Defaults to `%d`.",
				twilio.DefaultMaxRetries) + environment("max_retries"),
		},
		"shared_reads": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether one list request may serve several concurrent reads, where that takes fewer requests. A resource that " +
				"differs in the list from the state, or is missing from it, is read by itself. Defaults to `true`." + environment("shared_reads"),
		},
		"check_references": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether a plan checks what a new or changed attribute refers to, such as a Studio flow, and warns where it is " +
				"missing or handles no messages. Credentials that may not read it get no warning. Defaults to `true`." +
				environment("check_references"),
		},
	}
	for name, description := range descriptions {
		attributes[name] = schema.StringAttribute{
			Optional: true, Sensitive: name == "auth_token" || name == "api_secret", MarkdownDescription: description + environment(name),
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages Twilio Flex Flows, which say for each channel of a contact centre what handles its inbound messages, " +
			"and the address configurations of Twilio Conversations that take their place in Flex Conversations.",
		Attributes: attributes,
	}
}

func (p *twilioProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if config.unknown() {
		return // the resource reports an error once it needs to send a request
	}
	account, diags := p.account(config, req.TerraformVersion)
	resp.Diagnostics.Append(diags...)
	if account != nil {
		resp.ResourceData, resp.DataSourceData, resp.ListResourceData = account, account, account
	}
}

// account returns the account that the provider block, the environment and the Twilio CLI's profiles configure, or nil with an error.
func (p *twilioProvider) account(config model, terraformVersion string) (*twilio.Account, diag.Diagnostics) {
	block, environment := blockSource(config), environmentSource()
	diags := checkEndpoint(block)
	credentials, from, found := findCredentials([]source{block, environment})
	diags.Append(found...)
	sources := []source{block, environment, from}
	if block.values["profile"] != "" {
		sources = []source{block, from, environment} // a profile that the block names takes precedence over the environment
	}
	connection, found := findConnection(sources)
	diags.Append(found...)
	if diags.HasError() {
		return nil, diags
	}
	account, err := twilio.New(twilio.Config{
		BaseURL:         connection.baseURL,
		Region:          connection.region,
		Edge:            connection.edge,
		Username:        credentials.username,
		Password:        credentials.password,
		AccountSID:      credentials.accountSID,
		Source:          credentials.origin,
		UserAgent:       fmt.Sprintf(userAgent, p.version, terraformVersion),
		MaxRetries:      connection.maxRetries,
		RequestTimeout:  connection.requestTimeout,
		PropagationTime: p.propagationTime,
		RetryWait:       p.retryWait,
		Transport:       p.transport,
		SharedReads:     connection.sharedReads,
		CheckReferences: connection.checkReferences,
	})
	if err != nil {
		diags.AddError("Unable to configure the provider", err.Error()+".")
	}
	return account, diags
}

// NewAccount returns the account of an empty provider block, for cleaning up after tests.
func NewAccount() (*twilio.Account, error) {
	account, diags := (&twilioProvider{version: "test"}).account(model{}, "test")
	if diags.HasError() {
		return nil, fmt.Errorf("%s: %s", diags[0].Summary(), diags[0].Detail())
	}
	return account, nil
}

// environment returns the sentence of a description that names the argument's environment variable.
func environment(argument string) string {
	return " Environment variable: `" + variableOf(argument) + "`."
}

func (m model) unknown() bool {
	return slices.ContainsFunc(settings, func(s setting) bool { return s.block(m).IsUnknown() })
}

func (p *twilioProvider) Resources(context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for _, d := range definitions {
		all = append(all, d.ManagedResource)
	}
	return all
}

func (p *twilioProvider) DataSources(context.Context) []func() datasource.DataSource {
	var all []func() datasource.DataSource
	for _, d := range definitions {
		all = append(all, d.DataSource, d.ListDataSource)
	}
	return all
}

func (p *twilioProvider) ListResources(context.Context) []func() list.ListResource {
	var all []func() list.ListResource
	for _, d := range definitions {
		all = append(all, d.ListResource)
	}
	return all
}
