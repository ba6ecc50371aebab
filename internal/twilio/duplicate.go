package twilio

import (
	"errors"
	"net/http"
	"regexp"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

var namesDuplicate = regexp.MustCompile(`(?i)\b(already (exists|in use|taken|assigned)|exists already|duplicate)\b`)

// IsDuplicate reports whether the API refused a resource because of another one.
func IsDuplicate(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	if !ok {
		return false
	}
	return e.Status == http.StatusConflict || isRefusal(err) && e.Status != http.StatusNotFound && namesDuplicate.MatchString(e.Message+" "+e.Details)
}

// NamedSID is a SID of the kind that the error's message names, empty for none.
func (e *APIError) NamedSID(kind sid.Kind) string {
	return regexp.MustCompile(kind.Pattern()).FindString(e.Message + " " + e.Details)
}
