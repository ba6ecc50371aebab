package tfresource

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// A State is a resource out of the state of another provider.
type State struct {
	definition *Definition
	values     values
}

// TakeOver makes a state out of JSON in the form of the API's responses. An error says what can't be understood.
func (d *Definition) TakeOver(content []byte, timeouts timeouts.Value) (*State, error) {
	object, err := d.Decode(content)
	if err != nil {
		return nil, err
	}
	taken, unreadable := d.fromAPI(object)
	if len(unreadable) > 0 {
		return nil, fmt.Errorf("it holds %s in a form that the provider does not understand", attribute.ListOf(unreadable))
	}
	return &State{d, taken.withTimeouts(timeouts)}, nil
}

// Write puts the state into Terraform's, and the identity as well where Terraform asks for one.
func (s *State) Write(ctx context.Context, to *tfsdk.State, identity *tfsdk.ResourceIdentity) diag.Diagnostics {
	diags := s.definition.write(ctx, s.values, &to.Raw)
	if identity != nil && !diags.HasError() {
		diags.Append(identity.Set(ctx, identityOf(s.values))...)
	}
	return diags
}

// ReadWhole makes the next read take in all of the resource, as of an import, where the block is missing although its type is there: the
// other provider may not have stored it.
func (s *State) ReadWhole(ctx context.Context, private privateWriter) diag.Diagnostics {
	d := s.definition
	if !d.block(s.values).IsNull() || !d.isTyped(d.blockType(s.values)) {
		return nil
	}
	return remember(ctx, private, importKey, importPending)
}
