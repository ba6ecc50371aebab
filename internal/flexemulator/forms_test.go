package flexemulator_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// field is a field of a response, by its name with dots.
func field(shown map[string]any, name string) (any, bool) {
	if outer, inner, nested := strings.Cut(name, "."); nested {
		shown, _ = shown[outer].(map[string]any)
		name = inner
	}
	value, there := shown[name]
	return value, there
}

func entries(list map[string]any, key string) []map[string]any {
	var all []map[string]any
	for _, one := range list[key].([]any) {
		all = append(all, one.(map[string]any))
	}
	return all
}

func TestBehavior_omissions(t *testing.T) {
	always := []string{"enabled", "integration.creation_on_message", "auto_creation.webhook_filters", "address"}
	listed := []string{"integration", "auto_creation.webhook_url", "friendly_name"}
	a := start(t, flexemulator.Behavior{
		Integration: flexemulator.IntegrationAllKeys, AutoCreation: flexemulator.AutoCreationAllKeys, Unanswered: always, Unlisted: listed,
	})
	for _, c := range []struct {
		path, key string
		form      url.Values
		fields    []string // that the resource has
	}{
		{"/v1/FlexFlows", "flex_flows", studio, []string{"enabled", "integration.creation_on_message", "integration", "friendly_name"}},
		{
			addresses, "address_configurations", webhookAddress,
			[]string{"address", "auto_creation.webhook_filters", "auto_creation.webhook_url", "friendly_name"},
		},
	} {
		_, made := a.call("POST", c.path, c.form)
		path := c.path + "/" + made["sid"].(string)
		_, updated := a.call("POST", path, url.Values{"FriendlyName": {"B"}})
		_, fetched := a.call("GET", path, nil)
		_, list := a.call("GET", c.path, nil)
		for _, name := range c.fields {
			everywhere := slices.Contains(always, name)
			for where, shown := range map[string]map[string]any{"made": made, "updated": updated, "fetched": fetched} {
				if _, there := field(shown, name); there == everywhere {
					t.Errorf("%s: %s is %v", name, where, shown)
				}
			}
			if _, there := field(entries(list, c.key)[0], name); there {
				t.Errorf("%s: listed as %v", name, list)
			}
		}
	}
	misspelt := flexemulator.Behavior{Unlisted: []string{"integration.enabled"}}
	if _, err := flexemulator.New(flexemulator.Options{Behavior: misspelt}); err == nil {
		t.Error("a field that there is not was accepted")
	}
}

func TestBehavior_rewrites(t *testing.T) {
	a := start(t, flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{
		flexemulator.RewriteURL, flexemulator.RewriteChannel, flexemulator.RewriteIdentity, flexemulator.RewriteName, flexemulator.RewriteCountry,
		flexemulator.RewriteAddress,
	}})
	channel := "TC37a8eec1ce19687d132fe29051dca629"
	for name, c := range map[string]struct {
		path string
		form url.Values
		want map[string]any
	}{
		"flow": {
			"/v1/FlexFlows",
			with(task, "Integration.Channel", "default", "Integration.Url", "https://example.com", "ContactIdentity", "+1 (500) 555.00-06",
				"FriendlyName", "A "),
			map[string]any{
				"integration.url": "https://example.com/", "integration.channel": channel, "contact_identity": "+15005550006", "friendly_name": "A",
			},
		},
		"flow in these forms": {
			"/v1/FlexFlows", with(task, "Integration.Channel", channel, "Integration.Url", "https://example.com/"),
			map[string]any{"integration.url": "https://example.com/", "integration.channel": channel, "contact_identity": nil},
		},
		"address": {
			addresses, with(webhookAddress, "Address", "15005550006", "AddressCountry", "US", "FriendlyName", " A "),
			map[string]any{
				"auto_creation.webhook_url": "https://example.com/", "address": "+15005550006", "address_country": "GB", "friendly_name": "A",
			},
		},
		"prefix": {
			addresses, with(bareAddress, "Address", "whatsapp:+15005550007"),
			map[string]any{"address": "+15005550007", "address_country": "GB", "friendly_name": nil},
		},
		"page": {addresses, with(bareAddress, "Address", "messenger:123456789012345"), map[string]any{"address": "123456789012345"}},
	} {
		_, made := a.call("POST", c.path, c.form)
		_, fetched := a.call("GET", c.path+"/"+made["sid"].(string), nil)
		for key, want := range c.want {
			for _, shown := range []map[string]any{made, fetched} {
				if got, _ := field(shown, key); got != want {
					t.Errorf("%s: %s is %v, expected %v", name, key, got, want)
				}
			}
		}
	}
	for query, want := range map[string]int{"FriendlyName=A": 2, "FriendlyName=A+": 0} {
		_, list := a.call("GET", "/v1/FlexFlows?"+query, nil)
		if got := len(entries(list, "flex_flows")); got != want {
			t.Errorf("%s: %d flows", query, got)
		}
	}
	// What was made behind the API's back is shown in these forms too.
	hand := a.AddAddress(flexemulator.Address{Type: "sms", Address: "15005550008"})
	_, shown := a.call("GET", addresses+"/"+hand.SID, nil)
	if shown["address"] != "+15005550008" || shown["address_country"] != "GB" {
		t.Errorf("shown %v", shown)
	}
}

func TestBehavior_problemDetails(t *testing.T) {
	a := start(t, flexemulator.Behavior{ProblemDetails: true, RefuseDuplicateAddresses: true})
	a.createAddress(bareAddress)
	for name, c := range map[string]struct {
		path    string
		form    url.Values
		status  int
		pointer string
	}{
		"parameter": {"/v1/FlexFlows", with(bare, "Integration.Timeout", "soon"), 400, "#/Integration.Timeout"},
		"duplicate": {addresses, bareAddress, 409, "#/Address"},
		"nothing":   {"/v1/FlexFlows/FO" + digits, url.Values{}, 404, ""},
	} {
		resp := a.do("POST", c.path, c.form, flexemulator.AccountSID, flexemulator.AuthToken)
		_ = resp.Body.Close()
		if got := resp.Header.Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("%s: it is %s", name, got)
		}
		status, problem := a.call("POST", c.path, c.form)
		if status != c.status || problem["status"] != float64(c.status) || problem["message"] != nil {
			t.Errorf("%s: %d %v", name, status, problem)
		}
		if problem["title"] == "" || problem["detail"] == "" {
			t.Errorf("%s: %d %v", name, status, problem)
		}
		pointer := ""
		if errors, _ := problem["errors"].([]any); len(errors) == 1 {
			pointer, _ = errors[0].(map[string]any)["pointer"].(string)
		}
		if pointer != c.pointer {
			t.Errorf("%s: the pointer is %q", name, pointer)
		}
	}
	a.setFaults(flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 503})
	status, problem := a.call("GET", addresses, nil)
	if status != 503 || problem["code"] != 20503.0 || problem["title"] != "Service Unavailable" {
		t.Errorf("%d %v", status, problem)
	}
}
