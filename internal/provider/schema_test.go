package provider_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
)

// Everything that a configuration can name has a description in Markdown: editors and the documentation show it.
func TestDescriptions(t *testing.T) {
	p := acctest.NewProtocol(t)
	described := func(name, text string, kind tfprotov6.StringKind) {
		t.Helper()
		if text == "" || kind != tfprotov6.StringKindMarkdown {
			t.Errorf("%s has no description in Markdown: %q", name, text)
		}
	}
	var attributes func(prefix string, all []*tfprotov6.SchemaAttribute)
	attributes = func(prefix string, all []*tfprotov6.SchemaAttribute) {
		for _, a := range all {
			described(prefix+"."+a.Name, a.Description, a.DescriptionKind)
			if a.NestedType != nil {
				attributes(prefix+"."+a.Name, a.NestedType.Attributes)
			}
		}
	}
	var block func(name string, b *tfprotov6.SchemaBlock)
	block = func(name string, b *tfprotov6.SchemaBlock) {
		described(name, b.Description, b.DescriptionKind)
		attributes(name, b.Attributes)
		for _, nested := range b.BlockTypes {
			block(name+"."+nested.TypeName, nested.Block)
		}
	}
	block("provider", p.Schemas.Provider.Block)
	for kind, schemas := range map[string]map[string]*tfprotov6.Schema{
		"resource": p.Schemas.ResourceSchemas, "data": p.Schemas.DataSourceSchemas, "list": p.Schemas.ListResourceSchemas,
	} {
		if len(schemas) == 0 {
			t.Errorf("no schema of a %s", kind)
		}
		for name, schema := range schemas {
			block(kind+"."+name, schema.Block)
		}
	}
	identities, err := p.GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil || len(identities.IdentitySchemas) != len(p.Schemas.ResourceSchemas) {
		t.Fatal(err, identities)
	}
	for name, schema := range identities.IdentitySchemas {
		for _, a := range schema.IdentityAttributes {
			described(name+"."+a.Name, a.Description, tfprotov6.StringKindMarkdown)
		}
	}
}
