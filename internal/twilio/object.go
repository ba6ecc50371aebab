package twilio

import (
	"bytes"
	"encoding/json"
	"errors"
	"sync"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
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

// Text is a field as a string; nil where it is null or missing, or no string.
func (o *Object) Text(field string) *string {
	text, err := apijson.String(o.Fields()[field])
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
	var head struct {
		SID         json.RawMessage `json:"sid"`
		AccountSID  json.RawMessage `json:"account_sid"`
		DateCreated json.RawMessage `json:"date_created"`
	}
	if err := json.Unmarshal(got.body, &head); err != nil || apijson.IsNull(bytes.TrimSpace(got.body)) {
		return nil, got.problem("its response is not a JSON object: %q", got.excerpt())
	}
	object := &Object{
		SID: asked, AccountSID: textOf(head.AccountSID), DateCreated: textOf(head.DateCreated),
		fields: sync.OnceValue(func() (fields map[string]json.RawMessage) {
			_ = json.Unmarshal(got.body, &fields) // it is an object
			return fields
		}),
	}
	answered := textOf(head.SID)
	switch {
	case asked == "" && !k.SID.Valid(answered):
		return nil, got.problem("its response has no %s SID: %q", k.name(), got.excerpt())
	case asked == "":
		object.SID = answered
	case answered != "" && answered != asked:
		return nil, got.problem("its response is about another %s, %q", k.name(), answered)
	}
	return object, nil
}
