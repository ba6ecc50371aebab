package twilio

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

var saysDuplicate = regexp.MustCompile(`(?i)\b(already\s+(exists|in\s+use|taken|assigned)|exists\s+already|duplicate)\b`)

// IsDuplicate reports whether the API refused a resource because of another one. Which status and code it has for that is not documented,
// so any refusal counts whose text says so.
func IsDuplicate(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	if !ok {
		return false
	}
	return e.Status == http.StatusConflict || isRefusal(err) && e.Status != http.StatusNotFound && saysDuplicate.MatchString(e.Text())
}

// NamedSID returns the first SID of the kind that the error's text names, empty for none.
func (e *APIError) NamedSID(kind sid.Kind) string {
	return regexp.MustCompile(`\b` + kind.Pattern() + `\b`).FindString(e.Text())
}

// Text returns all that the response says in words.
func (e *APIError) Text() string {
	text := []string{e.Message, e.Details}
	for _, p := range e.Problems {
		text = append(text, p.Detail)
	}
	return strings.Join(text, " ")
}
