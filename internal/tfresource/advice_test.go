package tfresource

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An error is at the attribute that the response names: by a pointer, or by the parameter's name in its text.
func TestBlamed(t *testing.T) {
	refusal := func(message string, pointers ...string) twilio.APIError {
		e := twilio.APIError{Status: 400, Message: message}
		for _, pointer := range pointers {
			e.Problems = append(e.Problems, twilio.Problem{Pointer: pointer, Detail: "is wrong"})
		}
		return e
	}
	fuel, name := path.Root("engine").AtName("fuel"), path.Root("name")
	elsewhere := refusal("Invalid parameter Name")
	elsewhere.Status = 403
	told := refusal("Bad Request")
	told.Problems = []twilio.Problem{{Detail: "Engine.Fuel is wrong"}}
	for what, c := range map[string]struct {
		err  twilio.APIError
		want path.Path
	}{
		"a parameter":                  {refusal("Invalid parameter Name: too long"), name},
		"at the end of a sentence":     {refusal("Look at Engine.Fuel."), fuel},
		"the first of two":             {refusal("Engine.Fuel does not fit Name"), fuel},
		"part of a name":               {refusal("FriendlyName is wrong"), path.Empty()},
		"what can't be set":            {refusal("DateCreated is wrong"), path.Empty()},
		"none":                         {refusal("Something is wrong"), path.Empty()},
		"a refusal of something else":  {elsewhere, path.Empty()},
		"a pointer":                    {refusal("Bad Request", "#/Name"), name},
		"a pointer to the block":       {refusal("Bad Request", "/Engine.Fuel"), fuel},
		"a pointer of steps":           {refusal("Bad Request", "#/Engine/Fuel/0"), fuel},
		"a pointer in other case":      {refusal("Bad Request", "#/engine/fuel"), fuel},
		"the first pointer of two":     {refusal("Name", "#/engine/fuel", "#/name"), fuel},
		"a pointer to nothing, a text": {refusal("Name is wrong", "#/nothing"), name},
		"a pointer to two words":       {refusal("Bad Request", "#/engine_type"), path.Root("engine_type")},
		"an empty pointer":             {refusal("Bad Request", ""), path.Empty()},
		"a detail":                     {told, fuel},
	} {
		if got, ok := toy().blamed(&c.err); !got.Equal(c.want) || ok != (len(c.want.Steps()) > 0) {
			t.Errorf("%s: %s, %t", what, got, ok)
		}
	}
}

// Each problem is shown with the attribute that it points to, or else with the pointer.
func TestProblem(t *testing.T) {
	for want, p := range map[string]twilio.Problem{
		"engine.fuel: is wet": {Pointer: "#/Engine/Fuel", Detail: "is wet"},
		"#/nothing: is wet":   {Pointer: "#/nothing", Detail: "is wet"},
		"is wet":              {Detail: "is wet"},
		"engine.fuel":         {Pointer: "#/Engine/Fuel"},
	} {
		if got := toy().problem(p); got != want {
			t.Errorf("%q, expected %q", got, want)
		}
	}
}
