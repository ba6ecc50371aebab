package conversationsaddress_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// listed are the SIDs of a stream's results, in their order, and what was said.
func listed(p *acctest.Protocol, stream *tfprotov6.ListResourceServerStream) (sids []string, text string) {
	sids = []string{}
	for result := range stream.Results {
		if result.Identity != nil {
			sids = append(sids, p.SIDOf(result.Identity))
		}
		text += acctest.Describe(result.Diagnostics)
	}
	return sids, text
}

func TestList_filters(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	p := acctest.NewConfiguredProtocol(t, emulator)
	for name, c := range filters {
		got, text := listed(p, p.List(typeName, c.config.Values(), false, 100))
		slices.Sort(got)
		if want := found(sids, c.found); text != "" || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, expected %v: %s", name, got, want, text)
		}
	}
}

// A result is named for people, and holds the same as a read of an import.
func TestList_results(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	c := newCore(acctest.NewConfiguredProtocol(t, emulator))
	names := map[string]string{}
	for result := range c.List(typeName, nil, true, 100).Results {
		sid := c.SIDOf(result.Identity)
		names[sid] = result.DisplayName
		imported, text := c.Import(sid)
		if text != "" || len(result.Diagnostics) > 0 || result.Resource == nil || !c.Static(result.Resource).Equal(imported.Value) {
			t.Errorf("%s is listed as %v\nand read as %v: %s", sid, result.Resource, acctest.Plain(imported.Value), text)
		}
	}
	for key, want := range map[string]string{
		"sms": "Support (sms, +15005550006)", "rcs": "Support (rcs, +15005550006)", "email": "Mail (email, support@example.com)",
		"code": "12345 (sms)", "whatsapp": "whatsapp:+15005550006 (whatsapp)",
	} {
		if got := names[sids[key]]; got != want {
			t.Errorf("%s is shown as %q, expected %q", key, got, want)
		}
	}
}

// A list is fetched as far as it is asked for, a page at a time; and what goes wrong comes after what was found before it.
func TestList_pages(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	for i := range 120 {
		emulator.AddAddress(flexemulator.Address{Type: "chat", Address: fmt.Sprintf("chat-%d", i)})
	}
	p := acctest.NewConfiguredProtocol(t, emulator)
	for _, c := range []struct {
		limit          int64
		results, calls int
	}{{0, 0, 0}, {1, 1, 1}, {50, 50, 1}, {51, 51, 2}, {1000, 120, 3}} {
		emulator.ResetRequests()
		got, text := listed(p, p.List(typeName, nil, false, c.limit))
		if calls := len(emulator.Calls()); text != "" || len(got) != c.results || calls != c.calls {
			t.Errorf("limit %d: %d results of %d calls, expected %d of %d: %s", c.limit, len(got), calls, c.results, c.calls, text)
		}
	}
	emulator.Inject(flexemulator.Fault{Method: http.MethodGet, Nth: 3, Kind: flexemulator.FaultStatus, Status: 403, Code: 20403, Message: "no more"})()
	if got, text := listed(p, p.List(typeName, nil, true, 1000)); len(got) != 100 || !strings.Contains(text, "Unable to list address configurations: Twilio responded to GET "+path) {
		t.Errorf("%d results: %s", len(got), text)
	}
}

func TestList_invalid(t *testing.T) {
	p := acctest.NewProtocol(t)
	for name, says := range map[string]string{"address_country": "Set it to two capital letters", "address": "it is empty"} {
		config := p.Value(p.Schemas.ListResourceSchemas[typeName], map[string]any{name: ""})
		resp, err := p.ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: typeName, Config: &config})
		if err != nil || !strings.Contains(acctest.Describe(resp.Diagnostics), says) {
			t.Errorf("%v, %s", err, acctest.Describe(resp.Diagnostics))
		}
	}
	if _, text := listed(p, p.List(typeName, nil, false, 10)); !strings.Contains(text, "Provider is not configured") {
		t.Error(text)
	}
}

// Needs Terraform 1.14, the first with terraform query.
func TestAccQuery(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Query: true,
			Config: emulator.ProviderConfig() + "list \"" + typeName + "\" \"all\" {\n  provider         = twilio\n  include_resource = true\n}\n" +
				"list \"" + typeName + "\" \"sms\" {\n  provider = twilio\n  config {\n    type = \"sms\"\n  }\n}\n",
			QueryResultChecks: []querycheck.QueryResultCheck{
				querycheck.ExpectLength(typeName+".all", len(sids)), querycheck.ExpectLength(typeName+".sms", 2),
			},
		}},
	})
}
