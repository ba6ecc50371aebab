package tfresource

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// toy is a definition for tests: the smallest that has one of everything.
func toy() *Definition {
	return &Definition{
		Kind: twilio.Kind{
			SID: sid.Kind{Prefix: "TO", Name: "toy"}, Host: "toys", Path: "/v1/Toys", ListKey: "toys", PageSize: 50,
			Filter: "Name", Distinguishing: []string{"Name"},
		},
		TypeName: "toy",
		Attributes: []Attribute{
			{Name: "sid", Type: attribute.Text},
			{Name: "account_sid", Type: attribute.Text},
			{Name: "date_created", Type: attribute.Text},
			{Name: "date_updated", Type: attribute.Text, Role: SetByUpdates},
			{Name: "name", Type: attribute.Text, Role: Required},
			{Name: "place", Type: attribute.Text, Role: Optional, Immutable: true},
			{Name: "enabled", Type: attribute.Boolean, Role: Optional},
			{Name: "engine_type", Type: attribute.Text, Role: Optional},
		},
		Blocks: []*Block{{
			Name: "engine", TypeName: "engine_type", Types: []string{"steam", "spring"}, Unmanaged: "It stays.",
			Rules: []Rule{
				{RequiredFor: []string{"steam"}, Attribute: Attribute{Name: "fuel", Type: attribute.Text}},
				{OptionalFor: []string{"spring"}, Attribute: Attribute{Name: "turns", Type: attribute.Number, Default: attribute.NumberValue(3)}},
				{OptionalFor: []string{"steam", "spring"}, Idle: types.BoolValue(false), Attribute: Attribute{Name: "loud", Type: attribute.Boolean}},
			},
		}},
		LookUp: "name", Filters: []string{"name"},
	}
}

func TestCheck(t *testing.T) {
	if err := toy().Check(); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*Definition){
		`LookUp: there is no attribute "nam"`:              func(d *Definition) { d.LookUp = "nam" },
		"LookUp: enabled is not a string":                  func(d *Definition) { d.LookUp = "enabled" },
		`Narrow: there is no attribute "x"`:                func(d *Definition) { d.Narrow = []string{"x"} },
		`Filters: there is no attribute "x"`:               func(d *Definition) { d.Filters = append(d.Filters, "x") },
		`there is no parameter "name"`:                     func(d *Definition) { d.Filter = "name" },
		`there is no parameter "Sid"`:                      func(d *Definition) { d.Distinguishing = []string{"Sid"} },
		"0 attributes are set by updates":                  func(d *Definition) { d.Attributes[3].Role = Computed },
		"attribute name stands twice":                      func(d *Definition) { d.Attributes = append(d.Attributes, d.Attributes[4]) },
		`account_sid: there is no attribute`:               func(d *Definition) { d.Attributes[1].Name = "account" },
		`the type of engine: there is no attribute "kind"`: func(d *Definition) { d.Blocks[0].TypeName = "kind" },
		`engine.fuel: "coal" is not one of the types`:      func(d *Definition) { d.Blocks[0].Rules[0].RequiredFor = []string{"coal"} },
		"engine.loud applies to no type":                   func(d *Definition) { d.Blocks[0].Rules[2].OptionalFor = nil },
		"engine.fuel stands twice":                         func(d *Definition) { d.Blocks[0].Rules[1].Name = "fuel" },
		"block engine stands twice":                        func(d *Definition) { d.Blocks = append(d.Blocks, d.Blocks[0]) },
		"block name stands twice":                          func(d *Definition) { d.Blocks[0].Name = "name" },
	} {
		d := toy()
		spoil(d)
		if err := d.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected %q, got %v", want, err)
		}
	}
}
