package attribute

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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

// OneOf accepts the given values alone.
func OneOf(values ...string) validator.String {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	last := len(quoted) - 1
	all := strings.Join(quoted[:last], ", ") + " or " + quoted[last]
	return stringCheck{check[string]{"must be " + all, func(value string) string {
		if slices.Contains(values, value) {
			return ""
		}
		return fmt.Sprintf("%s is not one of the accepted values. Set it to %s", Shown(value), all)
	}}}
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
