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

// TakeOver makes a state out of JSON in the form of the API's responses. Where the block is missing although its type is there, and partial
// says that the other provider may just not have stored it, the next read takes all of the resource in, as of an import. An error says what
// can't be understood.
func (d *Definition) TakeOver(content []byte, timeouts timeouts.Value, partial bool) (*State, error) {
	object, err := d.Decode(content)
	if err != nil {
		return nil, err
	}
	taken, unreadable := d.fromAPI(object, nil)
	if len(unreadable) > 0 {
		return nil, fmt.Errorf("it holds %s in a form that the provider does not understand", attribute.ListOf(unreadable))
	}
	if partial && d.block(taken).IsNull() && d.isTyped(d.blockType(taken)) {
		taken[d.EverSet] = d.attribute(d.EverSet).Type.Null()
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
