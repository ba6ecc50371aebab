package acctest_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

var anySID = regexp.MustCompile(`(FO|IG)[0-9a-f]{32}`)

// stored are all resources of the account by SID.
func (w *walk) stored() map[string]any {
	all := map[string]any{}
	for _, f := range w.api.Flows() {
		all[f.SID] = f
	}
	for _, a := range w.api.Addresses() {
		all[a.SID] = a
	}
	return all
}

func (w *walk) delete(sid string) {
	w.api.Remove(sid)
	w.api.RemoveAddress(sid)
}

// account checks that everything in the account is in the state once, or somebody else's and untouched. What a message named is looked
// after, as it asks: it is imported by the resource whose message it was, or deleted where that has one.
func (w *walk) account(rt *rapid.T) {
	owners, stored := w.owners(rt), w.stored()
	for sid, other := range w.others {
		if !reflect.DeepEqual(stored[sid], other) {
			rt.Fatalf("somebody else's %s was changed to %v", sid, stored[sid])
		}
	}
	for sid, object := range stored {
		if _, another := w.others[sid]; another || owners[sid] != "" {
			continue
		}
		s := w.whoNamed(sid)
		if s == nil {
			if w.excused() {
				w.delete(sid)
				continue
			}
			rt.Fatalf("%v is lost, and nobody said so: %s", object, w.said())
		}
		if s.config == nil || s.state.SID() != "" {
			w.delete(sid)
			continue
		}
		var text string
		if s.state, text = s.core(w.provider()).Import(sid); strings.Contains(text, "ERROR") {
			rt.Fatalf("an import of %s: %s", sid, text)
		}
		owners[sid] = s.name
	}
	w.noFalseWord(rt, stored)
}

// owners are the resources whose state has a SID, each a single one.
func (w *walk) owners(rt *rapid.T) map[string]string {
	owners := map[string]string{}
	for _, s := range w.subjects {
		for _, i := range append(slices.Clone(s.deposed), s.state) {
			if i.Value.Type() == nil || i.SID() == "" {
				continue
			}
			sid := i.SID()
			if owners[sid] != "" {
				rt.Fatalf("%s and %s share %s", s.name, owners[sid], sid)
			}
			if _, another := w.others[sid]; another {
				rt.Fatalf("%s has %s, which is somebody else's", s.name, sid)
			}
			owners[sid] = s.name
		}
	}
	return owners
}

func (w *walk) whoNamed(sid string) *subject {
	for _, s := range w.subjects {
		if strings.Contains(s.said, sid) {
			return s
		}
	}
	return nil
}

func (w *walk) said() string {
	var all strings.Builder
	for _, s := range w.subjects {
		fmt.Fprintf(&all, "%s: %s\n", s.name, s.said)
	}
	return all.String()
}

// excused reports whether a message said that something may be there, though it could not be named: lists failed too, or the search was
// interrupted.
func (w *walk) excused() bool {
	said := w.said()
	return strings.Contains(said, "but that failed too") || strings.Contains(said, "had not shown up by then") ||
		strings.Contains(said, "before all may have shown up") || strings.Contains(said, "does not show up")
}

// noFalseWord checks that messages name nothing that never was, and that a second resource is warned of only where there is one.
func (w *walk) noFalseWord(rt *rapid.T, stored map[string]any) {
	for _, s := range w.subjects {
		if _, after, found := strings.Cut(s.said, "There may be a second"); found {
			sids := anySID.FindAllString(after, -1)
			if len(sids) < 2 || stored[sids[1]] == nil {
				rt.Fatalf("%s warns of a second resource that is not there: %s", s.name, s.said)
			}
		}
	}
}

// rival adds a flow of somebody else that is alike to one that is configured.
func (w *walk) rival(s *subject, made time.Time) {
	if s.config == nil || w.behavior.RefuseDuplicates {
		return
	}
	f := flexemulator.Flow{
		FriendlyName: s.config["friendly_name"].(string), ChatServiceSID: walkChatService, ChannelType: s.config["channel_type"].(string), DateCreated: made,
	}
	f.ContactIdentity, _ = s.config["contact_identity"].(string)
	f.Enabled, _ = s.config["enabled"].(bool)
	f.LongLived, _ = s.config["long_lived"].(bool)
	if kind, ok := s.config["integration_type"].(string); ok {
		f.IntegrationType = &kind
		block, _ := s.config["integration"].(map[string]any)
		f.Integration = copyOf(block)
	}
	f = w.api.Add(f)
	w.others[f.SID] = f
}

// somebody makes a flow that is alike, at another time.
func (w *walk) somebody(rt *rapid.T) {
	w.rival(w.subjects[rapid.IntRange(0, 2).Draw(rt, "like")], time.Now().Add(-time.Hour).Truncate(time.Second))
}

// drift changes a resource behind Terraform's back, where responses tell it.
func (w *walk) drift(rt *rapid.T) {
	s := rapid.SampledFrom(w.subjects).Draw(rt, "resource")
	if s.state.Value.Type() == nil {
		return
	}
	what := rapid.SampledFrom([]string{"enabled", "friendly_name"}).Draw(rt, "attribute")
	if slices.Contains(w.behavior.Unanswered, what) {
		return
	}
	w.api.Change(s.state.SID(), func(f *flexemulator.Flow) {
		if what == "enabled" {
			f.Enabled = !f.Enabled
		} else {
			f.FriendlyName = "drifted"
		}
	})
	w.api.ChangeAddress(s.state.SID(), func(a *flexemulator.Address) {
		if what == "friendly_name" {
			a.FriendlyName = new("drifted")
		}
	})
}

// remove deletes a resource behind Terraform's back.
func (w *walk) remove(rt *rapid.T) {
	if s := rapid.SampledFrom(w.subjects).Draw(rt, "resource"); s.state.Value.Type() != nil {
		w.delete(s.state.SID())
	}
}

// compare checks that the API holds what the configuration says, in whichever form.
func (w *walk) compare(rt *rapid.T, s *subject) {
	if s.config == nil {
		return
	}
	has := map[string]any{}
	switch object := w.stored()[s.state.SID()].(type) {
	case flexemulator.Flow:
		has = map[string]any{
			"friendly_name": object.FriendlyName, "channel_type": object.ChannelType, "contact_identity": object.ContactIdentity,
			"enabled": object.Enabled, "long_lived": object.LongLived, "integration": object.Integration,
		}
	case flexemulator.Address:
		has = map[string]any{"type": object.Type, "address": object.Address, "auto_creation": object.AutoCreation}
		if object.FriendlyName != nil {
			has["friendly_name"] = *object.FriendlyName
		}
	default:
		rt.Fatalf("%s: %s is not there", s.name, s.state.SID())
	}
	for argument, wanted := range s.config {
		inner, isBlock := wanted.(map[string]any)
		if !isBlock {
			inner = map[string]any{argument: wanted}
		}
		object := has
		if isBlock {
			object, _ = has[argument].(map[string]any)
		}
		for name, value := range inner {
			if s.doubtful && (slices.Contains(w.behavior.Unanswered, name) || slices.Contains(w.behavior.Unanswered, argument+"."+name) ||
				slices.Contains(w.behavior.Unanswered, argument)) {
				continue // no response tells what became of an update that failed
			}
			if got, ok := object[name]; ok && compare.Key(fmt.Sprint(got)) != compare.Key(fmt.Sprint(value)) {
				rt.Fatalf("%s: %s is %v in Twilio, and %v in the configuration", s.name, name, got, value)
			}
		}
	}
}
