package tfresource

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// identity is the resource identity of Terraform 1.12 and later.
type identity struct {
	SID types.String `tfsdk:"sid"`
}

func identityOf(v values) identity { return identity{SID: v.text("sid")} }

// IdentitySchema gives the schema of the identity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"sid": identityschema.StringAttribute{RequiredForImport: true, Description: r.attribute("sid").describe()},
		},
	}
}

// ImportState takes an identity, or what findImport takes.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var found identity
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &found)...)
		if err := r.SID.Check(found.SID.ValueString()); err != nil && !resp.Diagnostics.HasError() {
			resp.Diagnostics.AddError("Invalid import identity", "The identity's sid can't be used: "+err.Error()+".")
		}
	} else {
		resourceSID, diags := r.findImport(ctx, req.ID)
		resp.Diagnostics.Append(diags...)
		found.SID = types.StringValue(resourceSID)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.SID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("sid"), found.SID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, found)...)
	resp.Diagnostics.Append(remember(ctx, resp.Private, importKey, importPending)...)
}

// findImport returns the SID that an import ID names: the SID itself, the resource's path as another provider uses it (/FlexFlows/FO…),
// or its URL; or, for addresses, the address.
func (r *Resource) findImport(ctx context.Context, id string) (string, diag.Diagnostics) {
	if resourceSID, ok := r.parseImportID(id); ok {
		return resourceSID, nil
	}
	var diags diag.Diagnostics
	refuse := func(detail string) (string, diag.Diagnostics) {
		diags.AddError("Invalid import ID", detail)
		return "", diags
	}
	if !r.isAddress(r.LookUp) || strings.TrimSpace(id) == "" || strings.Contains(id, "//") || strings.Contains(id, r.collection()) {
		return refuse(fmt.Sprintf("%q does not name %s. Give %s.", redact.URLs(id), r.aNoun(), r.importForms()))
	}
	if err := r.SID.CheckOrAddress(id); err != nil {
		return refuse(fmt.Sprintf("The import ID can't be used: %v.", err))
	}
	if diags := r.checkClient(); diags.HasError() {
		return "", diags
	}
	ctx, cancel := context.WithTimeout(ctx, defaultReadTimeout)
	defer cancel()
	matches, _, warnings := r.search(ctx, filter{r.LookUp: types.StringValue(id)})
	diags.Append(warnings...)
	switch {
	case diags.HasError():
		return "", diags
	case len(matches) == 1:
		return matches[0].sid(), diags
	case len(matches) > 1:
		return refuse(fmt.Sprintf("There are %d %ss with %s %q. Give the SID of the one to import, or put its %s in front, as in %q:\n%s",
			len(matches), r.noun(), r.LookUp, id, r.Narrow[0], attribute.TextOf(matches[0][r.Narrow[0]])+":"+id, r.candidates(matches)))
	}
	return refuse(fmt.Sprintf("The account has no %s with %s %q. Give %s; and check that the provider's credentials are those of the "+
		"account that has it.",
		r.noun(), r.LookUp, id, r.importForms()))
}

// collection is the last part of the path of all resources, such as /FlexFlows/.
func (d *Definition) collection() string { return d.Path[strings.LastIndex(d.Path, "/"):] + "/" }

// parseImportID finds the SID in an import ID.
func (d *Definition) parseImportID(id string) (resourceSID string, ok bool) {
	version, rest, _ := strings.Cut(strings.TrimPrefix(d.Path, "/"), "/")
	expression := regexp.MustCompile(fmt.Sprintf(`^(?:(?:https://[^/?#@\s]+/%s|http://[^/?#@\s]+/%[1]s|/%[1]s)?/?%[2]s/)?(%[3]s)$`,
		version, regexp.QuoteMeta(rest), d.SID.Pattern()))
	match := expression.FindStringSubmatch(id)
	if match == nil {
		return "", false
	}
	return match[1], true
}

// importForms lists the forms of an import ID.
func (d *Definition) importForms() string {
	_, rest, _ := strings.Cut(strings.TrimPrefix(d.Path, "/"), "/")
	forms := []string{
		fmt.Sprintf("its SID (%s)", d.SID.Format()),
		fmt.Sprintf("/%s/ and its SID", rest),
		fmt.Sprintf("its URL (https://%s.twilio.com%s/ and its SID)", d.Host, d.Path),
	}
	if d.isAddress(d.LookUp) {
		forms = append(forms, fmt.Sprintf("its %s, with or without its %s in front", d.LookUp, d.Narrow[0]))
	}
	return attribute.Alternatives(forms)
}
