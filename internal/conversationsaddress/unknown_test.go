package conversationsaddress_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What is unknown in the plan of a create beside what Twilio sets, when an attribute is unknown in the configuration.
func TestUnknown_create(t *testing.T) {
	p := acctest.NewProtocol(t)
	all := []string{"conversation_service_sid", "enabled", "studio_flow_sid", "studio_retry_count", "type", "webhook_filters", "webhook_method", "webhook_url"}
	without := func(names ...string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(names, name) })
	}
	for name, c := range map[string]struct {
		config configuration
		inner  []string
	}{
		"type":                     {studio.WithInBlock(args{"type": acctest.Unknown}), without("studio_flow_sid")},
		"type, with others":        {webhook.WithInBlock(args{"type": acctest.Unknown, "enabled": "true"}), without("webhook_url", "enabled")},
		"webhook_url":              {webhook.WithInBlock(args{"webhook_url": acctest.Unknown}), without("type", "studio_flow_sid", "studio_retry_count")},
		"studio_flow_sid":          {studio.WithInBlock(args{"studio_flow_sid": acctest.Unknown}), []string{"conversation_service_sid", "enabled", "studio_flow_sid"}},
		"studio_retry_count":       {studio.WithInBlock(args{"studio_retry_count": acctest.Unknown}), []string{"conversation_service_sid", "enabled", "studio_retry_count"}},
		"foreign, may yet be null": {neither.WithInBlock(args{"webhook_url": acctest.Unknown}), []string{"conversation_service_sid", "enabled", "webhook_url"}},
	} {
		t.Run(name, func(t *testing.T) {
			c1 := newCore(p)
			want := []string{"account_sid", "address_country", "date_created", "date_updated", "friendly_name", "id", "sid", "url"}
			for _, inner := range c.inner {
				want = append(want, "auto_creation."+inner)
			}
			slices.Sort(want)
			if got := c1.PlanUnknown(c1.Absent(), c.config.Values()); !slices.Equal(got, want) {
				t.Errorf("unknown: %q\nexpected: %q", got, want)
			}
		})
	}
	c := newCore(p)
	values := webhook.Values()
	values["auto_creation"].(map[string]any)["webhook_filters"] = []any{"onMessageAdded", tftypes.UnknownValue}
	if got := c.PlanUnknown(c.Absent(), values); !slices.Contains(got, "auto_creation.webhook_filters[]") || slices.Contains(got, "auto_creation.webhook_filters") {
		t.Errorf("an unknown element: unknown is %q", got)
	}
	values["auto_creation"] = tftypes.UnknownValue
	if got := c.PlanUnknown(c.Absent(), values); !slices.Contains(got, "auto_creation") {
		t.Errorf("an unknown block: unknown is %q", got)
	}
}

// The same in an update: an unknown type leaves nothing of the block known that the configuration does not set.
func TestUnknown_update(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	c := newCore(acctest.NewConfiguredProtocol(t, emulator))
	sid := emulator.AddAddress(flexemulator.Address{Type: "sms", Address: "+15005550006", AutoCreation: map[string]any{
		"type": "studio", "studio_flow_sid": studioFlowSID, "studio_retry_count": int64(0), "enabled": true,
	}}).SID
	prior, text := c.Import(sid)
	if text != "" {
		t.Fatal(text)
	}
	for name, x := range map[string]struct {
		config configuration
		want   []string
	}{
		"nothing": {studio, nil},
		"type": {studio.WithInBlock(args{"type": acctest.Unknown}), []string{
			"auto_creation.conversation_service_sid", "auto_creation.enabled", "auto_creation.studio_retry_count", "auto_creation.type", "auto_creation.webhook_filters",
			"auto_creation.webhook_method", "auto_creation.webhook_url", "date_updated",
		}},
		"flow":          {studio.WithInBlock(args{"studio_flow_sid": acctest.Unknown}), []string{"auto_creation.studio_flow_sid", "date_updated"}},
		"enabled":       {studio.WithInBlock(args{"enabled": acctest.Unknown}), []string{"auto_creation.enabled", "date_updated"}},
		"friendly_name": {studio.With(args{"friendly_name": acctest.Unknown}), []string{"date_updated", "friendly_name"}},
	} {
		if got := c.PlanUnknown(prior, x.config.Values()); !slices.Equal(got, x.want) {
			t.Errorf("%s: unknown is %q, expected %q", name, got, x.want)
		}
	}
}

// unsure is a configuration with a value that is not known yet, and what it turns out to be.
func unsure(c configuration, name, value string) acctest.Step {
	return acctest.Step{Unsure: c.Set(name, acctest.Unknown).Values(), Config: c.Set(name, value).Values()}
}

// unsureFilter is unsure for the second of two filters.
func unsureFilter(filter string) acctest.Step {
	step := unsure(webhook, "auto_creation.webhook_filters", `["onMessageUpdated", "`+filter+`"]`)
	step.Unsure["auto_creation"].(map[string]any)["webhook_filters"] = []any{"onMessageUpdated", tftypes.UnknownValue}
	return step
}

// An attribute that was unknown in the plan gets its value in the apply, and the plan after that is empty.
func TestUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		step  acctest.Step
		name  string
		holds any
	}{
		"type": {unsure(studio.WithInBlock(args{"studio_retry_count": "2"}), "auto_creation.type", `"studio"`), "auto_creation.type", "studio"},
		"webhook_url": {
			unsure(webhook, "auto_creation.webhook_url", `"https://example.com"`), "auto_creation.webhook_url", "https://example.com",
		},
		"an element of webhook_filters": {unsureFilter("onMessageAdded"), "auto_creation.webhook_filters", []string{"onMessageAdded", "onMessageUpdated"}},
		"webhook_filters": {
			unsure(webhook, "auto_creation.webhook_filters", `["onMessageAdded"]`), "auto_creation.webhook_filters", []string{"onMessageAdded"},
		},
		"address":                 {unsure(bare, "address", `"+15005550009"`), "address", "+15005550009"},
		"foreign, turns out null": {unsure(studio, "auto_creation.webhook_url", "null"), "auto_creation.webhook_url", nil},
	} {
		t.Run(name, func(t *testing.T) {
			c.step.Plans, c.step.Holds = creates, map[string]any{c.name: c.holds}
			steps(t, acctest.NewMemoryEmulator(t, flexemulator.Options{}), c.step)
		})
	}
}

// A value that was unknown in the plan is held to the rules when it becomes known, before any call.
func TestUnknown_turnsOutWrong(t *testing.T) {
	for name, c := range map[string]struct {
		step acctest.Step
		says string
	}{
		"type":    {unsure(studio, "auto_creation.type", `"webhook"`), `auto_creation.webhook_url is required when auto_creation.type is "webhook"`},
		"element": {unsureFilter("onTyping"), `"onTyping" is not one of the accepted values`},
		"address": {unsure(bare, "address", `"whatsapp:+1"`), `The address begins with "whatsapp:"`},
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
			c.step.Fails, c.step.Says = true, []string{c.says}
			steps(t, emulator, c.step)
			if calls := emulator.CallsTo(http.MethodPost, path); len(calls) > 0 {
				t.Errorf("refused before the apply, but %d creates were sent", len(calls))
			}
		})
	}
}

// An address that becomes unknown replaces the configuration only if it turns out another one.
func TestAccUnknown_replacement(t *testing.T) {
	t.Parallel()
	expression, resources := acctest.Later(t, `"+15005550006"`)
	other, otherResources := acctest.Later(t, `"+15005550007"`)
	acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{}),
		resource.TestStep{Config: bare.String()},
		resource.TestStep{Config: resources + bare.With(args{"address": expression}).String()},
		resource.TestStep{
			Config: otherResources + bare.With(args{"address": other}).String(), ConfigPlanChecks: plans(plancheck.ResourceActionReplace),
			ConfigStateChecks: []statecheck.StateCheck{acctest.Holds(address, knownvalue.StringExact("+15005550007"), "address")},
		},
	)
}
