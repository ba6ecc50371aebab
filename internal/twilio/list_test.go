package twilio_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// names goes through a list, and gives the names of the flows in the order they came.
func names(t *testing.T, client *twilio.Client, friendlyName string) (all []string, err error) {
	t.Helper()
	for flow, err := range client.All(t.Context(), friendlyName) {
		if err != nil {
			return all, err
		}
		all = append(all, nameOf(flow))
	}
	return all, nil
}

// An answer that is no list, or not whole, is never taken for one that is empty: flows would seem gone.
func TestAll_unreadable(t *testing.T) {
	for name, c := range map[string]struct{ body, text string }{
		"an empty list": {`{"flex_flows": [], "meta": {}}`, ""},
		"no list":       {`{"message": "maintenance"}`, "it has no flex_flows"},
		"null":          {`{"flex_flows": null}`, "it has no flex_flows"},
		"not an object": {`[]`, "its response is not a list"},
		"a text":        {`{"flex_flows": "all"}`, "its response is not a list"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := names(t, serve(t, answer(200, "application/json", c.body)), "")
			if c.text == "" && err != nil || c.text != "" && (err == nil || !strings.Contains(err.Error(), c.text)) || len(got) > 0 {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

// A flow that stands on two pages, because another was made meanwhile, comes once.
func TestAll_overlappingPages(t *testing.T) {
	entry := func(n int) string {
		return fmt.Sprintf(`{"sid": "FO%032d", "friendly_name": "Flow %d"}`, n, n)
	}
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body := `{"flex_flows": [` + entry(1) + `, ` + entry(2) + `], "meta": {"next_page_url": "https://x.test/v1/FlexFlows?Page=1&PageToken=a"}}`
		if r.URL.Query().Get("Page") == "1" {
			body = `{"flex_flows": [` + entry(2) + `, ` + entry(3) + `], "meta": {"next_page_url": null}}`
		}
		answer(200, "application/json", body)(w, r)
	})
	if got, err := names(t, client, ""); err != nil || !slices.Equal(got, []string{"Flow 1", "Flow 2", "Flow 3"}) {
		t.Errorf("got %v, %v", got, err)
	}
}

// What this client wrote is in its lists as it is now, although the API's lists lag.
func TestAll_afterWrites(t *testing.T) {
	for name, behavior := range map[string]flexemulator.Behavior{
		"nothing lags": {}, "reads lag": {ReadLag: 300 * time.Millisecond}, "lists lag": {ListLag: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			api, err := flexemulator.New(flexemulator.Options{Behavior: behavior})
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(api)
			defer server.Close()
			client, err := newClient(twilio.Config{
				BaseURL: server.URL, Username: flexemulator.AccountSID, Password: flexemulator.AuthToken, PropagationTime: 5 * time.Second,
			})
			if err != nil {
				t.Fatal(err)
			}
			made := map[string]string{}
			for _, name := range []string{"renamed", "deleted", "kept"} {
				flow, err := create(t.Context(), client, url.Values{
					"FriendlyName": {name}, "ChannelType": {"web"}, "ChatServiceSid": {"IS00000000000000000000000000000000"},
				})
				if err != nil {
					t.Fatal(err)
				}
				made[name] = flow.SID
			}
			for { // an update and a delete need what is there
				if _, err := client.Fetch(t.Context(), made["kept"]); err == nil {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			if _, err := client.Update(t.Context(), made["renamed"], url.Values{"FriendlyName": {"new name"}}); err != nil {
				t.Fatal(err)
			}
			if err := client.Delete(t.Context(), made["deleted"]); err != nil {
				t.Fatal(err)
			}
			for filter, want := range map[string][]string{"": {"kept", "new name"}, "new name": {"new name"}, "renamed": nil, "deleted": nil} {
				api.ResetRequests()
				got, err := names(t, client, filter)
				// A list, and a call for what it can't be believed about; none for what has another name.
				if calls := len(api.Requests()); filter == "renamed" && calls != 1 {
					t.Errorf("%q: %d calls", filter, calls)
				}
				slices.Sort(got)
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%q: got %q, %v", filter, got, err)
				}
			}
		})
	}
}

// An entry that can't be read does not hide the others.
func TestAll_unreadableEntries(t *testing.T) {
	other := "FO" + strings.Repeat("1", 32)
	client := serve(t, answer(200, "application/json", `{"flex_flows": [7, {"sid": "FO1"}, {"sid": "`+flowSID+`", "enabled": "perhaps"}, {"sid": "`+other+`"}]}`))
	var got []string
	for flow, err := range client.All(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, flow.SID)
	}
	if want := []string{"", "", flowSID, other}; !slices.Equal(got, want) {
		t.Errorf("got %q, expected %q", got, want)
	}
}
