// Package redact says what messages may repeat of values that may be secrets, also ones in the wrong place.
package redact

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestShown is how many characters a value may have to be repeated in a message. Auth tokens and API secrets have 32.
const longestShown = 24

// aSID is the form of a SID, which is no secret.
var aSID = regexp.MustCompile(`^[A-Z]{2}[0-9a-f]{32}$`)

// Shown is a value as a message may repeat it: in quotes if it is a SID, or short and harmless, and otherwise described. A value may be a
// secret in the wrong place.
func Shown(value string) string {
	harmless := !strings.ContainsAny(value, "@?") && !strings.Contains(value, "://") && strings.IndexFunc(value, func(r rune) bool {
		return !unicode.IsPrint(r)
	}) < 0
	if count := utf8.RuneCountInString(value); !aSID.MatchString(value) && (count > longestShown || !harmless) {
		return "a value of " + strconv.Itoa(count) + " characters"
	}
	return strconv.Quote(value)
}

// inText matches the URLs in a text: as they are, with slashes escaped as in some JSON, or percent-encoded as in a form. User and
// password end at an @, a path at white space, quotes or brackets, and a query may have single quotes.
var inText = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*(?:` +
	`%3a%2f%2f[^\s"'<>\x60&]+|` +
	`:\\?/\\?/(?:[^\s"<>\x60/?#]*@)?(?:[^\s"'<>\x60?#\\]|\\/)+(?:[?#][^\s"<>]*)?)`)

// URLs returns a text whose URLs are without what may be secret of them.
func URLs(text string) string {
	return inText.ReplaceAllStringFunc(text, func(found string) string {
		scheme := found[:strings.IndexAny(found, ":%")]
		found = strings.ReplaceAll(found, `\/`, "/")
		if !strings.Contains(found, "://") {
			found, _ = url.QueryUnescape(found)
		}
		parsed, err := url.Parse(found)
		if err != nil || parsed.Host == "" {
			return scheme + "://…"
		}
		return URL(parsed)
	})
}

// URL is a URL without what may be secret of it: user, password, query and fragment, which three dots stand for.
func URL(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	text := shown.String()
	if u.User != nil {
		text = strings.Replace(text, "//", "//…@", 1)
	}
	if u.RawQuery != "" || u.Fragment != "" {
		text += "?…"
	}
	return text
}
