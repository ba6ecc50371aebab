package twilio

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
)

// An APIError is a response of the API (or of a gateway in front of it) that refuses a call.
type APIError struct {
	// Method and Path say which call was refused.
	Method, Path string
	// Host is where the call went, and Source where its credentials came from, as [Config] has it.
	Host, Source string
	// Status is the HTTP status.
	Status int
	// Code is Twilio's error code, such as 20404; 0 if the response has none. See https://www.twilio.com/docs/api/errors.
	Code int
	// Message is Twilio's description, and MoreInfo the address of the documentation of the code. Both may be empty.
	Message, MoreInfo string
	// Details is the rest of Twilio's description, as JSON; it may be empty.
	Details string
	// Problems are the single errors of a response in the form of RFC 9457.
	Problems []Problem
	// RequestID names the call to Twilio's support; it may be empty.
	RequestID string
	// RetryAt is when the next attempt may begin; the zero time if the response does not say.
	RetryAt time.Time
	// Body is the beginning of a response that has no Message.
	Body string
	// Tries says how often and for how long the call was made.
	Tries Tries
}

// A Problem is one of the errors of a response in the form of RFC 9457.
type Problem struct {
	// Detail says what is wrong, and Pointer where, as a JSON pointer such as #/ContactIdentity. Both may be empty.
	Detail, Pointer string
}

func (p Problem) String() string { return strings.Trim(p.Pointer+": "+p.Detail, ": ") }

// Tries says how often a call was made, for how long in all, and why no longer.
type Tries struct {
	Attempts int
	Duration time.Duration
	// Stopped is context.Canceled or context.DeadlineExceeded if that prevented another attempt.
	Stopped error
}

// String is empty for a call that was made once and not stopped.
func (t Tries) String() string {
	var parts []string
	if t.Attempts > 1 {
		parts = append(parts, fmt.Sprintf("tried %d times in %s", t.Attempts, t.Duration.Round(100*time.Millisecond)))
	}
	switch {
	case errors.Is(t.Stopped, context.Canceled):
		parts = append(parts, "stopped because Terraform was interrupted")
	case t.Stopped != nil:
		parts = append(parts, "stopped because the operation's time was up")
	}
	return strings.Join(parts, "; ")
}

func (t Tries) suffix() string {
	if text := t.String(); text != "" {
		return " (" + text + ")"
	}
	return ""
}

// stopped says in words why a context ended.
func stopped(ctx context.Context) string {
	return Tries{Stopped: ctx.Err()}.String()
}

// Error gives all that is known, on one line.
func (e *APIError) Error() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s %s returned %s", e.Method, e.Path, e.StatusText())
	if e.Code != 0 {
		fmt.Fprintf(&s, ", code %d", e.Code)
	}
	if e.Message != "" {
		fmt.Fprintf(&s, ": %s", e.Message)
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&s, "; %s", p)
	}
	if e.Body != "" {
		fmt.Fprintf(&s, ": %q", e.Body)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&s, " (request %s)", e.RequestID)
	}
	return s.String() + e.Tries.suffix()
}

// StatusText is the status with its name, such as "404 Not Found".
func (e *APIError) StatusText() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
}

// A RequestError is a call that got no response, or none that could be read.
type RequestError struct {
	// Method and Path say which call it was.
	Method, Path string
	// Err is what went wrong.
	Err error
	// Tries says how often and for how long the call was made.
	Tries Tries
}

func (e *RequestError) Error() string {
	return fmt.Sprintf("%s %s failed: %v%s", e.Method, e.Path, e.Err, e.Tries.suffix())
}

func (e *RequestError) Unwrap() error { return e.Err }

// Remedy says what to do about a call that got no response; it may be empty.
func (e *RequestError) Remedy() string {
	if problem, ok := errors.AsType[*networkError](e.Err); ok {
		return problem.remedy
	}
	return ""
}

// codeNotFound is Twilio's code for what does not exist.
const codeNotFound = 20404

// IsNotFound reports whether err says that the resource does not exist. A 404 without Twilio's code does not: it comes from another
// server, and must not remove a resource from the state.
func IsNotFound(err error) bool {
	var refused *APIError
	return errors.As(err, &refused) && refused.Status == http.StatusNotFound && refused.Code == codeNotFound
}

// isRefusal reports whether the API refused what was asked for. Which status it has for a resource that is there already is not documented.
func isRefusal(err error) bool {
	var refused *APIError
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return false
	}
	return refused.Status >= 400 && refused.Status < 500
}

// bodyExcerpt is how many bytes of a response go into an error.
const bodyExcerpt = 300

// read reads a response in the API's own form, or in that of RFC 9457: each field by itself, so that one of an unexpected type does not
// hide the others. It leaves out what is in neither: {"message": "Forbidden"} is what gateways say, and so is a code that repeats the
// status.
func (e *APIError) read(fields map[string]json.RawMessage, redact func(string) string) {
	if code, err := apijson.Int(fields["code"]); err == nil && code != nil && int(*code) != e.Status {
		e.Code = int(*code)
	}
	text := func(raw json.RawMessage) string { return redact(textOf(raw)) }
	message, moreInfo, title, detail := text(fields["message"]), text(fields["more_info"]), text(fields["title"]), text(fields["detail"])
	switch {
	case message != "" && (e.Code != 0 || moreInfo != ""):
		e.Message, e.MoreInfo = message, moreInfo
	case title != "", detail != "" && e.Code != 0:
		e.Message = strings.Trim(title+": "+detail, ": ")
		if kind := text(fields["type"]); strings.HasPrefix(kind, "http") { // a type need not be an address
			e.MoreInfo = kind
		}
	default:
		return
	}
	if details := string(fields["details"]); details != "null" {
		e.Details = excerpt([]byte(redact(details)))
	}
	e.readProblems(fields["errors"], text)
}

// readProblems reads the single errors of RFC 9457. One that is no object is a text.
func (e *APIError) readProblems(raw json.RawMessage, text func(json.RawMessage) string) {
	var entries []json.RawMessage
	_ = json.Unmarshal(raw, &entries)
	for _, entry := range entries {
		var fields map[string]json.RawMessage
		_ = json.Unmarshal(entry, &fields)
		p := Problem{Detail: cmp.Or(text(fields["detail"]), text(entry)), Pointer: text(fields["pointer"])}
		if p != (Problem{}) {
			e.Problems = append(e.Problems, p)
		}
	}
}

// IsTwilios reports whether the response is in one of Twilio's forms: any other one may come from a gateway or a proxy.
func (e *APIError) IsTwilios() bool { return e.Code != 0 || e.Message != "" }

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

// textOf is a JSON value as a string, empty where it is null or missing, or no string.
func textOf(raw json.RawMessage) string {
	text, err := apijson.String(raw)
	if err != nil {
		return ""
	}
	return orEmpty(text)
}

// orEmpty is what s points to, empty for nil.
func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// An AccountError is a response about another account than the one that the provider is configured for.
type AccountError struct {
	// Configured is the account of the configuration, and Answered that of the response.
	Configured, Answered string
}

func (e *AccountError) Error() string {
	return fmt.Sprintf("account_sid is %s, but the credentials belong to account %s", e.Configured, e.Answered)
}

// A ResponseError is a call that the API did, with a response that could not be read.
type ResponseError struct {
	Status    int
	RequestID string
	// Problem says what could not be read.
	Problem string
}

func (e *ResponseError) Error() string {
	request := ""
	if e.RequestID != "" {
		request = ", request " + e.RequestID
	}
	return fmt.Sprintf("the call was done (status %d%s), but %s", e.Status, request, e.Problem)
}
