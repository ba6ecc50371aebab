// Package tfresource is the Terraform side of a resource: the managed resource, its data sources and its list resource, as its
// [Definition] describes them. What only one kind of resource has is in its definition.
package tfresource

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/reference"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A Definition describes one kind of resource. Each fact about an attribute is in its tables, once: schemas, validation, plans, requests,
// responses and the documentation use them.
type Definition struct {
	// Kind is the resource in Twilio's API. The name of its SID is what messages call the resource, and its ListKey is also the attribute
	// in which the data source of all resources has them.
	twilio.Kind
	// TypeName is the resource's type without the provider's name, such as flex_flow.
	TypeName string
	// SchemaVersion is that of the state.
	SchemaVersion int64
	// Description says what the resource is, in Markdown.
	Description string
	// Attributes are those at the top level, but for id, which is the SID, and the blocks. They begin with [Common].
	Attributes []Attribute
	// Blocks are the resource's nested blocks.
	Blocks []*Block
	// LookUp is the attribute by which the data source finds one resource where no SID is given, and Narrow those that tell apart several
	// it finds. The first of Narrow is the type that addresses may have in front, as in chat:website. Filters narrow lists.
	LookUp          string
	Narrow, Filters []string
	// Conflict says what may be in the way of a create or an update, and what to do. Unavailable says why an account may have none of these
	// resources. Both are sentences.
	Conflict, Unavailable string
	// Foreign holds the resource types whose states moved blocks can move here, also those of other providers.
	Foreign map[string]Rewrite
	// Validate checks what no table says, given the strings of a configuration; nil for nothing.
	Validate func(text func(name string) types.String) diag.Diagnostics

	once, fieldsOnce sync.Once
	objectType       types.ObjectType
	allFields        []field
}

// A Role says who gives an attribute its value.
type Role int

// The roles that there are.
const (
	// Computed is an attribute that Twilio sets, and SetByUpdates one that Twilio sets with each update.
	Computed Role = iota
	SetByUpdates
	// Required is one that the configuration sets.
	Required
	// Optional is one that the configuration may set.
	Optional
)

// An Attribute is one attribute of a resource.
type Attribute struct {
	// Name is the attribute's in Terraform, and its field's in responses. The parameter's follows from it.
	Name string
	Type attribute.Type
	Role Role
	// Description is what the attribute means, in Markdown. Omitted says what becomes of an optional attribute that is not set, where Twilio
	// does not just choose a value.
	Description, Omitted string
	// Default is the documented default, nil where there is none.
	Default attr.Value
	// Immutable means that a change replaces the resource. The same value in another form, such as a phone number without blanks, is not a
	// change.
	Immutable bool
	// DriftIgnored means that a value stays whatever responses have, because Twilio may ignore it: an address configuration's address_country.
	DriftIgnored bool
	// Refers is what the value names in another of Twilio's APIs, nil where it names nothing; a plan warns where that is missing.
	Refers *reference.Reference
}

// isComputed reports whether Twilio sets the attribute.
func (a Attribute) isComputed() bool { return a.Role == Computed || a.Role == SetByUpdates }

// Common are the attributes that Twilio sets for every resource.
func Common(kind sid.Kind) []Attribute {
	return []Attribute{
		{Name: "sid", Type: attribute.SID(kind), Description: "SID of the " + kind.Name + "."},
		{Name: "account_sid", Type: attribute.SID(sid.Account), Description: "SID of the account that owns the " + kind.Name + "."},
		{Name: "url", Type: attribute.Text, Description: "URL of the " + kind.Name + " in Twilio's API."},
		{Name: "date_created", Type: attribute.Text, Description: "When the " + kind.Name + " was created, in ISO 8601 and UTC."},
		{
			Name: "date_updated", Type: attribute.Text, Role: SetByUpdates,
			Description: "When the " + kind.Name + " was last updated, in ISO 8601 and UTC.",
		},
	}
}

// ManagedResource returns the managed resource.
func (d *Definition) ManagedResource() resource.Resource {
	return &Resource{withClient{Definition: d}}
}

// DataSource returns the data source of one resource.
func (d *Definition) DataSource() datasource.DataSource {
	return &dataSource{withClient{Definition: d}}
}

// ListDataSource returns the data source of all resources.
func (d *Definition) ListDataSource() datasource.DataSource {
	return &listDataSource{withClient{Definition: d}}
}

// ListResource returns the list resource, for terraform query.
func (d *Definition) ListResource() list.ListResource {
	return &listResource{withClient{Definition: d}}
}

// withClient is a Definition with the configured client.
type withClient struct {
	*Definition
	// client is nil in a validation, and while the provider's credentials are not known.
	client *twilio.Client
}

// Metadata gives the type of the managed resource, which is also that of the list resource. Data sources have their own.
func (c *withClient) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + c.TypeName
}

// Configure takes the provider's client.
func (c *withClient) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	resp.Diagnostics.Append(c.configure(req.ProviderData)...)
}

// configure takes what the provider gives: a [*twilio.Account], or nil.
func (c *withClient) configure(providerData any) diag.Diagnostics {
	if providerData == nil {
		return nil
	}
	account, ok := providerData.(*twilio.Account)
	if !ok {
		return errorf("Unexpected provider data", "Expected a *twilio.Account, got %T. This is a bug in the provider; please report it.",
			providerData)
	}
	c.client = account.Client(c.Kind)
	return nil
}

// checkClient refuses an operation that needs a call when there is nothing to make it with.
func (c *withClient) checkClient() diag.Diagnostics {
	if c.client != nil {
		return nil
	}
	return errorf("Provider is not configured", "Terraform has to call Twilio, but the provider's credentials or base_url depend on "+
		"something that is not known yet. Apply that first, for example with -target, or set them to values that are known.")
}

// noun is what messages call the resource, and aNoun the same with its article.
func (d *Definition) noun() string  { return d.SID.Name }
func (d *Definition) aNoun() string { return d.SID.WithArticle() }

// attribute is the attribute of the name.
func (d *Definition) attribute(name string) Attribute {
	i := slices.IndexFunc(d.Attributes, func(a Attribute) bool { return a.Name == name })
	return d.Attributes[i]
}

// parameter is the name that the API has for the attribute, below the prefix: FriendlyName for friendly_name.
func (a Attribute) parameter() string {
	var s strings.Builder
	for part := range strings.SplitSeq(a.Name, "_") {
		s.WriteString(attribute.Capitalized(part))
	}
	return s.String()
}

// absent is what the attribute is where a response does not have it.
func (a Attribute) absent() attr.Value {
	if a.Default != nil {
		return a.Default
	}
	if text, ok := a.Type.(attribute.String); ok {
		return text.Absent()
	}
	return a.Type.Null()
}

// resourceType is the type of the managed resource's values. Nobody changes it.
func (d *Definition) resourceType() types.ObjectType {
	d.once.Do(func() { d.objectType, _ = d.resourceSchema(context.Background()).Type().(types.ObjectType) })
	return d.objectType
}
