package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// addNewer adds what Terraform 1.14 shows of a provider and older versions do not, the identities and list resources, as told by the
// provider itself: so the documentation is the same whichever version generates it.
func addNewer(content []byte) ([]byte, error) {
	var all struct {
		FormatVersion json.RawMessage                       `json:"format_version"`
		Providers     map[string]map[string]json.RawMessage `json:"provider_schemas"`
	}
	if err := json.Unmarshal(content, &all); err != nil {
		return nil, err
	}
	ctx := context.Background()
	server := provider.Server("docs")()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}
	lists, named := map[string]any{}, map[string]any{}
	for name, schema := range schemas.ListResourceSchemas {
		if lists[name], err = listSchema(schema); err != nil {
			return nil, fmt.Errorf("list resource %s: %w", name, err)
		}
	}
	for name, schema := range identities.IdentitySchemas {
		if named[name], err = identitySchema(schema); err != nil {
			return nil, fmt.Errorf("identity of %s: %w", name, err)
		}
	}
	for _, p := range all.Providers {
		if p["list_resource_schemas"], err = json.Marshal(lists); err != nil {
			return nil, err
		}
		if p["resource_identity_schemas"], err = json.Marshal(named); err != nil {
			return nil, err
		}
	}
	return json.Marshal(all)
}

func listSchema(schema *tfprotov6.Schema) (any, error) {
	attributes := map[string]any{}
	for _, a := range schema.Block.Attributes {
		kind, err := primitive(a.Type)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		attributes[a.Name] = map[string]any{
			"type": kind, "description": a.Description, "description_kind": "markdown", "required": a.Required, "optional": a.Optional,
		}
	}
	if len(schema.Block.BlockTypes) > 0 {
		return nil, errors.New("blocks are not supported")
	}
	return map[string]any{"version": schema.Version, "block": map[string]any{
		"attributes": attributes, "description": schema.Block.Description, "description_kind": "markdown",
	}}, nil
}

func identitySchema(schema *tfprotov6.ResourceIdentitySchema) (any, error) {
	attributes := map[string]any{}
	for _, a := range schema.IdentityAttributes {
		kind, err := primitive(a.Type)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		attributes[a.Name] = map[string]any{
			"type": kind, "description": a.Description, "required_for_import": a.RequiredForImport, "optional_for_import": a.OptionalForImport,
		}
	}
	return map[string]any{"version": schema.Version, "attributes": attributes}, nil
}

func primitive(t tftypes.Type) (string, error) {
	switch {
	case t.Is(tftypes.String):
		return "string", nil
	case t.Is(tftypes.Bool):
		return "bool", nil
	case t.Is(tftypes.Number):
		return "number", nil
	}
	return "", fmt.Errorf("values of %s are not supported", t)
}
