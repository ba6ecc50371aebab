package flexemulator_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// dates are the Date header of a response and the dates of the flow that it shows.
func (a *api) dates() (header, created string) {
	a.t.Helper()
	resp := a.do("POST", "/v1/FlexFlows", bare, flexemulator.AccountSID, flexemulator.AuthToken)
	_ = resp.Body.Close()
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		a.t.Fatal(err)
	}
	flows := a.Flows()
	return at.Format(time.TimeOnly), flows[len(flows)-1].DateCreated.Format(time.TimeOnly)
}

func TestBehavior_clocks(t *testing.T) {
	for name, c := range map[string]struct {
		behavior        flexemulator.Behavior
		header, created string
	}{
		"zero":    {flexemulator.Behavior{}, "03:04:05", "03:04:05"},
		"rounded": {flexemulator.Behavior{RoundDates: true}, "03:04:05", "03:04:06"},
		"ahead":   {flexemulator.Behavior{ClockAhead: 2 * time.Second}, "03:04:07", "03:04:05"},
		"behind":  {flexemulator.Behavior{ClockAhead: -2 * time.Second}, "03:04:03", "03:04:05"},
	} {
		a := start(t, c.behavior)
		a.now = a.now.Add(600 * time.Millisecond)
		if header, created := a.dates(); header != c.header || created != c.created {
			t.Errorf("%s: Date %s, date_created %s", name, header, created)
		}
	}
	a := start(t, flexemulator.Behavior{RoundDates: true})
	made := a.create(bare)
	a.now = a.now.Add(1500 * time.Millisecond)
	_, updated := a.call("POST", "/v1/FlexFlows/"+made["sid"].(string), with(nil, "FriendlyName", "B"))
	if updated["date_updated"] != "2026-01-02T03:04:07Z" {
		t.Errorf("updated %v", updated)
	}
}

func TestBehavior_forgetLag(t *testing.T) {
	a := start(t, flexemulator.Behavior{
		RefuseDuplicates: true, RefuseDuplicateAddresses: true, RefuseAddressesOfFlows: true, ForgetLag: 5 * time.Second,
	})
	flow := with(bare, "ChannelType", "sms", "ContactIdentity", "+15550100")
	refusals := func() (got [2]bool) {
		for i, c := range []struct {
			path string
			form map[string][]string
		}{{"/v1/FlexFlows", flow}, {addresses, bareAddress}} {
			status, answer := a.call("POST", c.path, c.form)
			got[i] = status == http.StatusConflict && answer["code"] == 20409.0
			if sid, made := answer["sid"].(string); made {
				a.call("DELETE", c.path+"/"+sid, nil)
				a.now = a.now.Add(time.Minute)
			}
		}
		return got
	}
	made := "/v1/FlexFlows/" + a.create(flow)["sid"].(string)
	for _, change := range []struct{ method, identity string }{{"POST", "+15550199"}, {"POST", "+15550100"}, {"DELETE", ""}} {
		if status, answer := a.call(change.method, made, with(nil, "ContactIdentity", change.identity)); status >= 300 {
			t.Fatalf("%d %v", status, answer) // what a flow itself was is never in its way
		}
		if got := refusals(); got != [2]bool{true, true} {
			t.Errorf("right after %s: refused %v", change, got)
		}
	}
	a.now = a.now.Add(5 * time.Second)
	if got := refusals(); got != [2]bool{} {
		t.Errorf("later: refused %v", got)
	}
	a.RemoveAddress(a.createAddress(bareAddress)["sid"].(string))
	if status, _ := a.call("POST", addresses, bareAddress); status != http.StatusConflict {
		t.Errorf("right after an address was removed: %d", status)
	}
}

func TestBehavior_duplicates(t *testing.T) {
	a := start(t, flexemulator.Behavior{RefuseDuplicateAddresses: true, DuplicateStatus: 400, DuplicateCode: 50000})
	a.createAddress(bareAddress)
	if status, answer := a.call("POST", addresses, bareAddress); status != 400 || answer["code"] != 50000.0 || answer["status"] != 400.0 {
		t.Errorf("%d %v", status, answer)
	}
}

func TestBehavior_invalid(t *testing.T) {
	for _, b := range []flexemulator.Behavior{
		{DuplicateStatus: 500}, {DuplicateStatus: 200}, {Rewrites: []flexemulator.Rewrite{"case"}},
	} {
		if _, err := flexemulator.New(flexemulator.Options{Behavior: b}); err == nil {
			t.Errorf("%+v was accepted", b)
		}
	}
}
