// Package apijson decodes the fields of the API's responses.
package apijson

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
)

// IsNull reports whether a field is null or missing.
func IsNull(raw json.RawMessage) bool {
	return len(raw) == 0 || bytes.Equal(raw, []byte("null"))
}

// The decoders below take a value of the documented type, the same value in another JSON type ("3" for 3, 1 for "1"), and
// null, which gives nil. So does an empty string where a number or a boolean is expected.

// String decodes a string.
func String(raw json.RawMessage) (*string, error) {
	if IsNull(raw) {
		return nil, nil //nolint:nilnil // null is a value here
	}
	text, err := scalar(raw)
	return &text, err
}

// Int decodes a whole number, which may be written as 3.0.
func Int(raw json.RawMessage) (*int64, error) {
	return decode(raw, func(text string) (int64, error) {
		value, err := strconv.ParseInt(text, 10, 64)
		if err == nil {
			return value, nil
		}
		float, floatErr := strconv.ParseFloat(text, 64)
		if floatErr != nil || float != float64(int64(float)) {
			return 0, err
		}
		return int64(float), nil
	})
}

// Bool decodes a boolean.
func Bool(raw json.RawMessage) (*bool, error) { return decode(raw, strconv.ParseBool) }

func decode[T any](raw json.RawMessage, parse func(string) (T, error)) (*T, error) {
	text, err := String(raw)
	if err != nil || text == nil || *text == "" {
		return nil, err
	}
	value, err := parse(*text)
	if err != nil {
		return nil, err
	}
	return &value, nil
}

// Strings decodes a list of strings.
func Strings(raw json.RawMessage) ([]string, error) {
	if IsNull(raw) {
		return nil, nil
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(raw, &entries); err != nil {
		return nil, errors.New("it is not a list")
	}
	texts := make([]string, len(entries))
	for i, entry := range entries {
		text, err := String(entry)
		if err != nil {
			return nil, err
		}
		if text != nil {
			texts[i] = *text
		}
	}
	return texts, nil
}

// scalar is the text of a JSON string, number or boolean.
func scalar(raw json.RawMessage) (string, error) {
	switch raw[0] {
	case '{', '[':
		return "", errors.New("it is not a single value")
	case '"':
		var text string
		err := json.Unmarshal(raw, &text)
		return text, err
	default:
		return string(raw), nil
	}
}
