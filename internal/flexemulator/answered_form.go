package flexemulator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Rewrite is a way in which the API has a value in another form than the one that was sent.
type Rewrite string

// The ways in which the API may have values of its own form.
const (
	// RewriteURL adds a slash to the URL of a webhook.
	RewriteURL Rewrite = "url"
	// RewriteChannel answers a Task Channel's unique name as its SID.
	RewriteChannel Rewrite = "channel"
	// RewriteIdentity removes blanks and signs from a contact identity.
	RewriteIdentity Rewrite = "identity"
	// RewriteName removes white space at the ends of a friendly name, and stores it so.
	RewriteName Rewrite = "name"
	// RewriteCountry answers GB as the country of every address.
	RewriteCountry Rewrite = "country"
	// RewriteAddress adds a plus to a phone number, and removes the prefix of a channel.
	RewriteAddress Rewrite = "address"
)

var rewrites = []Rewrite{RewriteURL, RewriteChannel, RewriteIdentity, RewriteName, RewriteCountry, RewriteAddress}

func (b *Behavior) rewrites(r Rewrite) bool { return slices.Contains(b.Rewrites, r) }

// storedName is a friendly name as it is stored.
func (b *Behavior) storedName(name string) string {
	if b.rewrites(RewriteName) {
		return strings.TrimSpace(name)
	}
	return name
}

var bareNumber = regexp.MustCompile(`^[0-9]{7,15}$`)

// rewrite gives what an answer shows the API's own form.
func (b *Behavior) rewrite(shown map[string]any) {
	part := func(name string) map[string]any { inner, _ := shown[name].(map[string]any); return inner }
	change := func(r Rewrite, in map[string]any, key string, form func(string) string) {
		if value, ok := in[key].(string); ok && value != "" && b.rewrites(r) {
			in[key] = form(value)
		}
	}
	addSlash := func(url string) string { return strings.TrimSuffix(url, "/") + "/" }
	change(RewriteURL, part("integration"), "url", addSlash)
	change(RewriteURL, part("auto_creation"), "webhook_url", addSlash)
	change(RewriteChannel, part("integration"), "channel", func(channel string) string {
		sum := sha256.Sum256([]byte(channel))
		return "TC" + hex.EncodeToString(sum[:16])
	})
	change(RewriteIdentity, shown, "contact_identity", strings.NewReplacer(" ", "", "(", "", ")", "", ".", "", "-", "").Replace)
	change(RewriteAddress, shown, "address", func(address string) string {
		if _, bare, found := strings.Cut(address, ":"); found && !strings.Contains(address, "@") {
			address = bare
		}
		if bareNumber.MatchString(address) {
			address = "+" + address
		}
		return address
	})
	if _, ok := shown["address_country"]; ok && b.rewrites(RewriteCountry) {
		shown["address_country"] = "GB"
	}
}

// omit leaves fields out of what an answer shows, those of a part as integration.url.
func omit(shown map[string]any, names []string) {
	for _, name := range names {
		outer, inner, inside := strings.Cut(name, ".")
		if part, ok := shown[outer].(map[string]any); ok && inside {
			delete(part, inner)
		} else if !inside {
			delete(shown, name)
		}
	}
}

func checkRewrites(all []Rewrite) error {
	for _, r := range all {
		if !slices.Contains(rewrites, r) {
			return fmt.Errorf("there is no way %q to rewrite values; the ways are %q", r, rewrites)
		}
	}
	return nil
}
