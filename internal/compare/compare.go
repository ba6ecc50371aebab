// Package compare compares a value that was sent to an API, or that Terraform holds, with the value in a response.
package compare

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// An Outcome is the result of a comparison. The outcomes are in order: that of several values is the smallest.
type Outcome int

const (
	// Different means that the response has another value.
	Different Outcome = iota
	// Unclear means that the response does not tell: it has no value, or one in a form that can't be compared.
	Unclear
	// Same means that the response has the value, as it was sent or in another form of it.
	Same
)

// A Form returns the one form in which all ways of writing a value are equal.
type Form func(string) string

// Strings compares two strings that have the form. Strings that differ in letter case, white space or a slash at the end alone are not
// told apart: an API may write its values so.
func Strings(sent, answered string, form Form) Outcome {
	switch sent, answered = form(sent), form(answered); {
	case sent == answered:
		return Same
	case loose(sent) == loose(answered):
		return Unclear
	}
	return Different
}

// loose is a string without what an API may change of it.
func loose(text string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Join(strings.Fields(text), "")), "/")
}

// Key is the same for all strings of which one could be another form of the other: their letters and digits, in lower case.
func Key(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, Address(text))
}

// Text is the form of a text: white space at its ends does not count.
func Text(text string) string { return strings.TrimSpace(text) }

// Word is the form of one of a set of words, such as GET: letter case does not count.
func Word(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// telephone is a telephone number without the prefix of a channel.
var telephone = regexp.MustCompile(`^\+?[0-9][0-9 ().-]*$`)

// channel is the prefix of an address that names its channel.
var channel = regexp.MustCompile(`^(?i:(whatsapp|messenger|sms|rcs)):`)

// Address is the form of an address at which contacts reach a channel. +1 (500) 555-0006, 15005550006 and whatsapp:+15005550006 are one
// address, and so are e-mail addresses in different letter case.
func Address(text string) string {
	text = channel.ReplaceAllString(strings.TrimSpace(text), "")
	switch {
	case telephone.MatchString(text):
		return strings.NewReplacer(" ", "", "(", "", ")", "", ".", "", "-", "", "+", "").Replace(text)
	case strings.Contains(text, "@"):
		return strings.ToLower(text)
	}
	return text
}

// URL is the form of a URL: letter case of its scheme and host does not count, nor does the slash after a host without a path.
func URL(text string) string {
	parsed, err := url.Parse(strings.TrimSpace(text))
	if err != nil || parsed.Host == "" {
		return Text(text)
	}
	parsed.Scheme, parsed.Host = strings.ToLower(parsed.Scheme), strings.ToLower(parsed.Host)
	if parsed.Path == "/" {
		parsed.Path, parsed.RawPath = "", ""
	}
	return parsed.String()
}
