package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"sid": tftypes.String}}

// Identity is the identity of a resource with a SID.
func (p *Protocol) Identity(sid any) *tfprotov6.ResourceIdentityData {
	p.t.Helper()
	identity := tftypes.NewValue(identityType, map[string]tftypes.Value{"sid": tftypes.NewValue(tftypes.String, sid)})
	value, err := tfprotov6.NewDynamicValue(identityType, identity)
	if err != nil {
		p.t.Fatal(err)
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &value}
}

// SIDOf is the SID in an identity, empty for none.
func (p *Protocol) SIDOf(identity *tfprotov6.ResourceIdentityData) string {
	p.t.Helper()
	if identity == nil || identity.IdentityData == nil {
		return ""
	}
	value, err := identity.IdentityData.Unmarshal(identityType)
	if err != nil {
		p.t.Fatal(err)
	}
	sid, _ := lookUp(Plain(value), "sid").(string)
	return sid
}

// List asks for a list of resources. filter is what the list block sets.
func (p *Protocol) List(typeName string, filter map[string]any, includeResource bool, limit int64) *tfprotov6.ListResourceServerStream {
	p.t.Helper()
	config := p.Value(p.Schemas.ListResourceSchemas[typeName], filter)
	resp, err := p.ListResource(p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: &config, IncludeResource: includeResource, Limit: limit,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return resp
}
