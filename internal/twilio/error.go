package twilio

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// An Error is an answer of the API (or of a gateway in front of it) that refuses a call.
type Error struct {
	// Method and Path say which call was refused.
	Method, Path string
	// Status is the HTTP status.
	Status int
	// Code is Twilio's error code, such as 20404; 0 where the answer has none. See https://www.twilio.com/docs/api/errors.
	Code int
	// Message is Twilio's description, and MoreInfo the address of the documentation of the code. Both may be empty.
	Message, MoreInfo string
	// Details is what else Twilio says of the error, as JSON; empty where the answer has none.
	Details string
	// RequestID names the call to Twilio's support; it may be empty.
	RequestID string
	// Body is the beginning of an answer that is not JSON.
	Body string
}

// Error gives all that is known, on one line.
func (e *Error) Error() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s %s was answered with %s", e.Method, e.Path, e.StatusText())
	if e.Code != 0 {
		fmt.Fprintf(&s, ", code %d", e.Code)
	}
	if e.Message != "" {
		fmt.Fprintf(&s, ": %s", e.Message)
	}
	if e.Body != "" {
		fmt.Fprintf(&s, ": %q", e.Body)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&s, " (request %s)", e.RequestID)
	}
	return s.String()
}

// StatusText is the status with its name, such as "404 Not Found".
func (e *Error) StatusText() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
}

// A CallError is a call that got no answer, or none that could be read to its end.
type CallError struct {
	// Method and Path say which call it was.
	Method, Path string
	// Err is what went wrong.
	Err error
}

func (e *CallError) Error() string {
	return fmt.Sprintf("%s %s got no answer: %v", e.Method, e.Path, e.Err)
}
func (e *CallError) Unwrap() error { return e.Err }

// IsNotFound tells whether err says that the Flex Flow does not exist.
func IsNotFound(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusNotFound
}

// bodyExcerpt is how many bytes of an answer that is not JSON go into an error.
const bodyExcerpt = 300

func (c *Client) newError(method, path string, got *answer) *Error {
	e := &Error{Method: method, Path: path, Status: got.status, RequestID: got.requestID}
	var fields map[string]json.RawMessage
	if json.Unmarshal(got.body, &fields) != nil {
		e.Body = c.redact(excerpt(got.body))
		return e
	}
	// Each field by itself, so that one of an unexpected type does not hide the others.
	if code, err := decodeInt(fields["code"]); err == nil && code != nil {
		e.Code = int(*code)
	}
	text := func(key string) string {
		if value, err := decodeString(fields[key]); err == nil && value != nil {
			return c.redact(*value)
		}
		return ""
	}
	e.Message, e.MoreInfo = text("message"), text("more_info")
	if details := string(fields["details"]); details != "null" {
		e.Details = c.redact(excerpt([]byte(details)))
	}
	return e
}

// excerpt is the beginning of a body as one line of valid UTF-8.
func excerpt(body []byte) string {
	text := strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "\uFFFD")), " ")
	if len(text) <= bodyExcerpt {
		return text
	}
	cut := bodyExcerpt
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}
