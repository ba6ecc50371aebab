package flexemulator_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A vendorClient calls as one of Twilio's own clients does: with the headers that it sets, at whichever address a response gives.
type vendorClient struct {
	*api
	headers map[string]string
}

var vendorHeaders = map[string]map[string]string{
	"CLI": {
		"User-Agent": "twilio-cli/5.22.0 linux x64", "Accept": "application/json", "Accept-Charset": "utf-8",
		"Content-Type": "application/x-www-form-urlencoded",
	},
	"Node": {
		"User-Agent": "twilio-node/5.3.0 (linux x64) node/20.11.0", "Accept": "application/json", "Accept-Charset": "utf-8",
		"Accept-Encoding": "gzip, compress, deflate, br",
	},
	"Go": {
		"User-Agent": "twilio-go/1.23.0 (linux amd64) go/1.22", "Accept-Charset": "utf-8", "Content-Type": "application/x-www-form-urlencoded",
	},
}

func (c *vendorClient) call(method, address string, form url.Values) (int, map[string]any) {
	c.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = c.url + address
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	req.SetBasicAuth(flexemulator.APIKey, flexemulator.APISecret)
	for name, value := range c.headers {
		req.Header.Set(name, value)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	var decoded map[string]any
	if resp.StatusCode != http.StatusNoContent {
		if err := json.NewDecoder(resp.Body).Decode(&decoded); err != nil {
			c.t.Fatal(err)
		}
	}
	return resp.StatusCode, decoded
}

// addresses follows the pages of a list in one direction, and returns the addresses on them.
func (c *vendorClient) addresses(first, direction string) (all []string, last map[string]any) {
	c.t.Helper()
	for address := first; address != ""; {
		status, list := c.call(http.MethodGet, address, nil)
		if status != http.StatusOK {
			c.t.Fatalf("%s: %d %v", address, status, list)
		}
		for _, entry := range entries(list, "address_configurations") {
			all = append(all, entry["address"].(string))
		}
		last = list["meta"].(map[string]any)
		address, _ = last[direction].(string)
	}
	return all, last
}

func TestClients(t *testing.T) {
	for name, headers := range vendorHeaders {
		t.Run(name, func(t *testing.T) {
			c := &vendorClient{start(t, flexemulator.Behavior{}), headers}
			status, made := c.call("POST", addresses, with(webhookAddress, "Type", "WhatsApp", "Address", "whatsapp:+15550100"))
			if status != 201 || made["type"] != "whatsapp" {
				t.Fatalf("%d %v", status, made)
			}
			for _, address := range []string{addresses + "/" + made["sid"].(string), addresses + "/whatsapp%3A%2B15550100", made["url"].(string)} {
				if status, got := c.call("GET", address, nil); status != 200 || got["sid"] != made["sid"] {
					t.Errorf("%s: %d %v", address, status, got)
				}
				if status, got := c.call("POST", address, url.Values{}); status != 200 || got["sid"] != made["sid"] {
					t.Errorf("an empty update of %s: %d %v", address, status, got)
				}
			}
			if got, _ := c.addresses(addresses+"?Type=WHATSAPP&PageSize=50", "next_page_url"); len(got) != 1 {
				t.Errorf("whatsapp: %v", got)
			}
			if got, _ := c.addresses(addresses+"?Type=SMS&PageSize=50", "next_page_url"); len(got) != 0 {
				t.Errorf("sms: %v", got)
			}
			if status, _ := c.call("DELETE", addresses+"/whatsapp:+15550100", nil); status != 204 || len(c.Addresses()) != 0 {
				t.Errorf("deleted: %d", status)
			}
			status, flow := c.call("POST", "/v1/FlexFlows", studio)
			if status != 201 {
				t.Fatalf("%d %v", status, flow)
			}
			if status, got := c.call("POST", "/v1/FlexFlows/"+flow["sid"].(string), nil); status != 200 {
				t.Errorf("an empty update: %d %v", status, got)
			}
			if status, _ := c.call("DELETE", "/v1/FlexFlows/"+flow["sid"].(string), nil); status != 204 {
				t.Errorf("deleted: %d", status)
			}
		})
	}
}

func TestClients_pages(t *testing.T) {
	c := &vendorClient{start(t, flexemulator.Behavior{}), vendorHeaders["Node"]}
	var want []string
	for i := range 120 {
		a := c.AddAddress(flexemulator.Address{Type: []string{"sms", "email", "sms"}[i%3], Address: strings.Repeat("1", i+1)})
		if a.Type == "sms" {
			want = append(want, a.Address)
		}
	}
	got, last := c.addresses(addresses+"?Type=sms&PageSize=50", "next_page_url")
	if strings.Join(got, " ") != strings.Join(want, " ") || last["page"] != 1.0 {
		t.Errorf("got %v, the last page is %v", got, last)
	}
	for _, size := range []string{"7", "50", "20"} {
		forth, last := c.addresses(addresses+"?Type=sms&PageSize="+size, "next_page_url")
		back, first := c.addresses(last["url"].(string), "previous_page_url")
		slices.Sort(forth)
		slices.Sort(back)
		if !slices.Equal(forth, back) || first["page"] != 0.0 || first["previous_page_url"] != nil {
			t.Errorf("pages of %s: %v forth, %v back, to %v", size, forth, back, first)
		}
	}
	// The token alone says which page it is.
	_, list := c.call("GET", addresses+"?PageSize=7", nil)
	next, err := url.Parse(list["meta"].(map[string]any)["next_page_url"].(string))
	if err != nil {
		t.Fatal(err)
	}
	query := next.Query()
	_, withPage := c.call("GET", next.String(), nil)
	query.Del("Page")
	next.RawQuery = query.Encode()
	_, without := c.call("GET", next.String(), nil)
	if a, b := entries(withPage, "address_configurations"), entries(without, "address_configurations"); a[0]["sid"] != b[0]["sid"] {
		t.Errorf("page %v begins otherwise than %v", a, b)
	}
	if got := without["meta"].(map[string]any)["page"]; got != 1.0 {
		t.Errorf("it is page %v", got)
	}
}

func TestClients_proxy(t *testing.T) {
	for proto, want := range map[string]string{"": "http://", "http": "http://", "https": "https://", "gopher": "http://"} {
		c := &vendorClient{start(t, flexemulator.Behavior{}), map[string]string{"X-Forwarded-Proto": proto}}
		_, flow := c.call("POST", "/v1/FlexFlows", bare)
		_, list := c.call("GET", "/v1/FlexFlows", nil)
		first, _ := list["meta"].(map[string]any)["first_page_url"].(string)
		if got := flow["url"].(string); !strings.HasPrefix(got, want) || !strings.HasPrefix(first, want) {
			t.Errorf("%q: %s, %s", proto, got, first)
		}
	}
}

// Paths take an address in place of a SID, in the case that it has, unless the switch is on.
func TestAddressBehavior_paths(t *testing.T) {
	for name, c := range map[string]struct {
		kind, address string
		right, wrong  []string
	}{
		"whatsapp": {
			"whatsapp", "whatsapp:+15550100",
			[]string{"whatsapp:+15550100", "whatsapp%3A%2B15550100"},
			[]string{"+15550100", "%2B15550100", "WhatsApp:+15550100", "whatsapp%253A%252B15550100"},
		},
		"number": {"sms", "+15550100", []string{"+15550100", "%2B15550100"}, []string{"15550100", "%2015550100", "whatsapp:+15550100"}},
		"e-mail": {
			"email", "Support@example.com",
			[]string{"Support@example.com", "Support%40example.com"},
			[]string{"support@example.com", "Support@EXAMPLE.com", "Support"},
		},
		"blank": {"chat", "the site?", []string{"the%20site%3F"}, []string{"the+site%3F", "the%20site"}},
	} {
		t.Run(name, func(t *testing.T) {
			byAddress, bySID := start(t, flexemulator.Behavior{}), start(t, flexemulator.Behavior{SIDPaths: true})
			given := flexemulator.Address{Type: c.kind, Address: c.address}
			for _, right := range c.right {
				byAddress.expectPath(given, right, true)
				bySID.expectPath(given, right, false)
			}
			for _, wrong := range c.wrong {
				byAddress.expectPath(given, wrong, false)
			}
			for _, a := range []*api{byAddress, bySID} {
				given.SID = "IG" + digits
				a.expectPath(given, given.SID, true)
			}
		})
	}
}

// expectPath adds an address configuration, and expects that a path with the name reads, updates and deletes it, or that it does nothing.
func (a *api) expectPath(given flexemulator.Address, name string, found bool) {
	a.t.Helper()
	added := a.AddAddress(given)
	defer a.RemoveAddress(added.SID)
	path := addresses + "/" + name
	for _, c := range []struct {
		method string
		form   url.Values
		status int
	}{{"GET", nil, 200}, {"POST", url.Values{"FriendlyName": {"A"}}, 200}, {"DELETE", nil, 204}} {
		status, got := a.call(c.method, path, c.form)
		if !found && (status != 404 || got["code"] != 20404.0) || found && status != c.status {
			a.t.Errorf("%s %s: %d %v", c.method, path, status, got)
		}
		if found && status == 200 && (got["sid"] != added.SID || got["url"] != a.url+addresses+"/"+added.SID) {
			a.t.Errorf("%s %s: %v", c.method, path, got)
		}
	}
	if left := a.Addresses(); (len(left) == 0) != found || !found && left[0].FriendlyName != nil {
		a.t.Errorf("%s left %v", path, left)
	}
}

// A path can't have an address that two configurations have.
func TestAddressBehavior_ambiguousPath(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	a.AddAddress(flexemulator.Address{Type: "sms", Address: "+15550100"})
	rcs := a.AddAddress(flexemulator.Address{Type: "rcs", Address: "+15550100"})
	for _, want := range []int{404, 200} {
		if status, got := a.call("GET", addresses+"/%2B15550100", nil); status != want {
			t.Errorf("%d %v", status, got)
		}
		a.RemoveAddress(rcs.SID)
	}
}

func TestAddressBehavior_typeFilter(t *testing.T) {
	a := start(t, flexemulator.Behavior{StrictTypeFilter: true})
	for filter, want := range map[string]int{
		"": 200, "?Type=": 200, "?Type=sms": 200, "?Type=WhatsApp": 200, "?Type=email": 400, "?Type=chat": 400,
	} {
		if status, got := a.call("GET", addresses+filter, nil); status != want {
			t.Errorf("%s: %d %v", filter, status, got)
		}
	}
}
