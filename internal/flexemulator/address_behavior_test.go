package flexemulator_test

import (
	"maps"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func TestAddressBehavior_autoCreation(t *testing.T) {
	keys := map[string]any{
		"enabled": nil, "type": nil, "conversation_service_sid": nil, "webhook_url": nil, "webhook_method": nil, "webhook_filters": nil,
		"studio_flow_sid": nil, "studio_retry_count": nil,
	}
	plus := func(sent map[string]any, more map[string]any) map[string]any {
		all := maps.Clone(more)
		maps.Copy(all, sent)
		return all
	}
	nothing := map[string]any{}
	webhook := map[string]any{"type": "webhook", "webhook_url": "https://example.com"}
	studio := map[string]any{"type": "studio", "studio_flow_sid": "FW" + digits}
	for answer, want := range map[flexemulator.AutoCreationAnswer][3]any{
		flexemulator.AutoCreationAsSent: {nothing, webhook, studio},
		flexemulator.AutoCreationWithDefaults: {
			map[string]any{"enabled": false, "type": "default"},
			plus(webhook, map[string]any{"enabled": false, "webhook_method": "POST"}),
			plus(studio, map[string]any{"enabled": false, "studio_retry_count": 0.0}),
		},
		flexemulator.AutoCreationAllKeys: {keys, plus(webhook, keys), plus(studio, keys)},
		flexemulator.AutoCreationForeignKeys: {
			map[string]any{"webhook_filters": []any{}, "studio_retry_count": 0.0},
			plus(webhook, map[string]any{"studio_retry_count": 0.0}),
			plus(studio, map[string]any{"webhook_filters": []any{}}),
		},
		flexemulator.AutoCreationNull: {nil, nil, nil},
	} {
		a := start(t, flexemulator.Behavior{AutoCreation: answer})
		for i, form := range []url.Values{bareAddress, webhookAddress, studioAddress} {
			if got := a.createAddress(form)["auto_creation"]; !reflect.DeepEqual(got, want[i]) {
				t.Errorf("%q: got %v", answer, got)
			}
		}
		turned, _ := a.updateAddress(a.createAddress(webhookAddress), "AutoCreation.Type", "studio", "AutoCreation.StudioFlowSid", "FW"+digits)["auto_creation"].(map[string]any)
		if kept := turned["webhook_url"] != nil; kept != (answer == flexemulator.AutoCreationForeignKeys) {
			t.Errorf("%q: once it was a webhook: %v", answer, turned)
		}
	}
	if _, err := flexemulator.New(flexemulator.Options{Behavior: flexemulator.Behavior{AutoCreation: "none"}}); err == nil {
		t.Error("an unknown way was accepted")
	}
}

func TestAddressBehavior_switches(t *testing.T) {
	off, on := start(t, flexemulator.Behavior{}), start(t, flexemulator.Behavior{
		ReplaceAutoCreation: true, MethodAsSent: true, SortFilters: true, EmptyFriendlyName: true, DefaultCountry: true, AutoCreate: true,
		NullDateUpdated: true, AcceptIncomplete: true,
	})
	form := with(webhookAddress, "AutoCreation.WebhookMethod", "post")
	form["AutoCreation.WebhookFilters"] = []string{"onParticipantAdded", "onMessageAdded"}
	for _, c := range []struct {
		api                                   *api
		name, country, dated, enabled, method any
		filters                               []any
		merged                                map[string]any
		incomplete                            int
	}{
		{
			off, nil, nil, "2026-01-02T03:04:05Z", nil, "POST",
			[]any{"onParticipantAdded", "onMessageAdded"},
			map[string]any{"type": "studio", "studio_flow_sid": "FW" + digits, "studio_retry_count": 1.0},
			400,
		},
		{
			on, "", "US", nil, true, "post",
			[]any{"onMessageAdded", "onParticipantAdded"},
			map[string]any{"enabled": true, "studio_retry_count": 1.0},
			201,
		},
	} {
		made := c.api.createAddress(form)
		creation := made["auto_creation"].(map[string]any)
		if made["friendly_name"] != c.name || made["address_country"] != c.country || made["date_updated"] != c.dated {
			t.Errorf("created %v", made)
		}
		if creation["enabled"] != c.enabled || creation["webhook_method"] != c.method || !reflect.DeepEqual(creation["webhook_filters"], any(c.filters)) {
			t.Errorf("created %v", creation)
		}
		if got := c.api.updateAddress(c.api.createAddress(studioAddress), "AutoCreation.StudioRetryCount", "1")["auto_creation"]; !reflect.DeepEqual(got, any(c.merged)) {
			t.Errorf("updated %v", got)
		}
		// What is not of the auto-creation replaces nothing of it.
		if got := c.api.updateAddress(made, "FriendlyName", "B"); got["friendly_name"] != "B" || !reflect.DeepEqual(got["auto_creation"], any(creation)) {
			t.Errorf("updated %v", got)
		}
		if got := c.api.updateAddress(made, "FriendlyName", "")["friendly_name"]; got != c.name {
			t.Errorf("a cleared name is %v", got)
		}
		if status, _ := c.api.call("POST", addresses, with(bareAddress, "AutoCreation.Type", "studio")); status != c.incomplete {
			t.Errorf("an incomplete auto-creation: %d", status)
		}
		// What was sent is shown, whatever the switches.
		sent := c.api.createAddress(with(bareAddress, "AddressCountry", "DE", "AutoCreation.Enabled", "false"))
		if sent["address_country"] != "DE" || sent["auto_creation"].(map[string]any)["enabled"] != false {
			t.Errorf("created %v", sent)
		}
	}
	// Filters are shown in another order, not kept in it.
	if got := on.Addresses()[0].AutoCreation["webhook_filters"]; !reflect.DeepEqual(got, []string{"onParticipantAdded", "onMessageAdded"}) {
		t.Errorf("stored %v", got)
	}
	// Without the switches, one number may have several configurations and a flow.
	off.createAddress(bareAddress)
	off.create(with(studio, "ContactIdentity", "+15550100"))
	off.createAddress(bareAddress)
}

func TestAddressBehavior_name(t *testing.T) {
	a := start(t, flexemulator.Behavior{NameAddresses: true})
	made := a.createAddress(bareAddress)
	if made["friendly_name"] != "+15550100" {
		t.Errorf("named %v", made["friendly_name"])
	}
	if got := a.createAddress(with(bareAddress, "FriendlyName", "A"))["friendly_name"]; got != "A" {
		t.Errorf("named %v", got)
	}
	if got := a.updateAddress(made, "FriendlyName", "")["friendly_name"]; got != nil {
		t.Errorf("a cleared name is %v", got)
	}
}

func TestAddressBehavior_order(t *testing.T) {
	for order, want := range map[flexemulator.ListOrder]string{
		flexemulator.OldestFirst: "0 1 2", flexemulator.NewestFirst: "2 1 0", flexemulator.BySID: "1 2 0",
	} {
		a := start(t, flexemulator.Behavior{Order: order})
		for i, last := range []string{"3", "1", "2"} {
			a.AddAddress(flexemulator.Address{
				SID: "IG" + digits[1:] + last, Type: "sms", Address: []string{"0", "1", "2"}[i], DateCreated: time.Unix(int64(i), 0),
			})
		}
		_, answer := a.call("GET", addresses, nil)
		var got []string
		for _, one := range answer["address_configurations"].([]any) {
			got = append(got, one.(map[string]any)["address"].(string))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %v", order, got)
		}
	}
}

func TestAddressBehavior_lag(t *testing.T) {
	a := start(t, flexemulator.Behavior{ReadLag: 2 * time.Second, ListLag: 5 * time.Second})
	made := a.createAddress(with(bareAddress, "FriendlyName", "A"))
	path := addresses + "/" + made["sid"].(string)
	listed := func() []any {
		_, answer := a.call("GET", addresses, nil)
		return answer["address_configurations"].([]any)
	}
	if status, _ := a.call("GET", path, nil); status != 404 || len(listed()) != 0 {
		t.Errorf("a new address is seen at once: %d", status)
	}
	a.updateAddress(made, "FriendlyName", "B")
	a.now = a.now.Add(2 * time.Second)
	if status, fetched := a.call("GET", path, nil); status != 200 || fetched["friendly_name"] != "B" {
		t.Errorf("a read still lags: %d %v", status, fetched)
	}
	if got := listed()[0].(map[string]any)["friendly_name"]; got != "A" {
		t.Errorf("a list shows %v", got)
	}
	a.now = a.now.Add(3 * time.Second)
	if got := listed()[0].(map[string]any)["friendly_name"]; got != "B" {
		t.Errorf("a list still shows %v", got)
	}
}

func TestAddressFaults(t *testing.T) {
	a := start(t, flexemulator.Behavior{})
	one, other := a.AddAddress(flexemulator.Address{Type: "sms", Address: "1"}), a.AddAddress(flexemulator.Address{Type: "sms", Address: "2"})
	fields := map[string]any{"type": 7, "auto_creation": map[string]any{"enabled": "yes"}}
	a.setFaults(
		flexemulator.Fault{Method: "GET", Path: addresses + "/*", Nth: 1, Kind: flexemulator.FaultBody, Body: `{"sid": "$sid", "url": null}`, ContentType: "application/json"},
		flexemulator.Fault{Method: "GET", Path: addresses + "/*", Nth: 2, Kind: flexemulator.FaultFields, Fields: fields},
		flexemulator.Fault{Method: "GET", Path: addresses, Kind: flexemulator.FaultFields, Fields: fields, SID: other.SID},
		flexemulator.Fault{Method: "DELETE", Path: addresses + "/*", Kind: flexemulator.FaultStatus, Status: 503},
	)
	path := addresses + "/" + one.SID
	if _, got := a.call("GET", path, nil); !reflect.DeepEqual(got, map[string]any{"sid": one.SID, "url": nil}) {
		t.Errorf("another body: %v", got)
	}
	changed := map[string]any{"enabled": "yes"}
	if _, got := a.call("GET", path, nil); got["type"] != 7.0 || got["address"] != "1" || !reflect.DeepEqual(got["auto_creation"], any(changed)) {
		t.Errorf("other fields: %v", got)
	}
	_, answer := a.call("GET", addresses, nil)
	list := answer["address_configurations"].([]any)
	if got := list[0].(map[string]any); got["type"] != "sms" || !reflect.DeepEqual(got["auto_creation"], any(map[string]any{})) {
		t.Errorf("the one that is not meant: %v", got)
	}
	if got := list[1].(map[string]any); got["type"] != 7.0 || !reflect.DeepEqual(got["auto_creation"], any(changed)) {
		t.Errorf("the one that is meant: %v", got)
	}
	if status, _ := a.call("DELETE", path, nil); status != 503 || len(a.Addresses()) != 2 {
		t.Errorf("got %d", status)
	}
}
