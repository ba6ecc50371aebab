package twilio

import (
	"errors"
	"fmt"
	"net"
	"net/url"
)

// ParseBaseURL checks an endpoint: an absolute https URL, or http where the host is loopback, because each call carries a
// credential. Errors never repeat the URL when it holds a user name or password.
func ParseBaseURL(raw string) (*url.URL, error) {
	parsed, err := url.Parse(raw)
	if err != nil {
		// The parser's own message repeats what it was given.
		return nil, errors.New("it is not a URL")
	}
	switch {
	case parsed.User != nil:
		return nil, errors.New("it holds a user name or password; give those in account_sid and auth_token, or api_key and api_secret")
	case parsed.Scheme != "https" && parsed.Scheme != "http", parsed.Hostname() == "":
		return nil, fmt.Errorf("%q is not an absolute http or https URL, such as %s", raw, DefaultBaseURL)
	case parsed.Scheme == "http" && !loopback(parsed.Hostname()):
		return nil, fmt.Errorf("%q would send the credentials over the network in clear; use https (http is for loopback only)", raw)
	case parsed.RawQuery != "" || parsed.Fragment != "":
		return nil, fmt.Errorf("%q has a query or a fragment, which an endpoint can't have", raw)
	}
	return parsed, nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
