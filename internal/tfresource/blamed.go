package tfresource

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// blamed finds the attribute whose parameter an error names, the first one if it names several.
func (d *Definition) blamed(e *twilio.APIError) (path.Path, bool) {
	if e.Status != http.StatusBadRequest && e.Status != http.StatusConflict && e.Status != http.StatusUnprocessableEntity {
		return path.Empty(), false
	}
	for _, p := range e.Problems {
		if at, ok := d.pointed(p.Pointer); ok {
			return at, true
		}
	}
	paths, names := d.parameters(), []string{}
	for parameter := range paths {
		names = append(names, regexp.QuoteMeta(parameter))
	}
	slices.Sort(names)
	// A name ends where no letter, digit or further part follows.
	expression := regexp.MustCompile(`(?:^|[^\w.])(` + strings.Join(names, "|") + `)(?:$|[^\w.]|\.(?:\W|$))`)
	if match := expression.FindStringSubmatch(e.Text()); match != nil {
		return paths[match[1]], true
	}
	return path.Empty(), false
}

// pointed finds the attribute that a JSON pointer names, such as #/ContactIdentity, /Integration.FlowSid or
// #/auto_creation/webhook_filters/0.
func (d *Definition) pointed(pointer string) (path.Path, bool) {
	parts := strings.FieldsFunc(pointer, func(r rune) bool { return strings.ContainsRune("#/.", r) })
	parts = slices.DeleteFunc(parts, func(part string) bool {
		_, err := strconv.Atoi(part)
		return err == nil // the index of an element
	})
	name := strings.ReplaceAll(strings.Join(parts, "."), "_", "")
	for parameter, at := range d.parameters() {
		if strings.EqualFold(parameter, name) {
			return at, true
		}
	}
	return path.Empty(), false
}

// parameters returns the attributes that requests have, by the names of their parameters.
func (d *Definition) parameters() map[string]path.Path {
	paths := map[string]path.Path{}
	for _, f := range d.fields() {
		if f.block != nil || !f.isComputed() {
			paths[f.parameter()] = f.path
		}
	}
	return paths
}

// problem is one of the errors of a response, with the attribute that it points to.
func (d *Definition) problem(p twilio.Problem) string {
	if at, ok := d.pointed(p.Pointer); ok {
		p.Pointer = at.String()
	}
	return p.String()
}
