package flexemulator

import (
	_ "embed"
	"fmt"
	"maps"
	"sync"
	"time"
)

//go:embed flexflows.yaml
var flowDocument []byte

// flowContract is made once, because that takes much longer than all the rest of a server.
var flowContract = sync.OnceValues(func() (*contract, error) { return newContract(flowDocument, "Flow") })

// A Flow is a Flex Flow as the emulator stores it. Nil means that nothing was ever sent.
type Flow struct {
	SID, AccountSID                           string
	FriendlyName, ChatServiceSID, ChannelType string
	ContactIdentity                           string
	Enabled, LongLived, JanitorEnabled        bool
	IntegrationType                           *string
	// Integration has the keys of an answer (flow_sid, retry_count, …) and holds strings, int64s and bools.
	Integration map[string]any
	DateCreated time.Time
	// DateUpdated is zero until the first update.
	DateUpdated time.Time
}

// String describes a flow in a test's output.
func (f Flow) String() string { return fmt.Sprintf("%s (%s)", f.SID, f.FriendlyName) }

func (f *Flow) common() common {
	return common{sid: &f.SID, accountSID: &f.AccountSID, created: &f.DateCreated, updated: &f.DateUpdated}
}

func (f *Flow) clone() *Flow {
	c := *f
	c.Integration = maps.Clone(f.Integration)
	return &c
}

// Flows returns a copy of all flows, in the order of their creation.
func (s *Server) Flows() []Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	return values(s.flows.all())
}

// Add stores a flow behind the API's back and returns it with the account that it was given, and a SID and a date if it had none.
func (s *Server) Add(f Flow) Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.flows.add(&f)
}

// Change alters a flow behind the API's back, as somebody in Twilio's console would. It reports whether the flow exists.
func (s *Server) Change(sid string, change func(*Flow)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.flows.change(sid, change)
}

// Remove deletes a flow behind the API's back. It reports whether the flow existed.
func (s *Server) Remove(sid string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.flows.remove(sid)
}

// flowHandler is what is particular to Flex Flows.
type flowHandler struct {
	behavior    *Behavior
	integration *part
	flows       *store[*Flow]
}

func (*flowHandler) about() about {
	return about{path: "/v1/FlexFlows", listKey: "flex_flows", sidPrefix: "FO", filter: "FriendlyName"}
}

func (h *flowHandler) fresh() *Flow { return &Flow{Enabled: h.behavior.EnabledByDefault} }

func (h *flowHandler) apply(f *Flow, form map[string]any, update bool) {
	set(form, "FriendlyName", &f.FriendlyName)
	set(form, "ChatServiceSid", &f.ChatServiceSID)
	set(form, "ChannelType", &f.ChannelType)
	set(form, "Enabled", &f.Enabled)
	set(form, "LongLived", &f.LongLived)
	set(form, "JanitorEnabled", &f.JanitorEnabled)
	if value, sent := form["ContactIdentity"]; sent {
		f.ContactIdentity, _ = value.(string) // an empty value clears
	}
	if value, sent := form["IntegrationType"].(string); sent {
		f.IntegrationType = &value
	}
	f.Integration = h.integration.apply(f.Integration, form, update && h.behavior.ReplaceIntegration)
}

func (h *flowHandler) missing(f *Flow, form map[string]any) *apiError {
	return h.integration.missing(f.Integration, form)
}

func (h *flowHandler) complete(f *Flow) {
	if f.IntegrationType == nil && !h.behavior.NullIntegrationType {
		studio := "studio"
		f.IntegrationType = &studio
	}
}

// conflict refuses a flow whose channel type and contact identity another one has.
func (h *flowHandler) conflict(f *Flow) *apiError {
	if !h.behavior.RefuseDuplicates || f.ContactIdentity == "" {
		return nil
	}
	for _, other := range h.flows.known() {
		if other.SID != f.SID && other.ChannelType == f.ChannelType && other.ContactIdentity == f.ContactIdentity {
			return h.behavior.duplicate("ContactIdentity", "A Flex Flow with this ChannelType and ContactIdentity exists already: "+other.SID)
		}
	}
	return nil
}

func (*flowHandler) matches(f *Flow, filter string) bool { return f.FriendlyName == filter }

func (*flowHandler) named(*Flow, string) bool { return false }

func (h *flowHandler) show(f *Flow) map[string]any {
	shown := map[string]any{
		"friendly_name":    f.FriendlyName,
		"chat_service_sid": f.ChatServiceSID,
		"channel_type":     f.ChannelType,
		"contact_identity": f.ContactIdentity,
		"enabled":          f.Enabled,
		"integration_type": f.IntegrationType,
		"integration":      h.showIntegration(f),
		"long_lived":       f.LongLived,
		"janitor_enabled":  f.JanitorEnabled,
	}
	if f.ContactIdentity == "" && !h.behavior.EmptyIdentity {
		shown["contact_identity"] = nil
	}
	return shown
}

func (h *flowHandler) showIntegration(f *Flow) any {
	kind := ""
	if f.IntegrationType != nil {
		kind = *f.IntegrationType
	}
	shown := map[string]any{}
	switch h.behavior.Integration {
	case IntegrationNull:
		return nil
	case IntegrationAllKeys:
		shown = h.integration.nulls()
	case IntegrationForeignKeys:
		if kind != "" && kind != "task" {
			shown["channel"] = kind
			shown["timeout"] = 0
		} else {
			shown["retry_count"] = 0
			shown["url"] = ""
		}
	case IntegrationWithDefaults:
		shown = h.integration.defaults(kind)
	case IntegrationAsSent:
	}
	maps.Copy(shown, f.Integration)
	return shown
}
