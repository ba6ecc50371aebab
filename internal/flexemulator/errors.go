package flexemulator

import (
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
	return refuse(http.StatusBadRequest, 20001, fmt.Sprintf("Invalid parameter %s: %s", parameter, reason))
}

func notFound(path string) *apiError {
	return refuse(http.StatusNotFound, 20404, fmt.Sprintf("The requested resource %s was not found", path))
}

func unauthorized() *apiError {
	return refuse(http.StatusUnauthorized, 20003, "Authentication Error - invalid username")
}

func conflict(message string) *apiError { return refuse(http.StatusConflict, 20409, message) }
