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
	// parameter is the one that is wrong, and reason why; empty when the error is about the whole request.
	parameter, reason string
}

func refuse(status, code int, message string) *apiError {
	return &apiError{
		Code:     code,
		Message:  message,
		MoreInfo: fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code),
		Status:   status,
	}
}

// problemDetails are an error as RFC 9457 has it.
type problemDetails struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Code   int            `json:"code"`
	Detail string         `json:"detail"`
	Errors []problemError `json:"errors,omitempty"`
}

type problemError struct {
	Detail  string `json:"detail"`
	Pointer string `json:"pointer"`
}

func (e *apiError) problem() *problemDetails {
	p := &problemDetails{Type: e.MoreInfo, Title: http.StatusText(e.Status), Status: e.Status, Code: e.Code, Detail: e.Message}
	if e.parameter != "" {
		p.Errors = []problemError{{Detail: e.reason, Pointer: "#/" + e.parameter}}
	}
	return p
}

func invalid(parameter, reason string) *apiError {
	if parameter == "" {
		return refuse(http.StatusBadRequest, 20001, "Invalid request: "+reason)
	}
	refused := refuse(http.StatusBadRequest, 20001, fmt.Sprintf("Invalid parameter %s: %s", parameter, reason))
	refused.parameter, refused.reason = parameter, reason
	return refused
}

func notFound(path string) *apiError {
	return refuse(http.StatusNotFound, 20404, fmt.Sprintf("The requested resource %s was not found", path))
}

func unauthorized() *apiError {
	return refuse(http.StatusUnauthorized, 20003, "Authentication Error - invalid username")
}

// duplicate refuses what another resource leaves no room for.
func (b *Behavior) duplicate(parameter, message string) *apiError {
	refused := refuse(cmp.Or(b.DuplicateStatus, http.StatusConflict), cmp.Or(b.DuplicateCode, 20409), message)
	refused.parameter, refused.reason = parameter, message
	return refused
}
