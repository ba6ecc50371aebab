package provider

import (
	"bytes"
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

// A profile is a profile of the Twilio CLI: an API key of an account, and the region and edge to use it with.
type profile struct {
	name, file string
	// values holds the profile's strings by key: accountSid, apiKey, apiSecret, region, edge.
	values map[string]string
}

// errNoProfile reports that there is no active profile to use.
var errNoProfile = errors.New("no Twilio CLI profile is available")

// findProfile returns the profile with the name, or the active one if the name is empty.
func findProfile(name string) (profile, error) {
	dir := os.Getenv("TWILIO_CONFIG_DIR")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return profile{}, fmt.Errorf("%w: the home directory is unknown: %w", errNoProfile, err)
		}
		dir = filepath.Join(home, ".twilio-cli")
	}
	file := filepath.Join(dir, "config.json")
	content, err := os.ReadFile(file) //nolint:gosec // the user's own configuration
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return profile{}, fmt.Errorf("%w: there is no file %s. Create a profile with \"twilio profiles:create\"", errNoProfile, file)
	case err != nil:
		return profile{}, fmt.Errorf("unable to read the Twilio CLI's profiles: %w", err)
	}
	return parseProfile(file, content, name)
}

// parseProfile decodes a profile of the Twilio CLI's configuration file. Errors repeat only names from the file, since it contains
// secrets.
func parseProfile(file string, content []byte, name string) (profile, error) {
	var config struct {
		ActiveProject string                     `json:"activeProject"`
		RequireName   json.RawMessage            `json:"requireProfileInput"` // the Twilio CLI then refuses to use the active profile
		Edge          json.RawMessage            `json:"edge"`                // of every profile that has none
		Profiles      map[string]json.RawMessage `json:"profiles"`
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff")) // the Twilio CLI ignores a byte order mark as well
	if err := json.Unmarshal(content, &config); err != nil {
		return profile{}, fmt.Errorf("%s: it can't be decoded: %w", file, plain(err))
	}
	if name == "" {
		switch name = config.ActiveProject; {
		case string(config.RequireName) == "true":
			return profile{}, fmt.Errorf("%w: %s sets requireProfileInput, so there is no active profile. Name one in profile or "+
				"TWILIO_PROFILE, or run \"twilio config:set --no-require-profile-input\"", errNoProfile, file)
		case name == "":
			return profile{}, fmt.Errorf("%w: none is active in %s. Choose one with \"twilio profiles:use\"", errNoProfile, file)
		}
	}
	raw, ok := config.Profiles[name]
	if !ok {
		return profile{}, fmt.Errorf("%s: there is no profile %q. %s", file, name, knownProfiles(slices.Sorted(maps.Keys(config.Profiles))))
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return profile{}, fmt.Errorf("%s: profile %q can't be decoded: %w", file, name, plain(err))
	}
	p := profile{name: name, file: file, values: map[string]string{}}
	for _, s := range settings {
		field := fields[s.key]
		if s.key == "edge" && (field == nil || string(field) == "null") {
			field = config.Edge
		}
		if s.key == "" || field == nil {
			continue
		}
		var value string
		if err := json.Unmarshal(field, &value); err != nil { // null leaves the value empty
			return profile{}, fmt.Errorf("%s: %s of profile %q can't be decoded: %w", file, s.key, name, plain(err))
		}
		p.values[s.key] = value
	}
	return p, nil
}

// plain returns an error of the JSON decoder without Go types and without values.
func plain(err error) error {
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		kind, _, _ := strings.Cut(mismatch.Value, " ") // a number's digits may follow
		return fmt.Errorf("unexpected JSON %s", kind)
	}
	return errors.New("invalid JSON")
}

func knownProfiles(names []string) string {
	if len(names) == 0 {
		return "The file has no profiles; create one with \"twilio profiles:create\""
	}
	for i := range names {
		names[i] = fmt.Sprintf("%q", names[i])
	}
	return "The file has " + strings.Join(names, ", ")
}
