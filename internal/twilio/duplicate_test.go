package twilio_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A refusal is a duplicate's by its status or by its text, whole words of it.
func TestIsDuplicate(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"409":               {&twilio.APIError{Status: 409}, true},
		"wrapped":           {fmt.Errorf("x: %w", &twilio.APIError{Status: 409, Code: 1}), true},
		"already exists":    {&twilio.APIError{Status: 400, Message: "An address configuration Already\nExists."}, true},
		"exists already":    {&twilio.APIError{Status: 422, Message: "It exists already: IG1"}, true},
		"in use":            {&twilio.APIError{Status: 400, Code: 50407, Message: "Address already in use"}, true},
		"taken":             {&twilio.APIError{Status: 400, Message: "That name is already taken"}, true},
		"assigned":          {&twilio.APIError{Status: 412, Message: "Number already assigned to a Messaging Service"}, true},
		"in the details":    {&twilio.APIError{Status: 400, Message: "Invalid", Details: `{"reason":"duplicate"}`}, true},
		"in a problem":      {&twilio.APIError{Status: 422, Message: "Bad Request", Problems: []twilio.Problem{{}, {Detail: "It already exists"}}}, true},
		"another refusal":   {&twilio.APIError{Status: 400, Message: "Invalid parameter Address"}, false},
		"part of a word":    {&twilio.APIError{Status: 400, Message: "DuplicateDetection is not a boolean"}, false},
		"401":               {&twilio.APIError{Status: 401, Message: "duplicate"}, false},
		"403":               {&twilio.APIError{Status: 403, Message: "duplicate"}, false},
		"404":               {&twilio.APIError{Status: 404, Message: "duplicate"}, false},
		"429":               {&twilio.APIError{Status: 429, Message: "duplicate"}, false},
		"500":               {&twilio.APIError{Status: 500, Message: "already exists"}, false},
		"no response":       {errors.New("already exists"), false},
		"no error":          {nil, false},
		"no word of either": {&twilio.APIError{Status: 400}, false},
	} {
		if got := twilio.IsDuplicate(c.err); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

// A SID is found wherever the response names it, and whole.
func TestAPIError_NamedSID(t *testing.T) {
	first, second := "IG"+strings.Repeat("1", 32), "IG"+strings.Repeat("2", 32)
	for name, c := range map[string]struct {
		err  twilio.APIError
		want string
	}{
		"in the message":      {twilio.APIError{Message: "exists already: " + first + "."}, first},
		"in the details":      {twilio.APIError{Details: `{"sid":"` + second + `"}`}, second},
		"in a problem":        {twilio.APIError{Problems: []twilio.Problem{{Detail: "used by " + first}}}, first},
		"the first of two":    {twilio.APIError{Message: first + ", " + second}, first},
		"none":                {twilio.APIError{Message: "exists already"}, ""},
		"another kind":        {twilio.APIError{Message: "FO" + strings.Repeat("1", 32)}, ""},
		"part of a long word": {twilio.APIError{Message: first + "0"}, ""},
	} {
		if got := c.err.NamedSID(sid.Address); got != c.want {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
