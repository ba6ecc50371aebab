package attribute

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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

func (c check[T]) diagnose(at path.Path, value T) diag.Diagnostics {
	problem := c.problem(value)
	if problem == "" {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Invalid "+name(at), fmt.Sprintf("The value of %s can't be used: "+
		"%s.", at, problem))}
}

// name is the attribute's own name.
func name(at path.Path) string {
	step, _ := at.Steps().LastStep()
	return strings.Trim(step.String(), `.`)
}

type stringCheck struct{ check[string] }

func (c stringCheck) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(c.diagnose(req.Path, req.ConfigValue.ValueString())...)
}

type numberCheck struct{ check[int64] }

func (c numberCheck) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	resp.Diagnostics.Append(c.diagnose(req.Path, req.ConfigValue.ValueInt64())...)
}

type setCheck struct{ check[[]string] }

func (c setCheck) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if slices.ContainsFunc(req.ConfigValue.Elements(), attr.Value.IsUnknown) {
		return
	}
	resp.Diagnostics.Append(c.diagnose(req.Path, elementsOf(req.ConfigValue))...)
}

// oneOf accepts the given values alone. meant has those that are meant by other names.
func oneOf(values []string, meant map[string]string) check[string] {
	all := literals(values)
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

// literals lists strings as a configuration has them: "a", "b" or "c".
func literals(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	return join(quoted, " or ")
}

var notEmpty = check[string]{"must not be empty", func(value string) string {
	if value != "" {
		return ""
	}
	return "it is empty. Set it to at least one character"
}}

// between accepts numbers from least to most.
func between(least, most int64) check[int64] {
	return check[int64]{fmt.Sprintf("must be between %d and %d", least, most), func(value int64) string {
		if value >= least && value <= most {
			return ""
		}
		return fmt.Sprintf("%d is out of range. Set it to a number from %d to %d", value, least, most)
	}}
}

// matching accepts strings that the expression matches; problem says what is wrong with the others, and what to do.
func matching(expression *regexp.Regexp, description, problem string) check[string] {
	return check[string]{description, func(value string) string {
		if expression.MatchString(value) {
			return ""
		}
		return problem
	}}
}

// atMost accepts strings of so many characters or fewer.
func atMost(characters int) check[string] {
	return check[string]{fmt.Sprintf("must have at most %d characters", characters), func(value string) string {
		if count := utf8.RuneCountInString(value); count > characters {
			return fmt.Sprintf("it has %d characters. Set it to at most %d", count, characters)
		}
		return ""
	}}
}
