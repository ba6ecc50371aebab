package flexemulator

import (
	"maps"
	"net/http"
	"strings"
	"time"
)

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

func (f Flow) clone() Flow {
	f.Integration = maps.Clone(f.Integration)
	return f
}

// apply sets what a request's form holds, as a create or an update does.
func (f *Flow) apply(form map[string]any, replaceIntegration bool) {
	set(form, "FriendlyName", &f.FriendlyName)
	set(form, "ChatServiceSid", &f.ChatServiceSID)
	set(form, "ChannelType", &f.ChannelType)
	set(form, "Enabled", &f.Enabled)
	set(form, "LongLived", &f.LongLived)
	set(form, "JanitorEnabled", &f.JanitorEnabled)
	if value, sent := form["ContactIdentity"]; sent {
		f.ContactIdentity, _ = value.(string) // an empty value arrives as nil, and clears
	}
	if value, sent := form["IntegrationType"].(string); sent {
		f.IntegrationType = &value
	}
	sent := map[string]any{}
	for name, value := range form {
		if strings.HasPrefix(name, "Integration.") {
			sent[key(name)] = value
		}
	}
	if len(sent) == 0 {
		return
	}
	if replaceIntegration || f.Integration == nil {
		f.Integration = map[string]any{}
	}
	maps.Copy(f.Integration, sent)
}

func set[T any](form map[string]any, name string, target *T) {
	if value, ok := form[name].(T); ok {
		*target = value
	}
}

// checkIntegration refuses a flow that lacks what its integration type requires.
func (c *contract) checkIntegration(f *Flow) *apiError {
	if f.IntegrationType == nil {
		return nil
	}
	for _, parameter := range c.types[*f.IntegrationType].Required {
		if f.Integration[key(parameter)] == nil {
			return invalid(parameter, "it is required when IntegrationType is "+*f.IntegrationType)
		}
	}
	return nil
}

// answer is the flow as a response shows it.
func (s *Server) answer(f *Flow, baseURL string) map[string]any {
	shown := map[string]any{
		"sid":              f.SID,
		"account_sid":      f.AccountSID,
		"date_created":     date(f.DateCreated),
		"date_updated":     date(f.DateUpdated),
		"friendly_name":    f.FriendlyName,
		"chat_service_sid": f.ChatServiceSID,
		"channel_type":     f.ChannelType,
		"contact_identity": f.ContactIdentity,
		"enabled":          f.Enabled,
		"integration_type": f.IntegrationType,
		"integration":      s.integrationAnswer(f),
		"long_lived":       f.LongLived,
		"janitor_enabled":  f.JanitorEnabled,
		"url":              baseURL + "/v1/FlexFlows/" + f.SID,
	}
	if f.ContactIdentity == "" && !s.behavior.EmptyIdentity {
		shown["contact_identity"] = nil
	}
	if f.DateUpdated.IsZero() && !s.behavior.NullDateUpdated {
		shown["date_updated"] = date(f.DateCreated)
	}
	return shown
}

func (s *Server) integrationAnswer(f *Flow) any {
	shown := map[string]any{}
	switch s.behavior.Integration {
	case IntegrationNull:
		return nil
	case IntegrationAllKeys:
		for _, name := range s.contract.integrationKeys() {
			shown[name] = nil
		}
	case IntegrationForeignKeys:
		if f.IntegrationType != nil && *f.IntegrationType != "task" {
			shown["channel"] = *f.IntegrationType
			shown["timeout"] = 0
		} else {
			shown["retry_count"] = 0
			shown["url"] = ""
		}
	case IntegrationWithDefaults:
		if f.IntegrationType != nil {
			maps.Copy(shown, s.contract.types[*f.IntegrationType].Defaults)
		}
	case IntegrationAsSent:
	}
	maps.Copy(shown, f.Integration)
	return shown
}

func date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}

// duplicate refuses a flow whose channel type and contact identity another one has.
func (s *Server) duplicate(f *Flow) *apiError {
	if !s.behavior.RefuseDuplicates || f.ContactIdentity == "" {
		return nil
	}
	for _, other := range s.flows {
		if other.SID != f.SID && other.ChannelType == f.ChannelType && other.ContactIdentity == f.ContactIdentity {
			return refuse(http.StatusConflict, 20409,
				"A Flex Flow with this ChannelType and ContactIdentity exists already: "+other.SID)
		}
	}
	return nil
}
