package twilio_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

func TestNew(t *testing.T) {
	for name, config := range map[string]twilio.Config{
		"no user name": {Password: password},
		"no password":  {Username: username},
		"bad base URL": {Username: username, Password: password, BaseURL: "http://example.com"},
	} {
		if _, err := newClient(config); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := newClient(twilio.Config{Username: username, Password: password}); err != nil {
		t.Error(err)
	}
}

func TestParseBaseURL(t *testing.T) {
	for raw, want := range map[string]string{
		"https://flex-api.twilio.com":       "",
		"https://proxy.example.com/twilio":  "",
		"http://127.0.0.1:8080":             "",
		"http://[::1]:8080":                 "",
		"http://localhost":                  "",
		"http://example.com":                "in clear",
		"http://127.0.0.1.example.com":      "in clear",
		"https://user:hunter2@example.com":  "user name or password",
		"https://hunter2@example.com":       "user name or password",
		"http://hunter2@example.com":        "user name or password",
		"ftp://example.com":                 "not an absolute http or https URL",
		"example.com":                       "not an absolute http or https URL",
		"https://":                          "not an absolute http or https URL",
		"https://example.com?a=b":           "a query or a fragment",
		"https://example.com#a":             "a query or a fragment",
		"https://user:hunter2@exa mple.com": "not an absolute http or https URL",
		"127.0.0.1:8080":                    "not an absolute http or https URL",
		"http://127.0.0.1:99999":            "not an absolute http or https URL",
		"https://flex-api.twilio.com/v1":    "ends in a path of the API",
		"https://flex-api.twilio.com/v1/":   "ends in a path of the API",
		"http://[::1]/v1/FlexFlows":         "ends in a path of the API",
	} {
		_, err := twilio.ParseBaseURL(raw)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, expected %q", raw, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error holds a credential: %v", raw, err)
		}
	}
}

// Each API has a host of its own, in every region; an endpoint that is configured is that of all APIs.
func TestHosts(t *testing.T) {
	for name, c := range map[string]struct {
		config twilio.Config
		host   string
		want   string
	}{
		"no region":           {twilio.Config{}, "conversations", "conversations.twilio.com"},
		"region":              {twilio.Config{Region: "ie1"}, "conversations", "conversations.dublin.ie1.twilio.com"},
		"edge":                {twilio.Config{Edge: "sydney"}, "flex-api", "flex-api.sydney.us1.twilio.com"},
		"region and edge":     {twilio.Config{Region: "au1", Edge: "ashburn"}, "flex-api", "flex-api.ashburn.au1.twilio.com"},
		"one for all of them": {twilio.Config{BaseURL: "https://proxy.example.com"}, "conversations", "proxy.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			var called string
			c.config.Username, c.config.Password = username, password
			c.config.Transport = transport(func(r *http.Request) (*http.Response, error) {
				called = r.URL.Host
				return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"sid": "` + flowSID + `"}`)), Header: http.Header{}}, nil
			})
			account, err := twilio.New(c.config)
			if err != nil {
				t.Fatal(err)
			}
			kind := flows
			kind.Host = c.host
			if _, err := account.Client(kind).Fetch(t.Context(), flowSID); err != nil || called != c.want {
				t.Errorf("called %q: %v", called, err)
			}
		})
	}
	if _, err := twilio.New(twilio.Config{Username: username, Password: password, Region: "mars1"}); err == nil {
		t.Error("a region without a known edge passed")
	}
}

type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

// An account has one client for each kind of resource, and learns from any of them which account it is.
func TestAccount(t *testing.T) {
	const other = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	server := httptest.NewServer(answer(200, "application/json", `{"sid": "`+flowSID+`", "account_sid": "`+other+`"}`))
	defer server.Close()
	account, err := twilio.New(twilio.Config{BaseURL: server.URL, Username: "SK" + strings.Repeat("c", 32), Password: password})
	if err != nil {
		t.Fatal(err)
	}
	addresses := flows
	addresses.Path = "/v1/Configuration/Addresses"
	if again := account.Client(flows); again != account.Client(flows) || account.Client(flows) == account.Client(addresses) {
		t.Error("clients are not one for each kind")
	}
	if _, err := account.Client(flows).Fetch(t.Context(), flowSID); err != nil || account.Client(addresses).AccountSID() != other {
		t.Errorf("learned %q: %v", account.Client(addresses).AccountSID(), err)
	}
}
