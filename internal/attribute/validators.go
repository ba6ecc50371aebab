package attribute

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// A check refuses values. problem says what is wrong with one and what to do; it is empty for a valid value. Null and unknown values are
// not checked.
type check[T any] struct {
	description string
	problem     func(T) string
}

func (c check[T]) Description(context.Context) string         { return c.description }
func (c check[T]) MarkdownDescription(context.Context) string { return c.description }

// diagnose returns the error of a configured value.
func (c check[T]) diagnose(at path.Path, configured attr.Value, value T) diag.Diagnostics {
	if !IsKnown(configured) {
		return nil
	}
	problem := c.problem(value)
	if problem == "" {
		return nil
	}
	name, _ := at.Steps().LastStep()
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Invalid "+strings.Trim(name.String(), "."),
		fmt.Sprintf("The value of %s can't be used: %s.", at, problem))}
}

type stringCheck struct{ check[string] }

func (c stringCheck) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	resp.Diagnostics.Append(c.diagnose(req.Path, req.ConfigValue, req.ConfigValue.ValueString())...)
}

type numberCheck struct{ check[*big.Float] }

func (c numberCheck) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	resp.Diagnostics.Append(c.diagnose(req.Path, req.ConfigValue, req.ConfigValue.ValueBigFloat())...)
}

type setCheck struct{ check[[]string] }

func (c setCheck) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	if !slices.ContainsFunc(req.ConfigValue.Elements(), attr.Value.IsUnknown) {
		resp.Diagnostics.Append(c.diagnose(req.Path, req.ConfigValue, elementsOf(req.ConfigValue))...)
	}
}

// oneOf accepts the given values alone. meant has those that are meant by other names.
func oneOf(values []string, meant map[string]string) check[string] {
	all := join(quote(values, `"`), " or ")
	return check[string]{"must be " + all, func(value string) string {
		if slices.Contains(values, value) {
			return ""
		}
		if other, ok := meant[value]; ok {
			return fmt.Sprintf("%q is called %q here. Set it to %s", value, other, all)
		}
		return fmt.Sprintf("%s is not one of the accepted values. Set it to %s", redact.Shown(value), all)
	}}
}

var notEmpty = check[string]{"must not be empty", func(value string) string {
	if value != "" {
		return ""
	}
	return "it is empty. Set it to at least one character"
}}

// WholeNumber validates whole numbers from least to most.
func WholeNumber(least, most int64) validator.Number { return numberCheck{between(least, most)} }

// between accepts whole numbers from least to most.
func between(least, most int64) check[*big.Float] {
	return check[*big.Float]{fmt.Sprintf("must be a whole number from %d to %d", least, most), func(value *big.Float) string {
		text := digits(value)
		switch whole, accuracy := value.Int64(); {
		case !value.IsInt():
			return text + " is not a whole number. Use a whole number"
		case accuracy != big.Exact, whole < least, whole > most:
			return fmt.Sprintf("%s is out of range. Set it to a number from %d to %d", text, least, most)
		}
		return ""
	}}
}
