package flexemulator

import (
	"cmp"
	"fmt"
	"net/http"
)

// apiError is an answer that refuses a call, in the API's form.
type apiError struct {
	Code     int            `json:"code"`
	Message  string         `json:"message"`
	MoreInfo string         `json:"more_info"`
	Status   int            `json:"status"`
	Details  map[string]any `json:"details,omitempty"`
	// parameter is the one that is wrong, empty for none.
	parameter string
}

func refuse(status, code int, message string) *apiError {
	return &apiError{
		Code:     code,
		Message:  message,
		MoreInfo: fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code),
		Status:   status,
	}
}

func invalid(parameter, reason string) *apiError {
	if parameter == "" {
		return refuse(http.StatusBadRequest, 20001, "Invalid request: "+reason)
	}
	e := refuse(http.StatusBadRequest, 20001, fmt.Sprintf("Invalid parameter %s: %s", parameter, reason))
	e.parameter = parameter
	return e
}

func notFound(path string) *apiError {
	return refuse(http.StatusNotFound, 20404, fmt.Sprintf("The requested resource %s was not found", path))
}

func unauthorized() *apiError {
	return refuse(http.StatusUnauthorized, 20003, "Authentication Error - invalid username")
}

// duplicate refuses an entity because of another one.
func (b *Behavior) duplicate(message string) *apiError {
	return refuse(cmp.Or(b.DuplicateStatus, http.StatusConflict), cmp.Or(b.DuplicateCode, 20409), message)
}

// problem is the error in the form of RFC 9457.
func (e *apiError) problem() map[string]any {
	problem := map[string]any{"type": e.MoreInfo, "title": http.StatusText(e.Status), "status": e.Status, "code": e.Code, "detail": e.Message}
	if e.parameter != "" {
		problem["errors"] = []any{map[string]any{"detail": e.Message, "pointer": "#/" + e.parameter}}
	}
	return problem
}
