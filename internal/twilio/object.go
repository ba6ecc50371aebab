package twilio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
)

// An Object is a resource as the API answered it.
type Object struct {
	// SID is well-formed. It is empty for an entry of a list that can't be told apart from others.
	SID string
	// AccountSID and DateCreated are as in the response, and empty where that does not have them.
	AccountSID, DateCreated string
	// fields are decoded when they are asked for.
	fields func() map[string]json.RawMessage
}

// Fields are the fields of the response that holds the object. Nobody changes them.
func (o *Object) Fields() map[string]json.RawMessage {
	if o.fields == nil {
		return nil
	}
	return o.fields()
}

func fieldsOf(body []byte) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	_ = json.Unmarshal(body, &fields) // decode has seen that it is an object
	return fields
}

// Text is a field as a string; nil where it is null or missing, or no string.
func (o *Object) Text(field string) *string {
	text, err := DecodeString(o.Fields()[field])
	if err != nil {
		return nil
	}
	return text
}

// Decode reads a resource out of JSON in the form of the API's responses. An error comes with a nil object.
func (k Kind) Decode(content []byte) (*Object, error) {
	object, err := k.decode(&response{body: content}, "")
	if problem, ok := errors.AsType[*ResponseError](err); ok {
		return nil, errors.New(problem.Problem)
	}
	return object, err
}

// decode reads a resource out of a response. asked is the SID that the call was about, empty for a create. A [*ResponseError] means that it
// is no such resource.
func (k Kind) decode(got *response, asked string) (*Object, error) {
	problem := func(format string, args ...any) error {
		return &ResponseError{Status: got.status, RequestID: got.requestID, Problem: fmt.Sprintf(format, args...)}
	}
	var head struct {
		SID         json.RawMessage `json:"sid"`
		AccountSID  json.RawMessage `json:"account_sid"`
		DateCreated json.RawMessage `json:"date_created"`
	}
	if err := json.Unmarshal(got.body, &head); err != nil || isNull(bytes.TrimSpace(got.body)) {
		return nil, problem("its response is not a JSON object: %q", got.excerpt())
	}
	text := func(raw json.RawMessage) string {
		value, err := DecodeString(raw)
		if err != nil {
			return ""
		}
		return orEmpty(value)
	}
	object := &Object{
		SID: asked, AccountSID: text(head.AccountSID), DateCreated: text(head.DateCreated),
		fields: sync.OnceValue(func() map[string]json.RawMessage { return fieldsOf(got.body) }),
	}
	answered := text(head.SID)
	switch {
	case asked == "" && !k.SID.Valid(answered):
		return nil, problem("its response has no %s SID: %q", k.name(), got.excerpt())
	case asked == "":
		object.SID = answered
	case answered != "" && answered != asked:
		return nil, problem("its response is about another %s, %q", k.name(), answered)
	}
	return object, nil
}

// decode is [Kind.decode] for a response to this client.
func (c *Client) decode(got *response, asked string) (*Object, error) {
	object, err := c.Kind.decode(got, asked)
	if err == nil {
		c.account.rememberAccount(object.AccountSID)
	}
	return object, err
}

// orEmpty is what s points to, empty for nil.
func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func isNull(raw json.RawMessage) bool {
	return len(raw) == 0 || bytes.Equal(raw, []byte("null"))
}

// The decoders below take a value of the documented type, the same value in another JSON type ("3" for 3, 1 for "1"), and
// null, which gives nil. So does an empty string where a number or a boolean is expected.

// DecodeString decodes a string.
func DecodeString(raw json.RawMessage) (*string, error) {
	if isNull(raw) {
		return nil, nil //nolint:nilnil // null is a value here
	}
	text, err := scalar(raw)
	return &text, err
}

// DecodeInt decodes a whole number.
func DecodeInt(raw json.RawMessage) (*int64, error) {
	if isNull(raw) {
		return nil, nil //nolint:nilnil // null is a value here
	}
	text, err := scalar(raw)
	if err != nil || text == "" {
		return nil, err
	}
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		float, floatErr := strconv.ParseFloat(text, 64)
		value = int64(float)
		if floatErr != nil || float != float64(value) {
			return nil, err
		}
	}
	return &value, nil
}

// DecodeBool decodes a boolean.
func DecodeBool(raw json.RawMessage) (*bool, error) {
	if isNull(raw) {
		return nil, nil //nolint:nilnil // null is a value here
	}
	text, err := scalar(raw)
	if err != nil || text == "" {
		return nil, err
	}
	value, err := strconv.ParseBool(text)
	if err != nil {
		return nil, err
	}
	return &value, nil
}

// DecodeStrings decodes a list of strings.
func DecodeStrings(raw json.RawMessage) ([]string, error) {
	if isNull(raw) {
		return nil, nil
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(raw, &entries); err != nil {
		return nil, fmt.Errorf("expected a list, got %s", excerpt(raw))
	}
	texts := make([]string, len(entries))
	for i, entry := range entries {
		text, err := DecodeString(entry)
		if err != nil {
			return nil, err
		}
		texts[i] = orEmpty(text)
	}
	return texts, nil
}

// scalar is the text of a JSON string, number or boolean.
func scalar(raw json.RawMessage) (string, error) {
	switch raw[0] {
	case '{', '[':
		return "", fmt.Errorf("expected a scalar, got %s", excerpt(raw))
	case '"':
		var text string
		err := json.Unmarshal(raw, &text)
		return text, err
	default:
		return string(raw), nil
	}
}
