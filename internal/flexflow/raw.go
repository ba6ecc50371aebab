package flexflow

import (
	"context"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Configurations, plans and states are taken apart and put together here, and not by the framework's Get and Set: those inspect the
// model's fields by reflection each time, which is a third of the processor time that a plan takes.

// objectType is the type of the resource's values.
var objectType = sync.OnceValue(func() types.ObjectType {
	schemaType, ok := resourceSchema(context.Background()).Type().(types.ObjectType)
	if !ok {
		panic("the schema is no object")
	}
	return schemaType
})

func (m *model) texts() map[string]*types.String {
	return map[string]*types.String{
		"id": &m.ID, "sid": &m.SID, "account_sid": &m.AccountSID, "url": &m.URL, "date_created": &m.DateCreated, "date_updated": &m.DateUpdated,
		"friendly_name": &m.FriendlyName, "chat_service_sid": &m.ChatServiceSID, "channel_type": &m.ChannelType,
		"contact_identity": &m.ContactIdentity, "integration_type": &m.IntegrationType,
	}
}

func (m *model) booleans() map[string]*types.Bool {
	return map[string]*types.Bool{"enabled": &m.Enabled, "janitor_enabled": &m.JanitorEnabled, "long_lived": &m.LongLived}
}

// modelOf takes a configuration, a plan or a state apart. The value is not null.
func modelOf(ctx context.Context, raw tftypes.Value) (model, diag.Diagnostics) {
	var m model
	value, err := objectType().ValueFromTerraform(ctx, raw)
	object, ok := value.(types.Object)
	if err != nil || !ok {
		return m, diag.Diagnostics{diag.NewErrorDiagnostic("Unable to understand a Flex Flow", fmt.Sprintf("Terraform sent what does not fit the schema: %v.", err))}
	}
	attributes := object.Attributes()
	fits := true
	for name, text := range m.texts() {
		*text, ok = attributes[name].(types.String)
		fits = fits && ok
	}
	for name, boolean := range m.booleans() {
		*boolean, ok = attributes[name].(types.Bool)
		fits = fits && ok
	}
	m.Integration, ok = attributes["integration"].(types.Object)
	fits = fits && ok
	m.Timeouts, ok = attributes["timeouts"].(timeouts.Value)
	if !fits || !ok {
		panic("the model does not fit the schema")
	}
	return m, nil
}

// write puts the model into a plan or a state.
func (m *model) write(ctx context.Context, to *tftypes.Value) diag.Diagnostics {
	values := map[string]attr.Value{"integration": m.Integration, "timeouts": m.Timeouts}
	for name, text := range m.texts() {
		values[name] = *text
	}
	for name, boolean := range m.booleans() {
		values[name] = *boolean
	}
	object, diags := types.ObjectValue(objectType().AttrTypes, values)
	if diags.HasError() {
		return diags
	}
	raw, err := object.ToTerraformValue(ctx)
	if err != nil {
		diags.AddError("Unable to write a Flex Flow", "Its values do not fit the schema: "+err.Error()+".")
		return diags
	}
	*to = raw
	return diags
}
