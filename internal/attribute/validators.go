package attribute

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// A check refuses values, null and unknown ones never. problem says what is wrong with a value and what to do, empty for nothing.
type check[T any] struct {
	description string
	problem     func(T) string
}

func (c check[T]) Description(context.Context) string         { return c.description }
func (c check[T]) MarkdownDescription(context.Context) string { return c.description }

func (c check[T]) diagnose(at path.Path, value T) (summary, detail string) {
	problem := c.problem(value)
	if problem == "" {
		return "", ""
	}
	return "Invalid " + name(at), fmt.Sprintf("The value of %s can't be used: %s.", at, problem)
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
	if summary, detail := c.diagnose(req.Path, req.ConfigValue.ValueString()); summary != "" {
		resp.Diagnostics.AddAttributeError(req.Path, summary, detail)
	}
}

type numberCheck struct{ check[int64] }

func (c numberCheck) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if summary, detail := c.diagnose(req.Path, req.ConfigValue.ValueInt64()); summary != "" {
		resp.Diagnostics.AddAttributeError(req.Path, summary, detail)
	}
}

type setCheck struct{ check[[]string] }

func (c setCheck) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	var values []string
	for _, element := range req.ConfigValue.Elements() {
		if element.IsUnknown() {
			return
		}
		values = append(values, TextOf(element))
	}
	if summary, detail := c.diagnose(req.Path, values); summary != "" {
		resp.Diagnostics.AddAttributeError(req.Path, summary, detail)
	}
}

// OneOf accepts the given values alone.
func OneOf(values ...string) validator.String {
	all := literals(values)
	return stringCheck{check[string]{"must be " + all, func(value string) string {
		if slices.Contains(values, value) {
			return ""
		}
		return fmt.Sprintf("%s is not one of the accepted values. Set it to %s", redact.Shown(value), all)
	}}}
}

// SomeOf accepts sets that have at least one element, and the given values alone.
func SomeOf(values ...string) validator.Set {
	all := literals(values)
	return setCheck{check[[]string]{"must have at least one element, each of them " + all, func(elements []string) string {
		if len(elements) == 0 {
			return "it is empty. Set it to at least one of " + all + ", or remove it"
		}
		for _, element := range elements {
			if !slices.Contains(values, element) {
				return fmt.Sprintf("%s is not one of the accepted values. Each element has to be %s", redact.Shown(element), all)
			}
		}
		return ""
	}}}
}

// literals lists strings as a configuration has them: "a", "b" or "c".
func literals(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	return join(quoted, " or ")
}

// NotEmpty refuses an empty string.
func NotEmpty() validator.String {
	return stringCheck{check[string]{"must not be empty", func(value string) string {
		if value != "" {
			return ""
		}
		return "it is empty. Set it to at least one character"
	}}}
}

// Between accepts numbers from least to most.
func Between(least, most int64) validator.Int64 {
	return numberCheck{check[int64]{fmt.Sprintf("must be between %d and %d", least, most), func(value int64) string {
		if value >= least && value <= most {
			return ""
		}
		return fmt.Sprintf("%d is out of range. Set it to a number from %d to %d", value, least, most)
	}}}
}

// URL accepts absolute http and https URLs with a host.
func URL() validator.String {
	return stringCheck{check[string]{"must be an absolute http or https URL", func(value string) string {
		parsed, err := url.Parse(value)
		if err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Hostname() != "" {
			return ""
		}
		return `it is not an absolute http or https URL with a host, such as "https://example.com/hook"`
	}}}
}

// Matching accepts strings that the expression matches; problem says what is wrong with the others, and what to do.
func Matching(expression *regexp.Regexp, description, problem string) validator.String {
	return stringCheck{check[string]{description, func(value string) string {
		if expression.MatchString(value) {
			return ""
		}
		return problem
	}}}
}

// AtMost accepts strings of so many characters or fewer.
func AtMost(characters int) validator.String {
	return stringCheck{check[string]{fmt.Sprintf("must have at most %d characters", characters), func(value string) string {
		if count := utf8.RuneCountInString(value); count > characters {
			return fmt.Sprintf("it has %d characters. Set it to at most %d", count, characters)
		}
		return ""
	}}}
}
