package conversationsaddress_test

import (
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

type change = func(*flexemulator.Address)

func inner(key string, value any) change {
	return func(a *flexemulator.Address) { a.AutoCreation[key] = value }
}

// full has every attribute that its type has.
var (
	fullWebhook = webhook.With(args{"friendly_name": `"Sales"`, "address_country": `"US"`}).WithInBlock(args{
		"enabled": "true", "conversation_service_sid": acctest.Quote(serviceSID), "webhook_method": `"POST"`, "webhook_filters": `["onMessageAdded"]`,
	})
	fullStudio = studio.WithInBlock(args{"enabled": "true", "studio_retry_count": "2"})
)

func onlyChanges(emulator *acctest.Emulator, change change) func() {
	return func() { emulator.ChangeAddress(emulator.OnlyAddress().SID, change) }
}

// Each attribute changed behind Terraform's back, one by one, under both ways to update an auto-creation: seen by the next plan and put right
// by the next apply.
func TestDrift(t *testing.T) {
	all := map[string]acctest.Drift{}
	for name, c := range map[string]struct {
		config configuration
		change change
		plans  plancheck.ResourceActionType
		holds  map[string]any
	}{
		"type":    {fullWebhook, func(a *flexemulator.Address) { a.Type = "rcs" }, replaces, map[string]any{"type": "sms"}},
		"address": {fullWebhook, func(a *flexemulator.Address) { a.Address = "+15005550009" }, replaces, map[string]any{"address": "+15005550006"}},
		// Twilio may ignore the country of what is no short code, and a replacement would not change that.
		"address_country":       {fullWebhook, func(a *flexemulator.Address) { a.AddressCountry = new("GB") }, nothing, map[string]any{"address_country": "US"}},
		"address_country gone":  {fullWebhook, func(a *flexemulator.Address) { a.AddressCountry = nil }, nothing, map[string]any{"address_country": "US"}},
		"friendly_name":         {fullWebhook, func(a *flexemulator.Address) { a.FriendlyName = new("Other") }, updates, map[string]any{"friendly_name": "Sales"}},
		"friendly_name gone":    {fullWebhook, func(a *flexemulator.Address) { a.FriendlyName = nil }, updates, map[string]any{"friendly_name": "Sales"}},
		"friendly_name set":     {bare.With(args{"friendly_name": `""`}), func(a *flexemulator.Address) { a.FriendlyName = new("Other") }, updates, map[string]any{"friendly_name": ""}},
		"enabled":               {fullWebhook, inner("enabled", false), updates, map[string]any{"auto_creation.enabled": true}},
		"enabled gone":          {fullWebhook, inner("enabled", nil), updates, map[string]any{"auto_creation.enabled": true}},
		"service":               {fullWebhook, inner("conversation_service_sid", otherServiceSID), updates, map[string]any{"auto_creation.conversation_service_sid": serviceSID}},
		"webhook_url":           {fullWebhook, inner("webhook_url", "https://example.com/other"), updates, map[string]any{"auto_creation.webhook_url": "https://example.com/hook"}},
		"webhook_method":        {fullWebhook, inner("webhook_method", "GET"), updates, map[string]any{"auto_creation.webhook_method": "POST"}},
		"webhook_filters":       {fullWebhook, inner("webhook_filters", []string{"onMessageAdded", "onMessageRemoved"}), updates, map[string]any{"auto_creation.webhook_filters": []string{"onMessageAdded"}}},
		"webhook_filters empty": {fullWebhook, inner("webhook_filters", []string{}), updates, map[string]any{"auto_creation.webhook_filters": []string{"onMessageAdded"}}},
		"studio_flow_sid":       {fullStudio, inner("studio_flow_sid", otherFlowSID), updates, map[string]any{"auto_creation.studio_flow_sid": studioFlowSID}},
		"studio_flow_sid gone":  {fullStudio, inner("studio_flow_sid", nil), updates, map[string]any{"auto_creation.studio_flow_sid": studioFlowSID}},
		"studio_retry_count":    {fullStudio, inner("studio_retry_count", int64(1)), updates, map[string]any{"auto_creation.studio_retry_count": 2}},
		"retries by default":    {studio, inner("studio_retry_count", int64(1)), updates, map[string]any{"auto_creation.studio_retry_count": 0}},
		"the block's type": {fullStudio, func(a *flexemulator.Address) {
			a.AutoCreation = map[string]any{"type": "webhook", "webhook_url": "https://example.com/other"}
		}, updates, map[string]any{"auto_creation.type": "studio", "auto_creation.studio_flow_sid": studioFlowSID, "auto_creation.webhook_url": nil, "auto_creation.enabled": true}},
		"the whole block": {fullStudio, func(a *flexemulator.Address) { a.AutoCreation = map[string]any{} }, updates, map[string]any{
			"auto_creation.type": "studio", "auto_creation.studio_flow_sid": studioFlowSID, "auto_creation.studio_retry_count": 2,
		}},
	} {
		d := acctest.Drift{
			Config: c.config, Change: func(emulator *acctest.Emulator) { onlyChanges(emulator, c.change)() }, Plans: c.plans, Holds: c.holds,
		}
		if c.plans == replaces {
			d.Says = []string{name + " of address configuration IG", "If both are the same " + name + ", set " + name + " to "}
		}
		all[name] = d
	}
	acctest.TestDrift(t, subject, all, map[string]flexemulator.Behavior{
		"merges": {}, "replaces": {ReplaceAutoCreation: true, RefuseDuplicateAddresses: true},
	})
}

// What Terraform does not manage may change without a plan.
func TestDrift_unmanaged(t *testing.T) {
	all := map[string]acctest.Drift{}
	for name, c := range map[string]struct {
		config configuration
		change change
	}{
		"country":                      {bare, func(a *flexemulator.Address) { a.AddressCountry = new("GB") }},
		"name":                         {bare, func(a *flexemulator.Address) { a.FriendlyName = new("Other") }},
		"name gone":                    {bare, func(a *flexemulator.Address) { a.FriendlyName = nil }},
		"auto-creation without block":  {bare, func(a *flexemulator.Address) { a.AutoCreation = map[string]any{"type": "default", "enabled": true} }},
		"enabled":                      {webhook, inner("enabled", true)},
		"service":                      {studio, inner("conversation_service_sid", serviceSID)},
		"method":                       {webhook, inner("webhook_method", "GET")},
		"filters":                      {webhook, inner("webhook_filters", []string{"onMessageAdded"})},
		"a key that studio lacks":      {studio, inner("webhook_method", "GET")},
		"an absent documented default": {studio, func(a *flexemulator.Address) { delete(a.AutoCreation, "studio_retry_count") }},
		"a null documented default":    {studio, inner("studio_retry_count", nil)},
		"the method's letter case":     {fullWebhook, inner("webhook_method", "post")},
		"the order of filters": {
			webhook.WithInBlock(args{"webhook_filters": `["onMessageAdded", "onMessageRemoved"]`}),
			inner("webhook_filters", []string{"onMessageRemoved", "onMessageAdded"}),
		},
		"the address written otherwise": {bare.With(args{"address": `"+1 (500) 555-0006"`}), func(a *flexemulator.Address) { a.Address = "+15005550006" }},
		"blanks at the address":         {bare, func(a *flexemulator.Address) { a.Address = " " + a.Address }},
		"the type's letter case":        {bare.With(args{"type": `"email"`, "address": `"A@example.com"`}), func(a *flexemulator.Address) { a.Address = "a@example.com" }},
	} {
		all[name] = acctest.Drift{Config: c.config, Change: func(emulator *acctest.Emulator) { onlyChanges(emulator, c.change)() }, Plans: nothing}
	}
	acctest.TestDrift(t, subject, all, map[string]flexemulator.Behavior{
		"foreign keys": {MethodAsSent: true, AutoCreation: flexemulator.AutoCreationForeignKeys},
	})
}

func removeOnly(emulator *acctest.Emulator) func() {
	return func() { emulator.RemoveAddress(emulator.OnlyAddress().SID) }
}

func TestGone(t *testing.T) {
	acctest.TestGone(t, subject, "Unable to update address configuration", "The address configuration no longer exists.")
}

func TestGone_notYet(t *testing.T) { acctest.TestGoneNotYet(t, subject) }

func TestGone_notTwilio(t *testing.T) { acctest.TestGoneNotTwilio(t, subject) }

// With the real Terraform: what is gone is planned to be created, and a destroy of what goes meanwhile succeeds.
func TestAccGone(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	acctest.Run(t, emulator,
		resource.TestStep{Config: studio.String()},
		resource.TestStep{PreConfig: removeOnly(emulator), Config: studio.String(), ConfigPlanChecks: plans(creates)},
		resource.TestStep{
			PreConfig: emulator.Inject(flexemulator.Fault{Method: http.MethodGet, Kind: flexemulator.FaultStatus, Status: 404, HTML: true}), Config: studio.String(),
			ExpectError: regexp.MustCompile(acctest.Says("The response is not in the form of Twilio's API")),
		},
		resource.TestStep{
			PreConfig: emulator.Inject(flexemulator.Fault{Method: http.MethodDelete, Kind: flexemulator.FaultStatus, AfterWork: true, Status: 404}),
			Config:    studio.String(), Destroy: true,
		},
	)
}

// An API that tells nothing of the auto-creation says nothing against what is known of it.
func TestDrift_silentAPI(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{AutoCreation: flexemulator.AutoCreationNull, ReadLag: 100 * time.Millisecond}})
	steps(t, emulator,
		acctest.Step{Config: fullWebhook.Values(), Plans: creates},
		acctest.Step{Before: onlyChanges(emulator, inner("webhook_url", "https://example.com/other")), Config: fullWebhook.Values(), Plans: nothing},
		acctest.Step{Config: fullStudio.With(fullWebhook.Args).Values(), Plans: updates, Holds: map[string]any{"auto_creation.webhook_url": nil}, Says: []string{"Twilio keeps auto_creation.conversation_service_sid"}},
	)
}

func TestManyGone(t *testing.T) {
	acctest.TestManyGone(t, subject, "Many address configurations are gone")
}
