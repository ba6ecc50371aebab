package flexflow_test

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

var anySID = regexp.MustCompile(`FO[0-9a-f]{32}`)

// account checks that every flow is in the state once, or somebody else's and untouched. One that an error spoke of is looked after, as
// the error asks: it is imported by the resource whose error it was, or deleted where that has one.
func (w *walk) account(rt *rapid.T, text, name string) {
	owners := map[string]string{}
	for name, i := range w.state {
		sid := i.SID()
		if other, twice := owners[sid]; twice && sid != "" {
			rt.Fatalf("%s and %s share %s", name, other, sid)
		}
		owners[sid] = name
		if _, another := w.others[sid]; another {
			rt.Fatalf("%s has %s, which is somebody else's", name, sid)
		}
	}
	left := maps.Clone(w.others)
	named, said := anySID.FindAllString(text, -1), text
	for _, f := range w.api.Flows() {
		if other, ok := left[f.SID]; ok {
			if !reflect.DeepEqual(f, other) {
				rt.Fatalf("somebody else's %s was changed: %+v", f.SID, f)
			}
			delete(left, f.SID)
			continue
		}
		if _, known := owners[f.SID]; known {
			continue
		}
		// Only where lists failed too, or showed the flow too late for an interrupted search.
		excused := strings.Contains(said, "but that failed too") || w.lagging && strings.Contains(said, "had not shown up by then")
		if !slices.Contains(named, f.SID) && !excused {
			rt.Fatalf("%s is lost, and nobody said so: %s", f, said)
		}
		if w.config[name] != nil && w.state[name].SID() == "" {
			w.calm()                        // the rest of the run is a quiet one
			w.ahead.Add(int64(time.Second)) // past what reads lag
			if w.state[name], text = w.run().Import(f.SID); text != "" {
				rt.Fatalf("an import of %s: %s", f, text)
			}
			owners[f.SID] = name
			continue
		}
		w.api.Remove(f.SID)
	}
	if len(left) > 0 {
		rt.Fatalf("somebody else's flows were deleted: %v", left)
	}
}

// compare checks that the API holds what the configuration says.
func (w *walk) compare(rt *rapid.T, name string) {
	sid, config := w.state[name].SID(), w.config[name]
	i := slices.IndexFunc(w.api.Flows(), func(f flexemulator.Flow) bool { return f.SID == sid })
	if i < 0 {
		rt.Fatalf("%s: %s is not there", name, sid)
	}
	f := w.api.Flows()[i]
	has := map[string]any{
		"friendly_name": f.FriendlyName, "channel_type": f.ChannelType, "contact_identity": f.ContactIdentity, "enabled": f.Enabled, "long_lived": f.LongLived,
	}
	for argument, value := range has {
		if wanted, set := config[argument]; set && wanted != value {
			rt.Fatalf("%s: %s is %v in Twilio, and %v in the configuration", name, argument, value, wanted)
		}
	}
	block, _ := config["integration"].(map[string]any)
	for key, wanted := range block {
		if got := f.Integration[key]; fmt.Sprint(got) != fmt.Sprint(wanted) {
			rt.Fatalf("%s: integration.%s is %v in Twilio, and %v in the configuration", name, key, got, wanted)
		}
	}
}
