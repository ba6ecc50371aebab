package apijson_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
)

// A value may come in another JSON type than documented; what can't be read is an error, and null is none.
func TestDecode(t *testing.T) {
	text := func(raw string) (any, error) {
		v, err := apijson.String(json.RawMessage(raw))
		return deref(v), err
	}
	number := func(raw string) (any, error) {
		v, err := apijson.Int(json.RawMessage(raw))
		return deref(v), err
	}
	truth := func(raw string) (any, error) {
		v, err := apijson.Bool(json.RawMessage(raw))
		return deref(v), err
	}
	texts := func(raw string) (any, error) {
		v, err := apijson.Strings(json.RawMessage(raw))
		return strings.Join(v, "+"), err
	}
	for _, c := range []struct {
		decode func(string) (any, error)
		raw    string
		want   any
		wrong  bool
	}{
		{text, `"a"`, "a", false},
		{text, `12`, "12", false},
		{text, `true`, "true", false},
		{text, `null`, nil, false},
		{text, ``, nil, false},
		{text, `[]`, nil, true},
		{text, `{}`, nil, true},
		{number, `60`, int64(60), false},
		{number, `"60"`, int64(60), false},
		{number, `3e0`, int64(3), false},
		{number, `0.0`, int64(0), false},
		{number, `""`, nil, false},
		{number, `null`, nil, false},
		{number, `"1.5"`, nil, true},
		{number, `"high"`, nil, true},
		{number, `{}`, nil, true},
		{truth, `true`, true, false},
		{truth, `"False"`, false, false},
		{truth, `1`, true, false},
		{truth, `""`, nil, false},
		{truth, `null`, nil, false},
		{truth, `"maybe"`, nil, true},
		{truth, `[]`, nil, true},
		{texts, `["a", 1]`, "a+1", false},
		{texts, `[]`, "", false},
		{texts, `null`, "", false},
		{texts, `"a"`, nil, true},
		{texts, `[["a"]]`, nil, true},
	} {
		got, err := c.decode(c.raw)
		if (err != nil) != c.wrong || !c.wrong && got != c.want {
			t.Errorf("%s: got %v, %v", c.raw, got, err)
		}
	}
}

func deref[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}
