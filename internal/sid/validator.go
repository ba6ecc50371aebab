package sid

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Validator refuses, at the attribute's path, a known value that is not a SID of the kind. Null and unknown values pass.
func (k Kind) Validator() validator.String {
	return stringValidator{description: "must be " + k.Format(), kind: k, check: k.Check}
}

// ValidatorOrUniqueName is Validator for an attribute that takes a unique name as well; see [Kind.CheckOrUniqueName].
func (k Kind) ValidatorOrUniqueName() validator.String {
	return stringValidator{description: "must be " + k.Format() + ", or a unique name", kind: k, check: k.CheckOrUniqueName}
}

type stringValidator struct {
	description string
	kind        Kind
	check       func(string) error
}

func (v stringValidator) Description(context.Context) string         { return v.description }
func (v stringValidator) MarkdownDescription(context.Context) string { return v.description }

func (v stringValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+v.kind.Name+" SID",
			"The value of "+req.Path.String()+" can't be used: "+err.Error()+".")
	}
}
