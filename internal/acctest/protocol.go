package acctest

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// A Protocol is a provider that is spoken to as Terraform does, but without Terraform: for what only newer versions of it can do,
// and for what no version shows.
type Protocol struct {
	tfprotov6.ProviderServerWithListResource
	Schemas *tfprotov6.GetProviderSchemaResponse
	t       testing.TB
}

// NewProtocol starts a provider.
func NewProtocol(t testing.TB, options ...provider.Option) *Protocol {
	t.Helper()
	options = append([]provider.Option{provider.WithPropagationTime(PropagationTime)}, options...)
	server, ok := provider.Server("test", options...)().(tfprotov6.ProviderServerWithListResource) //nolint:staticcheck // deprecated early
	if !ok {
		t.Fatal("the provider's server lists no resources")
	}
	schemas, err := schemas()
	if err != nil || len(schemas.Diagnostics) > 0 {
		t.Fatal(err, schemas.Diagnostics)
	}
	return &Protocol{ProviderServerWithListResource: server, Schemas: schemas, t: t}
}

// schemas are the same for each provider.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return provider.Server("test")().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// NewConfiguredProtocol starts a provider that is configured for an emulator.
func NewConfiguredProtocol(t testing.TB, emulator *Emulator) *Protocol {
	t.Helper()
	p := NewProtocol(t, emulator.ProviderOptions()...)
	diags := p.Configure(map[string]any{
		"account_sid": flexemulator.AccountSID, "auth_token": flexemulator.AuthToken, "base_url": emulator.URL,
	})
	if len(diags) > 0 {
		t.Fatal(Describe(diags))
	}
	return p
}

// NewWalkProtocol starts a provider as a user has it, whose calls go to a transport.
func NewWalkProtocol(t testing.TB, transport http.RoundTripper) *Protocol {
	t.Helper()
	p := NewProtocol(t, provider.WithPropagationTime(0), provider.WithTransport(transport))
	if diags := p.Configure(map[string]any{
		"account_sid": flexemulator.AccountSID, "auth_token": flexemulator.AuthToken, "base_url": "http://127.0.0.1",
	}); len(diags) > 0 {
		t.Fatal(Describe(diags))
	}
	return p
}

// Configure configures the provider with the values of a provider block.
func (p *Protocol) Configure(block map[string]any) []*tfprotov6.Diagnostic {
	p.t.Helper()
	config := p.Value(p.Schemas.Provider, block)
	resp, err := p.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: &config, TerraformVersion: "1.11.4"})
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.Diagnostics
}

// Value is an object of a schema as Terraform sends it. What values leaves out is null.
func (p *Protocol) Value(schema *tfprotov6.Schema, values map[string]any) tfprotov6.DynamicValue {
	p.t.Helper()
	value, err := tfprotov6.NewDynamicValue(schema.ValueType(), of(schema.ValueType(), values))
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// None is the null object of a schema: a resource that does not exist.
func (p *Protocol) None(schema *tfprotov6.Schema) tfprotov6.DynamicValue {
	p.t.Helper()
	value, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// of is a value of a type, made of maps, slices and what tftypes takes for the rest.
func of(t tftypes.Type, value any) tftypes.Value {
	switch v := value.(type) {
	case map[string]any: // nil is an object of nulls
		object, ok := t.(tftypes.Object)
		if !ok {
			break
		}
		attributes := map[string]tftypes.Value{}
		for name, attributeType := range object.AttributeTypes {
			attributes[name] = of(attributeType, v[name])
		}
		return tftypes.NewValue(t, attributes)
	case []any:
		elements, elementType := []tftypes.Value{}, tftypes.Type(tftypes.String)
		if list, ok := t.(tftypes.List); ok {
			elementType = list.ElementType
		}
		for _, element := range v {
			elements = append(elements, of(elementType, element))
		}
		return tftypes.NewValue(t, elements) // a list, or a set of strings
	}
	return tftypes.NewValue(t, value)
}

// Attributes takes an object apart, one level deep; nil for a null one.
func (p *Protocol) Attributes(value *tfprotov6.DynamicValue, t tftypes.Type) map[string]tftypes.Value {
	p.t.Helper()
	object, err := value.Unmarshal(t)
	if err != nil {
		p.t.Fatal(err)
	}
	attributes := map[string]tftypes.Value{}
	if object.IsNull() {
		return nil
	}
	if err := object.As(&attributes); err != nil {
		p.t.Fatal(err)
	}
	return attributes
}

// Describe gives diagnostics as text, one a line: severity, the attribute's path, summary, detail.
func Describe(diags []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, d := range diags {
		text.WriteString(d.Severity.String() + " ")
		if d.Attribute != nil {
			text.WriteString(d.Attribute.String() + " ")
		}
		text.WriteString(d.Summary + ": " + d.Detail + "\n")
	}
	return text.String()
}

// ReadData validates and reads a data source, and returns what it holds as [Plain] has it, and what was said.
func (p *Protocol) ReadData(typeName string, values map[string]any) (state map[string]any, text string) {
	p.t.Helper()
	schema := p.Schemas.DataSourceSchemas[typeName]
	config := p.Value(schema, values)
	valid, err := p.ValidateDataResourceConfig(p.t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: typeName, Config: &config,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	if len(valid.Diagnostics) > 0 {
		return nil, Describe(valid.Diagnostics)
	}
	resp, err := p.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: &config})
	if err != nil {
		p.t.Fatal(err)
	}
	if resp.State == nil {
		return nil, Describe(resp.Diagnostics)
	}
	value, err := resp.State.Unmarshal(schema.ValueType())
	if err != nil {
		p.t.Fatal(err)
	}
	state, _ = Plain(value).(map[string]any)
	return state, Describe(resp.Diagnostics)
}
