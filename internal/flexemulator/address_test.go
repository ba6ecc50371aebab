package flexemulator_test

import (
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const addresses = "/v1/Configuration/Addresses"

var (
	bareAddress    = url.Values{"Type": {"sms"}, "Address": {"+15550100"}}
	webhookAddress = with(bareAddress, "AutoCreation.Type", "webhook", "AutoCreation.WebhookUrl", "https://example.com")
	studioAddress  = with(bareAddress, "AutoCreation.Type", "studio", "AutoCreation.StudioFlowSid", "FW"+digits)
)

// createAddress creates an address configuration and returns its answer.
func (a *api) createAddress(form url.Values) map[string]any {
	a.t.Helper()
	status, answer := a.call("POST", addresses, form)
	if status != http.StatusCreated {
		a.t.Fatalf("%d %v", status, answer)
	}
	return answer
}

// updateAddress updates what an answer is about.
func (a *api) updateAddress(address map[string]any, changes ...string) map[string]any {
	a.t.Helper()
	status, answer := a.call("POST", addresses+"/"+address["sid"].(string), with(nil, changes...))
	if status != http.StatusOK {
		a.t.Fatalf("%d %v", status, answer)
	}
	return answer
}

func TestAddress_operations(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	form := with(webhookAddress, "FriendlyName", "A", "AddressCountry", "CA", "AutoCreation.Enabled", "true", "AutoCreation.WebhookMethod", "get",
		"AutoCreation.ConversationServiceSid", "IS"+digits)
	form["AutoCreation.WebhookFilters"] = []string{"onParticipantAdded", "onMessageAdded"}
	created := a.createAddress(form)
	sid := created["sid"].(string)
	path := addresses + "/" + sid
	webhook := map[string]any{
		"enabled": true, "type": "webhook", "conversation_service_sid": "IS" + digits, "webhook_url": "https://example.com",
		"webhook_method": "GET", "webhook_filters": []any{"onParticipantAdded", "onMessageAdded"},
	}
	want := map[string]any{
		"sid": sid, "account_sid": flexemulator.AccountSID, "url": a.url + path, "type": "sms", "address": "+15550100", "friendly_name": "A",
		"address_country": "CA", "auto_creation": webhook, "date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:05Z",
	}
	if !strings.HasPrefix(sid, "IG") || !reflect.DeepEqual(created, want) {
		t.Errorf("created %v", created)
	}
	a.now = a.now.Add(time.Hour)
	// Keys of another type than the new one are not shown.
	updated := a.updateAddress(created, "FriendlyName", "", "AutoCreation.Enabled", "false", "AutoCreation.Type", "studio",
		"AutoCreation.StudioFlowSid", "FW"+digits, "AutoCreation.StudioRetryCount", "3")
	want["friendly_name"], want["date_updated"] = nil, "2026-01-02T04:04:05Z"
	want["auto_creation"] = map[string]any{
		"enabled": false, "type": "studio", "conversation_service_sid": "IS" + digits, "studio_flow_sid": "FW" + digits, "studio_retry_count": 3.0,
	}
	if !reflect.DeepEqual(updated, want) {
		t.Errorf("updated %v", updated)
	}
	if status, fetched := a.call("GET", path, nil); status != 200 || !reflect.DeepEqual(fetched, want) {
		t.Errorf("fetched: %d %v", status, fetched)
	}
	if status, answer := a.call("DELETE", path, nil); status != 204 || answer != nil {
		t.Errorf("deleted: %d %v", status, answer)
	}
	for _, method := range []string{"GET", "POST", "DELETE"} {
		if status, answer := a.call(method, path, nil); status != 404 || answer["code"] != 20404.0 {
			t.Errorf("%s after the delete: %d %v", method, status, answer)
		}
	}
	bare := a.createAddress(bareAddress)
	if got := bare["auto_creation"]; bare["friendly_name"] != nil || bare["address_country"] != nil || !reflect.DeepEqual(got, map[string]any{}) {
		t.Errorf("created %v", bare)
	}
	if status, _ := a.call("GET", "/v1/FlexFlows/"+bare["sid"].(string), nil); status != 404 {
		t.Errorf("an address is read as a flow: %d", status)
	}
}

func TestAddress_refusals(t *testing.T) {
	a := start(t, flexemulator.Behavior{RefuseDuplicateAddresses: true, RefuseAddressesOfFlows: true})
	address := addresses + "/" + a.createAddress(webhookAddress)["sid"].(string)
	a.create(with(with(studio, "ChannelType", "whatsapp"), "ContactIdentity", "whatsapp:+15550101"))
	a.create(with(with(studio, "ChannelType", "sms"), "ContactIdentity", "+15550102"))
	a.create(with(with(studio, "ChannelType", "facebook"), "ContactIdentity", "15550103"))
	a.create(studio)
	for name, c := range map[string]struct {
		method, path string
		form         url.Values
		status, code float64
		message      string
	}{
		"type missing":           {"POST", addresses, url.Values{"Address": {"+1"}}, 400, 20001, "Type"},
		"address missing":        {"POST", addresses, url.Values{"Type": {"sms"}}, 400, 20001, "Address"},
		"address empty":          {"POST", addresses, with(bareAddress, "Address", ""), 400, 20001, "Address"},
		"type":                   {"POST", addresses, with(bareAddress, "Type", "fax"), 400, 20001, "Type"},
		"country":                {"POST", addresses, with(bareAddress, "AddressCountry", "us"), 400, 20001, "AddressCountry"},
		"name too long":          {"POST", address, url.Values{"FriendlyName": {strings.Repeat("ä", 257)}}, 400, 20001, "FriendlyName"},
		"not a boolean":          {"POST", address, url.Values{"AutoCreation.Enabled": {"perhaps"}}, 400, 20001, "AutoCreation.Enabled"},
		"auto-creation's type":   {"POST", address, url.Values{"AutoCreation.Type": {"task"}}, 400, 20001, "AutoCreation.Type"},
		"SID malformed":          {"POST", address, url.Values{"AutoCreation.ConversationServiceSid": {"IS1"}}, 400, 20001, "AutoCreation.ConversationServiceSid"},
		"Studio flow malformed":  {"POST", addresses, with(studioAddress, "AutoCreation.StudioFlowSid", "FO"+digits), 400, 20001, "AutoCreation.StudioFlowSid"},
		"retry count":            {"POST", addresses, with(studioAddress, "AutoCreation.StudioRetryCount", "4"), 400, 20001, "AutoCreation.StudioRetryCount"},
		"webhook's method":       {"POST", address, url.Values{"AutoCreation.WebhookMethod": {"PUT"}}, 400, 20001, "AutoCreation.WebhookMethod"},
		"filter":                 {"POST", address, url.Values{"AutoCreation.WebhookFilters": {"onMessageAdded", "onWhim"}}, 400, 20001, "AutoCreation.WebhookFilters"},
		"URL empty":              {"POST", address, url.Values{"AutoCreation.WebhookUrl": {""}}, 400, 20001, "AutoCreation.WebhookUrl"},
		"unknown parameter":      {"POST", addresses, with(bareAddress, "ContactIdentity", "+1"), 400, 20001, "ContactIdentity"},
		"type in an update":      {"POST", address, url.Values{"Type": {"sms"}}, 400, 20001, "Type"},
		"address in an update":   {"POST", address, url.Values{"Address": {"+1"}}, 400, 20001, "Address"},
		"country in an update":   {"POST", address, url.Values{"AddressCountry": {"US"}}, 400, 20001, "AddressCountry"},
		"webhook without URL":    {"POST", addresses, with(bareAddress, "AutoCreation.Type", "webhook"), 400, 20001, "AutoCreation.WebhookUrl"},
		"studio without flow":    {"POST", address, url.Values{"AutoCreation.Type": {"studio"}}, 400, 20001, "AutoCreation.StudioFlowSid"},
		"page size":              {"GET", addresses + "?PageSize=51", nil, 400, 20001, "PageSize"},
		"no page size":           {"GET", addresses + "?PageSize=0", nil, 400, 20001, "PageSize"},
		"page without token":     {"GET", addresses + "?Page=2", nil, 400, 20001, "PageToken"},
		"page token malformed":   {"GET", addresses + "?Page=2&PageToken=!", nil, 400, 20001, "PageToken"},
		"another method":         {"PUT", address, nil, 404, 20404, addresses + "/IG"},
		"duplicate":              {"POST", addresses, bareAddress, 409, 20409, "Type and Address"},
		"address of a flow":      {"POST", addresses, with(bareAddress, "Address", "+15550102"), 409, 20409, "Flex Flow"},
		"prefix of the address":  {"POST", addresses, with(with(bareAddress, "Type", "messenger"), "Address", "messenger:15550103"), 409, 20409, "Flex Flow"},
		"prefix of both of them": {"POST", addresses, with(with(bareAddress, "Type", "whatsapp"), "Address", "whatsapp:+15550101"), 409, 20409, "Flex Flow"},
	} {
		t.Run(name, func(t *testing.T) {
			before := a.Addresses()
			status, answer := a.call(c.method, c.path, c.form)
			message, _ := answer["message"].(string)
			if float64(status) != c.status || answer["status"] != c.status || answer["code"] != c.code || !strings.Contains(message, c.message) {
				t.Errorf("got %d %v", status, answer)
			}
			if !reflect.DeepEqual(before, a.Addresses()) {
				t.Error("a refused call changed something")
			}
		})
	}
	// What is there already may be updated, and one address may have two types.
	a.Add(flexemulator.Flow{FriendlyName: "late", ChatServiceSID: "IS" + digits, ChannelType: "sms", ContactIdentity: "+15550103"})
	late := a.AddAddress(flexemulator.Address{Type: "sms", Address: "+15550103"})
	a.updateAddress(map[string]any{"sid": late.SID}, "FriendlyName", "B")
	a.createAddress(with(bareAddress, "Type", "rcs"))
	// A Flex Flow of another channel is not in the way.
	a.createAddress(with(with(bareAddress, "Type", "whatsapp"), "Address", "whatsapp:+15550102"))
}

func TestAddress_list(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	for i := range 120 {
		a.AddAddress(flexemulator.Address{Type: []string{"sms", "whatsapp", "email"}[i%3], Address: fmt.Sprint(i)})
	}
	page := func(path string) (got []string, meta map[string]any) {
		status, answer := a.call("GET", path, nil)
		if status != 200 {
			t.Fatalf("%d %v", status, answer)
		}
		for _, one := range answer["address_configurations"].([]any) {
			got = append(got, one.(map[string]any)["address"].(string))
		}
		return got, answer["meta"].(map[string]any)
	}
	all := func(next string) (got []string, sizes []int) {
		for next != "" {
			addresses, meta := page(strings.TrimPrefix(next, a.url))
			got, sizes = append(got, addresses...), append(sizes, len(addresses))
			if meta["page"] != float64(len(sizes)-1) {
				t.Errorf("page %v is the %d.", meta["page"], len(sizes))
			}
			next, _ = meta["next_page_url"].(string)
		}
		return got, sizes
	}
	if got, sizes := all(addresses); len(got) != 120 || got[119] != "119" || !reflect.DeepEqual(sizes, []int{50, 50, 20}) {
		t.Errorf("got %d on pages of %v", len(got), sizes)
	}
	if got, sizes := all(addresses + "?Type=whatsapp&PageSize=20"); len(got) != 40 || got[1] != "4" || !reflect.DeepEqual(sizes, []int{20, 20}) {
		t.Errorf("got %v on pages of %v", got, sizes)
	}
	if got, _ := page(addresses + "?Type=chat"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	_, meta := page(addresses + "?Type=sms")
	first := a.url + addresses + "?Page=0&PageSize=50&Type=sms"
	if meta["key"] != "address_configurations" || meta["page_size"] != 50.0 || meta["url"] != first || meta["first_page_url"] != first {
		t.Errorf("got %v", meta)
	}
}

func TestAddress_behindTheBack(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	name := "made by hand"
	given := flexemulator.Address{
		Type: "email", Address: "me@example.com", FriendlyName: &name,
		AutoCreation: map[string]any{"enabled": false, "webhook_filters": []string{"onMessageAdded"}, "studio_retry_count": int64(2)},
	}
	added := a.AddAddress(given)
	if added.String() != added.SID+" (me@example.com)" || added.AccountSID != flexemulator.AccountSID || added.DateCreated.IsZero() {
		t.Errorf("added %#v", added)
	}
	// What is given and what is got are copies.
	given.AutoCreation["webhook_filters"].([]string)[0] = "x"
	added.AutoCreation["webhook_filters"].([]string)[0] = "y"
	a.Addresses()[0].AutoCreation["enabled"] = nil
	_, fetched := a.call("GET", addresses+"/"+added.SID, nil)
	want := map[string]any{"enabled": false, "webhook_filters": []any{"onMessageAdded"}, "studio_retry_count": 2.0}
	if fetched["friendly_name"] != name || !reflect.DeepEqual(fetched["auto_creation"], want) {
		t.Errorf("fetched %v", fetched)
	}
	if !a.ChangeAddress(added.SID, func(c *flexemulator.Address) { c.FriendlyName = nil }) || a.Addresses()[0].FriendlyName != nil {
		t.Error("not changed")
	}
	if !a.RemoveAddress(added.SID) || a.RemoveAddress(added.SID) || a.ChangeAddress(added.SID, nil) || len(a.Addresses()) != 0 {
		t.Error("not removed")
	}
}

// An address is stored with the types that its documentation names.
func TestAddress_stored(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	form := with(studioAddress, "AutoCreation.Enabled", "true", "AutoCreation.StudioRetryCount", "1")
	form["AutoCreation.WebhookFilters"] = []string{"onMessageAdded", "onDeliveryUpdated"}
	a.createAddress(form)
	want := map[string]any{
		"enabled": true, "type": "studio", "studio_flow_sid": "FW" + digits, "studio_retry_count": int64(1),
		"webhook_filters": []string{"onMessageAdded", "onDeliveryUpdated"},
	}
	if got := a.Addresses()[0].AutoCreation; !reflect.DeepEqual(got, want) {
		t.Errorf("stored %#v", got)
	}
}
