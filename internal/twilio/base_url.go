package twilio

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// ParseBaseURL checks an endpoint: an absolute https URL, or http where the host is loopback, because each call carries a
// credential. Errors repeat its scheme, host and path alone.
func ParseBaseURL(raw string) (*url.URL, error) {
	parsed, err := url.Parse(raw)
	if err != nil || parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Hostname() == "" || !validPort(parsed.Port()) {
		return nil, fmt.Errorf("it is not an absolute http or https URL, such as %s", exampleURL) // unreadable, so it may hold a secret anywhere
	}
	shown := redact.URL(parsed)
	switch {
	case parsed.User != nil:
		return nil, errors.New("it holds a user name or password; give those in account_sid and auth_token, or api_key and api_secret")
	case parsed.Scheme == "http" && !loopback(parsed.Hostname()):
		return nil, fmt.Errorf("%q would send the credentials over the network in clear; use https (http is for loopback only)", shown)
	case parsed.RawQuery != "" || parsed.Fragment != "":
		return nil, fmt.Errorf("%q has a query or a fragment, which an endpoint can't have", shown)
	case apiPath.MatchString(parsed.Path):
		return nil, fmt.Errorf("%q ends in a path of the API, which the provider adds itself; leave that out, as in %s", shown, exampleURL)
	}
	return parsed, nil
}

// exampleURL is what messages show of an endpoint.
const exampleURL = "https://twilio.example.com"

// apiPath is the beginning of a path of an API at the end of an endpoint's. Below the version, those of Twilio begin with a capital letter.
var apiPath = regexp.MustCompile(`/[vV]1(/[A-Z].*)?/*$`)

func validPort(port string) bool {
	number, err := strconv.Atoi(port)
	return port == "" || err == nil && number > 0 && number < 1<<16
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
