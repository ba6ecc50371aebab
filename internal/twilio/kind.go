package twilio

import (
	"slices"
	"strings"
	"unicode"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// A Kind describes a resource type of the API.
type Kind struct {
	// SID is the kind of SID that tells its resources apart. It has the resource's name.
	SID sid.Kind
	// Host is the first label of the API's host, such as flex-api.
	Host string
	// Path is where its resources are listed and created, such as /v1/FlexFlows; each has its SID behind that.
	Path string
	// ListKey is where a page of a list holds its resources.
	ListKey string
	// PageSize is how many resources a page may hold at the most.
	PageSize int
	// Filter is the parameter by which lists can be narrowed. A create sends it under the same name, and [Kind.FilterKey] is the field.
	Filter string
	// FilterValues are the values of Filter that the API takes, nil for any.
	FilterValues []string
	// Distinguishing are parameters that a create always sends. Two resources that differ in one can't be taken for each other.
	Distinguishing []string
	// Alias is a parameter whose value can stand for the SID in the path of a resource, empty for none. So it names one resource: Twilio's
	// document has "either the sid or the address" for address configurations.
	Alias string
}

// FilterKey is the field of a resource that Filter is compared with.
func (k Kind) FilterKey() string { return fieldOf(k.Filter) }

// AliasKey is the field of a resource that has the value of Alias.
func (k Kind) AliasKey() string { return fieldOf(k.Alias) }

// fieldOf is the field of a resource that has the value of a parameter: friendly_name for FriendlyName.
func fieldOf(parameter string) string {
	var s strings.Builder
	for i, r := range parameter {
		if i > 0 && unicode.IsUpper(r) {
			s.WriteByte('_')
		}
		s.WriteRune(unicode.ToLower(r))
	}
	return s.String()
}

// name is what messages call a resource of the kind.
func (k Kind) name() string { return k.SID.Name }

// narrowing is a value of Filter if lists can be narrowed by it, empty otherwise: the API may take only some values, and compares exactly.
func (k Kind) narrowing(value string) string {
	if compare.Text(value) != value || k.FilterValues != nil && !slices.Contains(k.FilterValues, value) {
		return ""
	}
	return value
}
