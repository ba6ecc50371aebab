package conversationsaddress_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Fields that can't be understood stop nothing: what Terraform holds or plans stays, plans are clean, other changes are made, and a destroy
// goes through. What is said names the fields, but for those that mean nothing to the type.
func TestUnreadable(t *testing.T) {
	block := func(fields map[string]any) map[string]any { return map[string]any{"auto_creation": fields} }
	for name, c := range map[string]struct {
		config configuration
		fields map[string]any
		says   string // the fields as a message has them, empty for none
	}{
		"retry count":                 {fullStudio, block(map[string]any{"studio_retry_count": "many"}), "auto_creation.studio_retry_count"},
		"filters":                     {fullWebhook, block(map[string]any{"webhook_filters": "all"}), "auto_creation.webhook_filters"},
		"an element of the filters":   {fullWebhook, block(map[string]any{"webhook_filters": []any{"onMessageAdded", []any{}}}), "auto_creation.webhook_filters"},
		"method and URL":              {fullWebhook, block(map[string]any{"webhook_method": []any{}, "webhook_url": map[string]any{}}), "auto_creation.webhook_method and auto_creation.webhook_url"},
		"enabled":                     {fullStudio, block(map[string]any{"enabled": "perhaps"}), "auto_creation.enabled"},
		"the block's type":            {fullStudio, block(map[string]any{"type": []any{}}), "auto_creation.type"},
		"of another type":             {fullStudio, block(map[string]any{"webhook_url": []any{}, "webhook_filters": 7}), ""},
		"the block":                   {fullStudio, map[string]any{"auto_creation": "studio"}, "auto_creation"},
		"the block is a list":         {fullWebhook, map[string]any{"auto_creation": []any{}}, "auto_creation"},
		"a block that is not managed": {bare, map[string]any{"auto_creation": "studio"}, ""},
		"name":                        {fullWebhook, map[string]any{"friendly_name": []any{}}, "friendly_name"},
		"country":                     {fullWebhook, map[string]any{"address_country": map[string]any{}}, "address_country"},
		"identity":                    {fullStudio, map[string]any{"type": []any{}, "address": []any{}}, "address and type"},
		"all of it": {fullWebhook, map[string]any{
			"account_sid": []any{}, "url": []any{}, "date_created": []any{}, "date_updated": []any{}, "friendly_name": []any{}, "type": []any{}, "address": []any{},
			"address_country": []any{}, "auto_creation": "webhook",
		}, "account_sid, address, address_country, auto_creation, date_created, date_updated, friendly_name, type and url"},
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
			run := newCore(acctest.NewConfiguredProtocol(t, emulator))
			odd, even := emulator.Inject(acctest.OddFields(c.fields)), emulator.Inject()
			warned := func(what, text, consequence string) {
				t.Helper()
				want := "WARNING Unable to read all of address configuration " + emulator.OnlyAddress().SID + ": Twilio's response holds " + c.says + " of "
				if c.says == "" && text != "" || c.says != "" && (!strings.HasPrefix(text, want) || !strings.Contains(text, consequence) || strings.Count(text, "WARNING") != 1) {
					t.Errorf("%s says %q, expected %q", what, text, want)
				}
			}
			clean := func(what string, state acctest.Instance, config configuration) {
				t.Helper()
				if _, changes, text := run.PlanValues(state, config.Values()); changes || text != "" {
					t.Errorf("a plan %s has changes: %t%s", what, changes, text)
				}
			}
			odd()
			state, text := run.Change(run.Absent(), c.config.Values())
			warned("a create", text, "records the values that were planned")
			even()
			state, _ = run.Refresh(state)
			clean("after a create", state, c.config)
			odd()
			read, text := run.Refresh(state)
			if !read.Value.Equal(state.Value) {
				t.Errorf("a read gives %v\ninstead of    %v", acctest.Plain(read.Value), acctest.Plain(state.Value))
			}
			warned("a read", text, "keeps the values that it has")
			clean("of what can't be read", read, c.config)
			changed := c.config.With(args{"friendly_name": `"Changed"`})
			state, text = run.Change(read, changed.Values())
			warned("an update", text, "records the values that were planned")
			even()
			state, _ = run.Refresh(state)
			clean("after an update", state, changed)
			odd()
			if _, text := run.Destroy(t.Context(), state); text != "" || len(emulator.Addresses()) > 0 {
				t.Errorf("left %v: %s", emulator.Addresses(), text)
			}
		})
	}
}

// Data sources leave null what can't be read, and warn; the list shows all others, also beside an entry without a SID, and leaves out what a
// filter can't decide on. The list resource does the same.
func TestUnreadable_lists(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	p := acctest.NewConfiguredProtocol(t, emulator)
	for name, c := range map[string]struct {
		fields map[string]any
		filter map[string]any
		shown  int
		says   string
	}{
		"a field":                   {map[string]any{"friendly_name": []any{}, "auto_creation": "x"}, nil, len(sids), "holds auto_creation and friendly_name of " + sids["sms"]},
		"no SID":                    {map[string]any{"sid": 7}, nil, len(sids) - 1, "holds an entry without a well-formed address configuration SID"},
		"a field that is asked for": {map[string]any{"friendly_name": []any{}}, map[string]any{"friendly_name": "Support"}, 1, "leaves it out, because a filter asks for what can't be read"},
	} {
		t.Run(name, func(t *testing.T) {
			fault := acctest.OddFields(c.fields)
			fault.SID = sids["sms"]
			emulator.Inject(fault)()
			state, text := p.ReadData(pluralName, c.filter)
			shown := state["address_configurations"].([]any)
			if len(shown) != c.shown || strings.Count(text, "WARNING") != 1 || !strings.Contains(text, c.says) {
				t.Errorf("a list shows %d, expected %d: %s", len(shown), c.shown, text)
			}
			i := slices.IndexFunc(shown, func(one any) bool { return one.(map[string]any)["sid"] == sids["sms"] })
			if i >= 0 && (shown[i].(map[string]any)["auto_creation"] != nil || shown[i].(map[string]any)["address"] != "+15005550006") {
				t.Errorf("shows %v", shown[i])
			}
			got, text := listed(p, p.List(typeName, c.filter, true, 100))
			if len(got) != c.shown || strings.Count(text, "WARNING") != 1 || !strings.Contains(text, c.says) {
				t.Errorf("the list resource shows %d, expected %d: %s", len(got), c.shown, text)
			}
		})
	}
	emulator.Inject(acctest.OddFields(map[string]any{"auto_creation": "x"}))()
	if state, text := p.ReadData(typeName, map[string]any{"sid": sids["sms"]}); state["auto_creation"] != nil || state["address"] != "+15005550006" || !strings.Contains(text, "leaves them null") {
		t.Errorf("%v: %s", state, text)
	}
	// An answer that is no list stays an error.
	for _, body := range []string{"{}", "[]", "null", `{"address_configurations": null}`, `{"address_configurations": {}}`} {
		emulator.Inject(flexemulator.Fault{Kind: flexemulator.FaultBody, Body: body, ContentType: "application/json"})()
		if _, text := p.ReadData(pluralName, nil); !strings.Contains(text, "ERROR Unable to list address configurations") {
			t.Errorf("%s: %s", body, text)
		}
	}
}

// An import keeps the block of which a part can't be read, and is an import but once.
func TestUnreadable_import(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sid := addEstate(emulator)["sms"]
	emulator.Inject(acctest.OddFields(map[string]any{"friendly_name": []any{}, "auto_creation": map[string]any{"studio_flow_sid": []any{}}}))()
	c := newCore(acctest.NewConfiguredProtocol(t, emulator))
	imported, text := c.Import(sid)
	got, _ := acctest.Plain(imported.Value).(map[string]any)
	if got["auto_creation"] == nil || got["friendly_name"] != nil || !strings.Contains(text, "auto_creation.studio_flow_sid and friendly_name") {
		t.Errorf("got %v: %s", got, text)
	}
	emulator.Inject()()
	again, text := c.Refresh(imported)
	if got, _ = acctest.Plain(again.Value).(map[string]any); text != "" || got["friendly_name"] != "Support" {
		t.Errorf("got %v: %s", got, text)
	}
}
