package tfresource

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// How long an operation may take when the timeouts block says nothing of it.
const (
	defaultReadTimeout  = 5 * time.Minute
	defaultWriteTimeout = 10 * time.Minute
)

func timeoutsBlock(ctx context.Context) schema.Block {
	describe := func(what string, standard time.Duration) string {
		return fmt.Sprintf("How long %s may take, as a [duration](https://pkg.go.dev/time#ParseDuration) such as `\"90s\"`. "+
			"Defaults to `\"%dm\"`.", what, int(standard.Minutes()))
	}
	block, _ := timeouts.Block(ctx, timeouts.Opts{
		Create: true, CreateDescription: describe("creation", defaultWriteTimeout),
		Read: true, ReadDescription: describe("a read", defaultReadTimeout),
		Update: true, UpdateDescription: describe("an update", defaultWriteTimeout),
		Delete: true, DeleteDescription: describe("deletion", defaultWriteTimeout),
	}).(schema.SingleNestedBlock)
	for name, one := range block.Attributes {
		text, _ := one.(schema.StringAttribute)
		text.MarkdownDescription, text.Description = text.Description, ""
		block.Attributes[name] = text
	}
	block.MarkdownDescription = "How long each operation may take. A change of these alone sends nothing to Twilio. Terraform takes `read` " +
		"and `delete` from the state: a change in the configuration has an effect once it was applied, if need be with `terraform apply " +
		"-refresh=false`."
	return block
}

// noTimeouts is the timeouts block that is not there.
func noTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}
}

// validateTimeouts refuses durations that leave no time. That they are durations at all, the block itself checks.
func validateTimeouts(config values) diag.Diagnostics {
	var diags diag.Diagnostics
	for name, value := range config.timeouts().Attributes() {
		text, ok := value.(types.String)
		if duration, err := time.ParseDuration(text.ValueString()); ok && attribute.IsKnown(text) && err == nil && duration <= 0 {
			diags.Append(errorAtf(path.Root("timeouts").AtName(name), "Invalid timeout", "timeouts.%s is %s, which leaves no time for the "+
				"operation. Set it to a duration above 0, such as \"5m\".", name, text)...)
		}
	}
	return diags
}
