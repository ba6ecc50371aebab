package flexflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// identity is what tells a Flex Flow from all others, for Terraform 1.12 and up.
type identity struct {
	SID types.String `tfsdk:"sid"`
}

func (m attributes) identity() identity { return identity{SID: m.SID} }

func (r *flexFlowResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"sid": identityschema.StringAttribute{RequiredForImport: true, Description: descriptions["sid"]},
		},
	}
}
