package acctest_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Values of the walk's configurations.
var (
	walkChatService = "IS" + strings.Repeat("1", 32)
	walkStudioFlow  = "FW" + strings.Repeat("2", 32)
	walkWorkspace   = "WS" + strings.Repeat("3", 32)
	walkWorkflow    = "WW" + strings.Repeat("4", 32)
)

// drawBehavior chooses how the API acts. Few switches are on at a time.
func drawBehavior(rt *rapid.T) flexemulator.Behavior {
	on := func(name string) bool { return rapid.IntRange(0, 3).Draw(rt, name) == 0 }
	b := flexemulator.Behavior{
		Integration:        rapid.SampledFrom([]flexemulator.IntegrationAnswer{"", "", "defaults", "all-keys", "foreign-keys", "null"}).Draw(rt, "integration"),
		AutoCreation:       rapid.SampledFrom([]flexemulator.AutoCreationAnswer{"", "", "defaults", "all-keys", "foreign-keys", "null"}).Draw(rt, "auto-creation"),
		ReplaceIntegration: on("replaces integration"), ReplaceAutoCreation: on("replaces auto-creation"), EnabledByDefault: on("enabled by default"),
		EmptyIdentity: on("empty identity"), NullDateUpdated: on("null update date"), MethodAsSent: on("method as sent"), DefaultCountry: on("default country"),
		AutoCreate: on("auto-create"), StrictTypeFilter: on("strict type filter"), SIDPaths: on("SID paths"), ProblemDetails: on("problem details"),
		RefuseDuplicates: on("refuse duplicates"), RefuseDuplicateAddresses: on("refuse duplicate addresses"), RoundDates: on("round dates"),
		ReadLag:    rapid.SampledFrom([]time.Duration{0, 0, 0, 2 * time.Second}).Draw(rt, "read lag"),
		ListLag:    rapid.SampledFrom([]time.Duration{0, 0, 20 * time.Second}).Draw(rt, "list lag"),
		ClockAhead: rapid.SampledFrom([]time.Duration{0, 0, 2 * time.Second, -2 * time.Second}).Draw(rt, "clock ahead"),
		ForgetLag:  rapid.SampledFrom([]time.Duration{0, 0, 4 * time.Second}).Draw(rt, "forget lag"),
	}
	if on("rewrites") {
		b.Rewrites = []flexemulator.Rewrite{rapid.SampledFrom([]flexemulator.Rewrite{"url", "channel", "identity", "name", "country", "address"}).Draw(rt, "rewrite")}
	}
	fields := rapid.SampledFrom([]string{
		"enabled", "integration_type", "integration", "integration.retry_count", "integration.flow_sid", "contact_identity", "friendly_name", "address",
		"address_country", "auto_creation", "auto_creation.enabled", "auto_creation.type", "auto_creation.webhook_method", "date_created",
	})
	if on("short responses") {
		b.Unanswered = []string{fields.Draw(rt, "unanswered")}
	}
	if on("short lists") {
		b.Unlisted = []string{fields.Draw(rt, "unlisted")}
	}
	return b
}

// drawFaults chooses what goes wrong.
func drawFaults(rt *rapid.T) []flexemulator.Fault {
	var faults []flexemulator.Fault
	for range rapid.IntRange(1, 3).Draw(rt, "faults") {
		f := rapid.SampledFrom([]flexemulator.Fault{
			{Kind: flexemulator.FaultStatus, Status: 503},
			{Kind: flexemulator.FaultStatus, Status: 503, AfterWork: true},
			{Kind: flexemulator.FaultStatus, Status: 502, HTML: true, WorkAfterMS: 1500},
			{Kind: flexemulator.FaultStatus, Status: 500, HTML: true, AfterWork: true},
			{Kind: flexemulator.FaultStatus, Status: 429, RetryAfter: "1"},
			{Kind: flexemulator.FaultStatus, Status: 403},
			{Kind: flexemulator.FaultReset},
			{Kind: flexemulator.FaultReset, AfterWork: true},
			{Kind: flexemulator.FaultReset, WorkAfterMS: 4000},
			{Kind: flexemulator.FaultTruncate},
			{Kind: flexemulator.FaultHang},
			{Kind: flexemulator.FaultHang, AfterWork: true},
			{Kind: flexemulator.FaultFields, Fields: map[string]any{"enabled": "maybe", "integration": map[string]any{"retry_count": []any{}, "priority": "high"}}},
			{Kind: flexemulator.FaultFields, Fields: map[string]any{"integration": []any{}, "auto_creation": 7}},
		}).Draw(rt, "fault")
		f.Method = rapid.SampledFrom([]string{http.MethodPost, http.MethodPost, http.MethodGet, http.MethodDelete}).Draw(rt, "method")
		if f.Method == http.MethodGet {
			f.Path = rapid.SampledFrom([]string{"/v1/FlexFlows", "/v1/FlexFlows/*", "/v1/Configuration/Addresses", "/v1/Configuration/Addresses/*"}).Draw(rt, "path")
		}
		f.Nth, f.Count = rapid.IntRange(1, 4).Draw(rt, "nth"), rapid.SampledFrom([]int{1, 1, 100}).Draw(rt, "count")
		if f.Count > 1 {
			f.Every = 1
		}
		if f.Status == http.StatusTooManyRequests {
			f.Count, f.Every = 20, 1
		}
		faults = append(faults, f)
	}
	return faults
}

// configure changes the configuration of one resource, or takes it out.
func (w *walk) configure(rt *rapid.T) {
	s := rapid.SampledFrom(w.subjects).Draw(rt, "resource")
	if rapid.IntRange(0, 4).Draw(rt, "there") == 0 {
		s.config = nil
		return
	}
	if s.block == "integration" {
		s.config = w.drawFlow(rt, s)
	} else {
		s.config = w.drawAddress(rt, s)
	}
}

// maybe sets an argument to one of some values, or leaves it out.
func maybe(rt *rapid.T, to map[string]any, name string, values ...any) {
	if v := rapid.SampledFrom(append([]any{nil}, values...)).Draw(rt, name); v != nil {
		to[name] = v
	}
}

func (w *walk) drawFlow(rt *rapid.T, s *subject) map[string]any {
	// Names are few, so that flows are often alike.
	config := map[string]any{
		"friendly_name": rapid.SampledFrom([]string{"Sales", "Support", " Support"}).Draw(rt, "name"), "chat_service_sid": walkChatService,
		"channel_type": rapid.SampledFrom([]string{"web", "sms"}).Draw(rt, "channel"),
	}
	identities := []any{"", "+1 500 555 0006"}
	if w.behavior.RefuseDuplicates {
		identities = []any{"", "+1 500 555 000" + fmt.Sprint(int(s.name[0])%10)} // no two share one
	}
	maybe(rt, config, "contact_identity", identities...)
	maybe(rt, config, "enabled", true, false)
	maybe(rt, config, "long_lived", true)
	block := map[string]any{}
	switch kind := rapid.SampledFrom([]string{"none", "studio", "external", "task"}).Draw(rt, "type"); kind {
	case "studio":
		block["flow_sid"] = walkStudioFlow
		maybe(rt, block, "retry_count", 0, 2)
		maybe(rt, block, "creation_on_message", true)
		config["integration_type"], config["integration"] = kind, block
	case "external":
		block["url"] = rapid.SampledFrom([]string{"https://example.com", "https://example.com/hook"}).Draw(rt, "url")
		maybe(rt, block, "retry_count", 0, 2)
		config["integration_type"], config["integration"] = kind, block
	case "task":
		block["workspace_sid"], block["workflow_sid"] = walkWorkspace, walkWorkflow
		maybe(rt, block, "priority", 0, 2)
		config["integration_type"], config["integration"] = kind, block
	}
	return config
}

func (w *walk) drawAddress(rt *rapid.T, s *subject) map[string]any {
	kind := rapid.SampledFrom([]string{"sms", "whatsapp", "email"}).Draw(rt, "address type")
	number := "1500555000" + fmt.Sprint(rapid.IntRange(6, 7).Draw(rt, "number"))
	if w.behavior.RefuseDuplicateAddresses {
		number = "150055" + fmt.Sprint(int(s.name[0])) + number[9:]
	}
	config := map[string]any{"type": kind, "address": map[string]string{"sms": "+" + number, "whatsapp": "whatsapp:+" + number, "email": "A" + number + "@Example.com"}[kind]}
	maybe(rt, config, "friendly_name", "Sales")
	maybe(rt, config, "address_country", "US")
	block := map[string]any{}
	switch kind := rapid.SampledFrom([]string{"none", "studio", "webhook", "default"}).Draw(rt, "type"); kind {
	case "none":
		return config
	case "studio":
		block["studio_flow_sid"] = walkStudioFlow
		maybe(rt, block, "studio_retry_count", 1)
		block["type"] = kind
	case "webhook":
		block["webhook_url"] = "https://example.com/hook"
		maybe(rt, block, "webhook_method", "GET", "POST")
		maybe(rt, block, "webhook_filters", []any{"onMessageAdded"})
		block["type"] = kind
	default:
		block["type"] = kind
	}
	maybe(rt, block, "enabled", true, false)
	config["auto_creation"] = block
	return config
}
