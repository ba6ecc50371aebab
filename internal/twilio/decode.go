package twilio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// DecodeFlexFlow reads a flow out of JSON in the form of the API's answers. An error comes with a nil flow.
func DecodeFlexFlow(content []byte) (*FlexFlow, error) {
	flow, err := decodeFlexFlow(&answer{body: content}, "")
	if problem, ok := errors.AsType[*AnswerError](err); ok {
		return nil, errors.New(problem.Problem)
	}
	return flow, err
}

// decodeFlexFlow reads a flow out of an answer, a field at a time, so that one that can't be read does not hide the others. asked is
// the SID that the call was about, empty for a create. An [*AnswerError] tells that it is no such flow.
func decodeFlexFlow(got *answer, asked string) (*FlexFlow, error) {
	problem := func(format string, args ...any) error {
		return &AnswerError{Status: got.status, RequestID: got.requestID, Problem: fmt.Sprintf(format, args...)}
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(got.body, &object); err != nil || object == nil {
		return nil, problem("its answer is not a JSON object: %q", got.excerpt())
	}
	f := fields{object: object}
	flow := &FlexFlow{
		SID:             asked,
		AccountSID:      f.string("account_sid"),
		URL:             f.string("url"),
		DateCreated:     f.string("date_created"),
		DateUpdated:     f.string("date_updated"),
		FriendlyName:    f.string("friendly_name"),
		ChatServiceSID:  f.string("chat_service_sid"),
		ChannelType:     f.string("channel_type"),
		ContactIdentity: f.string("contact_identity"),
		IntegrationType: f.string("integration_type"),
		Enabled:         f.bool("enabled"),
		JanitorEnabled:  f.bool("janitor_enabled"),
		LongLived:       f.bool("long_lived"),
		Integration:     f.integration("integration"),
	}
	answered := f.string("sid")
	switch {
	case asked == "" && (answered == nil || !sid.FlexFlow.Valid(*answered)):
		return nil, problem("its answer has no Flex Flow SID: %q", got.excerpt())
	case asked == "":
		flow.SID = *answered
	case answered != nil && *answered != asked:
		return nil, problem("its answer is about another flow, %q", *answered)
	}
	slices.Sort(f.unreadable)
	flow.Unreadable = f.unreadable
	return flow, nil
}

// fields reads an object's fields and notes those that it can't.
type fields struct {
	object     map[string]json.RawMessage
	prefix     string
	unreadable []string
}

func field[T any](f *fields, key string, decode func(json.RawMessage) (*T, error)) *T {
	value, err := decode(f.object[key])
	if err != nil {
		f.unreadable = append(f.unreadable, f.prefix+key)
		return nil
	}
	return value
}

func (f *fields) string(key string) *string { return field(f, key, decodeString) }
func (f *fields) int(key string) *int64     { return field(f, key, decodeInt) }
func (f *fields) bool(key string) *bool     { return field(f, key, decodeBool) }

func (f *fields) integration(key string) *Integration {
	raw := f.object[key]
	if isNull(raw) {
		return nil
	}
	inner := fields{prefix: key + "."}
	if err := json.Unmarshal(raw, &inner.object); err != nil {
		f.unreadable = append(f.unreadable, f.prefix+key)
		return nil
	}
	integration := &Integration{
		FlowSID:           inner.string("flow_sid"),
		URL:               inner.string("url"),
		WorkspaceSID:      inner.string("workspace_sid"),
		WorkflowSID:       inner.string("workflow_sid"),
		Channel:           inner.string("channel"),
		Timeout:           inner.int("timeout"),
		Priority:          inner.int("priority"),
		RetryCount:        inner.int("retry_count"),
		CreationOnMessage: inner.bool("creation_on_message"),
	}
	f.unreadable = append(f.unreadable, inner.unreadable...)
	return integration
}

func isNull(raw json.RawMessage) bool {
	return len(raw) == 0 || bytes.Equal(raw, []byte("null"))
}

// The decoders below take a value of the documented type, the same value in another JSON type ("3" for 3, 1 for "1"), and
// null, which gives nil. So does an empty string where a number or a boolean is expected.

func decodeString(raw json.RawMessage) (*string, error) {
	if isNull(raw) {
		return nil, nil //nolint:nilnil // null is a value here
	}
	text, err := scalar(raw)
	return &text, err
}

func decodeInt(raw json.RawMessage) (*int64, error) {
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

func decodeBool(raw json.RawMessage) (*bool, error) {
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
