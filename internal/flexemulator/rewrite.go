package flexemulator

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// A Rewrite is a value that the API stores, and therefore returns, in another form than the one sent.
type Rewrite string

// The known and suspected rewrites.
const (
	// RewriteURL adds a slash to the end of integration.url and auto_creation.webhook_url.
	RewriteURL Rewrite = "url"
	// RewriteChannel returns an integration.channel that is a unique name as a Task Channel SID, the same SID for the same name.
	RewriteChannel Rewrite = "channel"
	// RewriteIdentity takes blanks, brackets, dots and hyphens out of contact_identity.
	RewriteIdentity Rewrite = "identity"
	// RewriteName trims white space from the ends of friendly_name; the FriendlyName filter finds the trimmed name only.
	RewriteName Rewrite = "name"
	// RewriteCountry makes address_country "GB", whatever was sent.
	RewriteCountry Rewrite = "country"
	// RewriteAddress adds the plus to a phone number without one, and strips a prefix such as whatsapp:.
	RewriteAddress Rewrite = "address"
)

var rewrites = []Rewrite{RewriteURL, RewriteChannel, RewriteIdentity, RewriteName, RewriteCountry, RewriteAddress}

// rewriteRule is a rewrite: the parameters that it is about, and the form that it gives their values. A value in that form stays.
type rewriteRule struct {
	parameters []string
	rewrite    func(string) string
}

var rewriteRules = map[Rewrite]rewriteRule{
	RewriteURL:      {[]string{"Integration.Url", "AutoCreation.WebhookUrl"}, withSlash},
	RewriteChannel:  {[]string{"Integration.Channel"}, channelSID},
	RewriteIdentity: {[]string{"ContactIdentity"}, strings.NewReplacer(" ", "", "(", "", ")", "", "[", "", "]", "", ".", "", "-", "").Replace},
	RewriteName:     {[]string{"FriendlyName"}, strings.TrimSpace},
	RewriteCountry:  {[]string{"AddressCountry"}, func(string) string { return "GB" }},
	RewriteAddress:  {[]string{"Address"}, plainAddress},
}

// rewriteForm rewrites what was sent, before it is stored.
func (b *Behavior) rewriteForm(form map[string]any) {
	for _, r := range b.Rewrites {
		for _, parameter := range rewriteRules[r].parameters {
			if value, ok := form[parameter].(string); ok {
				form[parameter] = rewriteRules[r].rewrite(value)
			}
		}
	}
}

// rewriteShown rewrites what a response shows, for what was stored behind the API's back.
func (b *Behavior) rewriteShown(shown map[string]any) {
	for _, r := range b.Rewrites {
		for _, parameter := range rewriteRules[r].parameters {
			within, name := shown, parameter
			if outer, inner, nested := strings.Cut(parameter, "."); nested {
				within, _ = shown[key(outer)].(map[string]any)
				name = inner
			}
			value, ok := within[key(name)]
			if pointer, optional := value.(*string); optional && pointer != nil {
				value = *pointer
			}
			text, isText := value.(string)
			if isText || ok && r == RewriteCountry {
				within[key(name)] = rewriteRules[r].rewrite(text)
			}
		}
	}
}

func withSlash(url string) string {
	if strings.HasSuffix(url, "/") || strings.ContainsAny(url, "?#") {
		return url
	}
	return url + "/"
}

var taskChannelSID = regexp.MustCompile("^TC[0-9a-fA-F]{32}$")

func channelSID(channel string) string {
	if taskChannelSID.MatchString(channel) {
		return channel
	}
	sum := sha256.Sum256([]byte(channel))
	return "TC" + hex.EncodeToString(sum[:16])
}

var (
	channelPrefix = regexp.MustCompile("^(whatsapp|messenger|rcs|sms):")
	// Longer numbers are those of Messenger's pages.
	phoneNumber = regexp.MustCompile("^[0-9]{7,14}$")
)

func plainAddress(address string) string {
	address = channelPrefix.ReplaceAllString(address, "")
	if phoneNumber.MatchString(address) {
		return "+" + address
	}
	return address
}
