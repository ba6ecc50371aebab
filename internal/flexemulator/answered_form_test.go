package flexemulator_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func TestRewrites(t *testing.T) {
	all := []flexemulator.Rewrite{"url", "channel", "identity", "name", "country", "address"}
	a := start(t, flexemulator.Behavior{Rewrites: all})
	flow := a.create(with(task, "FriendlyName", " Calls ", "ContactIdentity", "+1 (500) 555-0006", "Integration.Channel", "sms"))
	channel, _ := flow["integration"].(map[string]any)["channel"].(string)
	if flow["friendly_name"] != "Calls" || flow["contact_identity"] != "+15005550006" || !strings.HasPrefix(channel, "TC") || len(channel) != 34 {
		t.Errorf("created %v", flow)
	}
	if _, list := a.call("GET", "/v1/FlexFlows?FriendlyName="+url.QueryEscape(" Calls "), nil); len(list["flex_flows"].([]any)) != 0 {
		t.Error("the filter finds a name that is not stored so")
	}
	address := a.createAddress(with(webhookAddress, "Type", "whatsapp", "Address", "whatsapp:15005550006", "AddressCountry", "US"))
	if address["address"] != "+15005550006" || address["address_country"] != "GB" || address["auto_creation"].(map[string]any)["webhook_url"] != "https://example.com/" {
		t.Errorf("created %v", address)
	}
	if _, err := flexemulator.New(flexemulator.Options{Behavior: flexemulator.Behavior{Rewrites: []flexemulator.Rewrite{"x"}}}); err == nil {
		t.Error("an unknown way was accepted")
	}
}

func TestUnansweredAndUnlisted(t *testing.T) {
	a := start(t, flexemulator.Behavior{Unanswered: []string{"enabled", "integration.retry_count"}, Unlisted: []string{"integration"}})
	flow := a.create(with(studio, "Integration.RetryCount", "1"))
	_, enabled := flow["enabled"]
	_, retries := flow["integration"].(map[string]any)["retry_count"]
	_, list := a.call("GET", "/v1/FlexFlows", nil)
	_, listed := list["flex_flows"].([]any)[0].(map[string]any)["integration"]
	if enabled || retries || listed {
		t.Errorf("created %v, listed %v", flow, list)
	}
}

func TestClocks(t *testing.T) {
	a := start(t, flexemulator.Behavior{RoundDates: true, ClockAhead: 2 * time.Second})
	a.now = a.now.Add(600 * time.Millisecond)
	if made := a.create(studio); made["date_created"] != "2026-01-02T03:04:06Z" {
		t.Errorf("created %v", made)
	}
	resp := a.do("GET", "/v1/FlexFlows", nil, flexemulator.AccountSID, flexemulator.AuthToken)
	defer resp.Body.Close()
	if date := resp.Header.Get("Date"); !strings.HasSuffix(date, "03:04:07 GMT") {
		t.Errorf("answered at %s", date)
	}
}

// What is gone, or was changed, is in the way for a while.
func TestForgetLag(t *testing.T) {
	a := start(t, flexemulator.Behavior{RefuseDuplicates: true, RefuseDuplicateAddresses: true, ForgetLag: time.Minute, DuplicateStatus: 400, DuplicateCode: 50000})
	flow, address := a.create(with(studio, "ContactIdentity", "x")), a.createAddress(bareAddress)
	moved := a.create(with(studio, "ContactIdentity", "y"))
	a.call("DELETE", fmt.Sprintf("/v1/FlexFlows/%s", flow["sid"]), nil)
	a.call("DELETE", fmt.Sprintf("%s/%s", addresses, address["sid"]), nil)
	a.call("POST", fmt.Sprintf("/v1/FlexFlows/%s", moved["sid"]), url.Values{"ContactIdentity": {"z"}})
	for _, want := range []int{400, 201} {
		for _, identity := range []string{"x", "y"} {
			status, answer := a.call("POST", "/v1/FlexFlows", with(studio, "ContactIdentity", identity))
			if status != want || want == 400 && answer["code"] != 50000.0 {
				t.Errorf("%s: %d %v, expected %d", identity, status, answer, want)
			}
		}
		if status, _ := a.call("POST", addresses, bareAddress); status != want {
			t.Errorf("%d, expected %d", status, want)
		}
		a.now = a.now.Add(time.Minute)
	}
}

func TestAddressPathsAndFilters(t *testing.T) {
	for _, strict := range []bool{false, true} {
		a := start(t, flexemulator.Behavior{StrictTypeFilter: strict, SIDPaths: strict})
		a.createAddress(bareAddress)
		want := map[bool]int{false: 200, true: 404}[strict]
		if status, _ := a.call("GET", addresses+"/"+url.PathEscape(bareAddress.Get("Address")), nil); status != want {
			t.Errorf("strict %t: the path with the address gives %d", strict, status)
		}
		want = map[bool]int{false: 200, true: 400}[strict]
		if status, _ := a.call("GET", addresses+"?Type=email", nil); status != want {
			t.Errorf("strict %t: the filter gives %d", strict, status)
		}
		if status, list := a.call("GET", addresses+"?Type=SMS", nil); status != 200 || len(list["address_configurations"].([]any)) != 1 {
			t.Errorf("strict %t: %d %v", strict, status, list)
		}
	}
}

func TestProblemDetails(t *testing.T) {
	a := start(t, flexemulator.Behavior{ProblemDetails: true})
	status, problem := a.call("POST", "/v1/FlexFlows", with(studio, "ChannelType", "fax"))
	errors, _ := problem["errors"].([]any)
	if status != 400 || problem["title"] != "Bad Request" || problem["code"] != 20001.0 || len(errors) != 1 || errors[0].(map[string]any)["pointer"] != "#/ChannelType" {
		t.Errorf("%d %v", status, problem)
	}
}

// The work goes on after the connection broke.
func TestWorkAfter(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	a.setFaults(flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 502, WorkAfterMS: 30}, flexemulator.Fault{Path: "/v1/FlexFlows/*", Kind: flexemulator.FaultReset})
	if status, _ := a.call("POST", "/v1/FlexFlows", studio); status != 502 || len(a.Flows()) != 0 {
		t.Errorf("%d, %v", status, a.Flows())
	}
	for deadline := time.Now().Add(5 * time.Second); len(a.Flows()) == 0 && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	if len(a.Flows()) != 1 {
		t.Error("nothing was made")
	}
	if unused := a.UnusedFaults(); len(unused) != 1 || unused[0].Kind != flexemulator.FaultReset {
		t.Errorf("unused: %v", unused)
	}
	for _, path := range []string{"/v1/Flows", "*", "/v1/FlexFlows/*/x", "/v1/[", "FlexFlows"} {
		if err := a.SetFaults(flexemulator.Fault{Kind: flexemulator.FaultReset, Path: path}); err == nil {
			t.Errorf("%s was accepted", path)
		}
	}
}

// Twilio's own clients follow the addresses of pages, in either direction, through a proxy that speaks TLS.
func TestPagesAsTwiliosClientsDo(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	for range 5 {
		a.create(studio)
	}
	next := a.url + "/v1/FlexFlows?PageSize=2"
	var pages []map[string]any
	for next != "" {
		req, err := http.NewRequestWithContext(t.Context(), "GET", next, strings.NewReader(""))
		if err != nil {
			t.Fatal(err)
		}
		req.SetBasicAuth(flexemulator.AccountSID, flexemulator.AuthToken)
		for name, value := range map[string]string{"Accept": "application/json", "Accept-Charset": "utf-8", "User-Agent": "twilio-cli/5", "X-Forwarded-Proto": "https"} {
			req.Header.Set(name, value)
		}
		page := a.send(req)
		pages = append(pages, page)
		address, _ := page["meta"].(map[string]any)["next_page_url"].(string)
		if next = strings.Replace(address, "https://", "http://", 1); address != "" && next == address {
			t.Fatalf("the next page is at %s", address)
		}
	}
	last := pages[len(pages)-1]["meta"].(map[string]any)
	if len(pages) != 3 || pages[0]["meta"].(map[string]any)["previous_page_url"] != nil || last["previous_page_url"] == nil {
		t.Fatalf("%d pages, the last is %v", len(pages), last)
	}
	previous, _ := last["previous_page_url"].(string)
	parsed, err := url.Parse(previous)
	if err != nil {
		t.Fatal(err)
	}
	if _, page := a.call("GET", parsed.RequestURI(), nil); fmt.Sprint(page["flex_flows"].([]any)[0]) == "" || len(page["flex_flows"].([]any)) != 2 {
		t.Errorf("the page before is %v", page)
	}
}
