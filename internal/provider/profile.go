package provider

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A profile is one of those that the Twilio CLI keeps: an API key of an account, and the region and edge to use it in.
type profile struct {
	name, file string
	// values are the profile's own keys that have a text: accountSid, apiKey, apiSecret, region, edge.
	values map[string]string
}

func (p profile) String() string { return fmt.Sprintf("profile %q of %s", p.name, p.file) }

// errNoProfiles is that the Twilio CLI has no profiles on this machine, or none is active.
var errNoProfiles = errors.New("no profile of the Twilio CLI can be used")

// findProfile returns the profile with the name, or the active one if that is empty.
func findProfile(name string) (profile, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return profile{}, fmt.Errorf("%w: the home directory is not known: %w", errNoProfiles, err)
	}
	file := filepath.Join(home, ".twilio-cli", "config.json")
	content, err := os.ReadFile(file) //nolint:gosec // in the user's own home directory
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return profile{}, fmt.Errorf("%w: there is no file %s, where it keeps them. Make one with \"twilio profiles:create\"", errNoProfiles, file)
	case err != nil:
		return profile{}, fmt.Errorf("the Twilio CLI's profiles can't be read: %w", err)
	}
	p, err := parseProfile(content, name)
	if err != nil {
		return profile{}, fmt.Errorf("%s, where the Twilio CLI keeps its profiles: %w", file, err)
	}
	p.file = file
	return p, nil
}

// parseProfile takes a profile out of the Twilio CLI's configuration file. Errors repeat nothing of it but names, since it holds
// secrets.
func parseProfile(content []byte, name string) (profile, error) {
	var config struct {
		ActiveProject string                     `json:"activeProject"`
		Edge          json.RawMessage            `json:"edge"` // of all profiles
		Profiles      map[string]json.RawMessage `json:"profiles"`
	}
	if err := json.Unmarshal(content, &config); err != nil {
		return profile{}, fmt.Errorf("the file can't be understood: %w", plain(err))
	}
	if name == "" {
		if name = config.ActiveProject; name == "" {
			return profile{}, fmt.Errorf("%w: none is active. Choose one with \"twilio profiles:use\"", errNoProfiles)
		}
	}
	raw, ok := config.Profiles[name]
	if !ok {
		return profile{}, fmt.Errorf("there is no profile %q. %s", name, knownProfiles(slices.Sorted(maps.Keys(config.Profiles))))
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return profile{}, fmt.Errorf("profile %q can't be understood: %w", name, plain(err))
	}
	p := profile{name: name, values: map[string]string{}}
	for _, in := range inputs {
		field, ok := fields[in.key]
		if in.key == "edge" && (!ok || string(field) == "null") && len(config.Edge) > 0 {
			field, ok = config.Edge, true
		}
		if in.key == "" || !ok {
			continue
		}
		var value string
		if err := json.Unmarshal(field, &value); err != nil { // null leaves it empty
			return profile{}, fmt.Errorf("%s of profile %q can't be understood: %w", in.key, name, plain(err))
		}
		p.values[in.key] = value
	}
	return p, nil
}

// plain is an error of the JSON decoder without the names of Go types, and without what it read.
func plain(err error) error {
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		kind, _, _ := strings.Cut(mismatch.Value, " ") // a number's own digits may follow
		return fmt.Errorf("a JSON %s stands where none is expected", kind)
	}
	return errors.New("it is not valid JSON")
}

func knownProfiles(names []string) string {
	if len(names) == 0 {
		return "It holds none; make one with \"twilio profiles:create\"."
	}
	for i := range names {
		names[i] = fmt.Sprintf("%q", names[i])
	}
	return "It holds " + strings.Join(names, ", ") + "."
}
