package twilio

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// regions are Twilio's regions, each with the edge that is its own, as Twilio's own libraries have them.
var regions = []struct{ region, edge string }{
	{"us1", "ashburn"},
	{"ie1", "dublin"},
	{"au1", "sydney"},
	{"br1", "sao-paulo"},
	{"de1", "frankfurt"},
	{"jp1", "tokyo"},
	{"jp2", "osaka"},
	{"sg1", "singapore"},
	{"us2", "umatilla"},
}

// Endpoint is the base URL of an API in a region, reached by an edge; host is the first label of the API's host, such as flex-api. Without
// an edge it is the region's own, because the vendor is withdrawing hosts that name a region alone; without a region it is us1; without
// either, the host has neither.
func Endpoint(host, region, edge string) (string, error) {
	if region == "" && edge == "" {
		return "https://" + host + ".twilio.com", nil
	}
	region = cmp.Or(region, "us1")
	var known []string
	for _, r := range regions {
		known = append(known, r.region)
		if edge == "" && r.region == region {
			edge = r.edge
		}
	}
	if edge == "" {
		return "", fmt.Errorf("the edge of region %q is not known (those of %s are), so that an edge has to be set as "+
			"well", region, strings.Join(known, ", "))
	}
	return fmt.Sprintf("https://%s.%s.%s.twilio.com", host, edge, region), nil
}

var hostLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// CheckRegion checks that a region can be part of a host.
func CheckRegion(region string) error { return checkLabel(region, "region", "ie1") }

// CheckEdge checks that an edge can be part of a host.
func CheckEdge(edge string) error { return checkLabel(edge, "edge", "dublin") }

func checkLabel(value, what, example string) error {
	if hostLabel.MatchString(value) {
		return nil
	}
	return fmt.Errorf("%q is not the name of a Twilio %s, which has small letters, digits and hyphens only, such as %q", value, what, example)
}

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
