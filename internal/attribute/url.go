package attribute

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// absoluteURL accepts absolute http and https URLs as RFC 3986 has them. Messages show single characters and the host alone: the rest may
// be secret.
var absoluteURL = check[string]{"must be an absolute http or https URL", func(value string) string {
	if sequence, ok := malformedEncoding(value); ok {
		return fmt.Sprintf(`%q is a malformed percent-encoding. Write a percent sign as "%%25"`, sequence)
	}
	scheme, rest, ok := strings.Cut(value, "://")
	if host, ascii, ok := foreignHost(rest); ok {
		if ascii == "" {
			return fmt.Sprintf("its host %q is not a domain name. Set the host in ASCII", host)
		}
		return fmt.Sprintf("its host %q has characters outside ASCII. Write the host as %q", host, ascii)
	}
	if encodings := missingEncodings(rest); ok && len(encodings) > 0 {
		return "it has characters that a URL can't have. Write " + ListOf(encodings)
	}
	parsed, err := url.Parse(value)
	if scheme = strings.ToLower(scheme); err != nil || scheme != "http" && scheme != "https" || parsed.Hostname() == "" {
		return `it is not an absolute http or https URL with a host, such as "https://example.com/hook"`
	}
	if port := parsed.Port(); port != "" {
		if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
			return "port " + port + " is out of range. Set it to a number from 1 to 65535"
		}
	}
	return ""
}}

var hexadecimals = regexp.MustCompile(`^[0-9a-fA-F]{2}`)

// malformedEncoding finds a percent sign without two hexadecimal digits behind it.
func malformedEncoding(text string) (sequence string, found bool) {
	rest, isEncoded := text, true
	for isEncoded {
		if _, rest, isEncoded = strings.Cut(rest, "%"); isEncoded && !hexadecimals.MatchString(rest) {
			following := []rune(rest)
			return "%" + string(following[:min(2, len(following))]), true
		}
	}
	return "", false
}

// foreignHost finds a host with characters outside ASCII in what follows the scheme. ascii is the same domain name in ASCII, empty for
// none.
func foreignHost(rest string) (host, ascii string, found bool) {
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority = rest[:end]
	}
	host = authority[strings.LastIndex(authority, "@")+1:]
	host, _, _ = strings.Cut(host, ":")
	if !strings.ContainsFunc(host, func(r rune) bool { return r > '~' }) {
		return "", "", false
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil {
		ascii = ""
	}
	return host, ascii, true
}

// missingEncodings lists the characters of a URL that have to be percent-encoded, each once, with their encodings.
func missingEncodings(text string) []string {
	var all []string
	for _, r := range text {
		if r > '~' || r <= ' ' || strings.ContainsRune("\"<>\\^`{|}", r) {
			all = append(all, fmt.Sprintf("%q as %q", string(r), url.PathEscape(string(r))))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
