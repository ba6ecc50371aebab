package flexflow_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// The list resource needs Terraform 1.14. What it does is tested at the protocol level, which needs no Terraform at all; with the
// real one in TestAccQuery.

const typeName = "twilio_flex_flow"

func TestList_filters(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	p := acctest.NewConfiguredProtocol(t, emulator)
	for name, c := range filters {
		t.Run(name, func(t *testing.T) {
			var got, want []string
			for result := range p.List(typeName, c.config.Values(), false, 100).Results {
				if len(result.Diagnostics) > 0 || result.Resource != nil {
					t.Errorf("%s%v", acctest.Describe(result.Diagnostics), result.Resource)
				}
				got = append(got, p.SIDOf(result.Identity))
			}
			for _, key := range c.found {
				want = append(want, sids[key])
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestList_results(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	nameless := emulator.Add(flexemulator.Flow{ChatServiceSID: chatServiceSID, ChannelType: "line"}).SID
	p := acctest.NewConfiguredProtocol(t, emulator)
	names := map[string]string{}
	for result := range p.List(typeName, nil, true, 100).Results {
		if len(result.Diagnostics) > 0 {
			t.Fatal(acctest.Describe(result.Diagnostics))
		}
		sid := p.SIDOf(result.Identity)
		names[sid] = result.DisplayName
		// The same as what a read of an import makes of the flow.
		read, text := newCore(p).Import(sid)
		if text != "" {
			t.Fatal(text)
		}
		listed, want := p.Attributes(result.Resource, read.Value.Type()), acctest.AttributesOf(read.Value)
		for name, value := range want {
			if !listed[name].Equal(value) {
				t.Errorf("%s of %s: listed %s, read %s", name, sid, listed[name], value)
			}
		}
	}
	for sid, want := range map[string]string{
		sids["web"]: "Support (web)", sids["sms"]: "Support (sms, +15005550006)", sids["sales"]: "Sales (whatsapp)", nameless: nameless,
	} {
		if names[sid] != want {
			t.Errorf("%s is shown as %q, want %q", sid, names[sid], want)
		}
	}
}

// A list is fetched as far as it is asked for, a page at a time.
func TestList_limit(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Load: flexemulator.Load{Unchecked: true}})
	for range 2500 {
		emulator.Add(flexemulator.Flow{FriendlyName: "Flow", ChatServiceSID: chatServiceSID, ChannelType: "web"})
	}
	p := acctest.NewConfiguredProtocol(t, emulator)
	for _, c := range []struct {
		limit          int64
		results, calls int
	}{{0, 0, 0}, {1, 1, 1}, {1000, 1000, 1}, {1001, 1001, 2}, {5000, 2500, 3}} {
		emulator.ResetRequests()
		results := 0
		for range p.List(typeName, nil, false, c.limit).Results {
			results++
		}
		if calls := len(emulator.Calls()); results != c.results || calls != c.calls {
			t.Errorf("limit %d: %d results of %d calls, want %d of %d", c.limit, results, calls, c.results, c.calls)
		}
	}
	emulator.ResetRequests()
	for range p.List(typeName, nil, false, 5000).Results {
		break // Terraform leaves
	}
	if calls := len(emulator.Calls()); calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

// What goes wrong reaches Terraform in the stream, after what was found before it.
func TestList_errors(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{Load: flexemulator.Load{Unchecked: true}})
	for range 1001 {
		emulator.Add(flexemulator.Flow{FriendlyName: "Flow", ChatServiceSID: chatServiceSID, ChannelType: "web"})
	}
	failed := func(s *tfprotov6.ListResourceServerStream) (results int, text string) {
		for result := range s.Results {
			results++
			text += acctest.Describe(result.Diagnostics)
		}
		return results, text
	}
	p := acctest.NewConfiguredProtocol(t, emulator)
	if err := emulator.SetFaults(flexemulator.Fault{Method: http.MethodGet, Nth: 2, Kind: flexemulator.FaultStatus, Status: 403, Code: 20403, Message: "no more"}); err != nil {
		t.Fatal(err)
	}
	if results, text := failed(p.List(typeName, nil, true, 2000)); results != 1001 || !strings.Contains(text, "Unable to list Flex Flows: Twilio responded to GET /v1/FlexFlows with 403 Forbidden (code 20403): no more") {
		t.Errorf("%d results: %s", results, text)
	}

	unconfigured := acctest.NewProtocol(t)
	if diags := unconfigured.Configure(map[string]any{"account_sid": flexemulator.AccountSID, "auth_token": tftypes.UnknownValue}); len(diags) > 0 {
		t.Fatal(acctest.Describe(diags))
	}
	if results, text := failed(unconfigured.List(typeName, nil, true, 10)); results != 1 || !strings.Contains(text, "Provider is not configured") {
		t.Errorf("%d results: %s", results, text)
	}

	config := p.Value(p.Schemas.ListResourceSchemas[typeName], map[string]any{"channel_type": "fax"})
	resp, err := p.ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{TypeName: typeName, Config: &config})
	if err != nil || !strings.Contains(acctest.Describe(resp.Diagnostics), `Set it to "web", "sms"`) {
		t.Errorf("%v, %s", err, acctest.Describe(resp.Diagnostics))
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	config = p.Value(p.Schemas.ListResourceSchemas[typeName], nil)
	canceled, err := p.ListResource(ctx, &tfprotov6.ListResourceRequest{TypeName: typeName, Config: &config, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if results, text := failed(canceled); results != 1 || !strings.Contains(text, "Unable to list Flex Flows") {
		t.Errorf("%d results: %s", results, text)
	}
}

// Needs Terraform 1.14, the first with terraform query.
func TestAccQuery(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	sids := addEstate(emulator)
	identity := func(key string) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{"sid": knownvalue.StringExact(sids[key])}
	}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Query: true,
			Config: emulator.ProviderConfig() + `
list "twilio_flex_flow" "all" {
  provider         = twilio
  include_resource = true
}
list "twilio_flex_flow" "support" {
  provider = twilio
  config {
    friendly_name = "Support"
    channel_type  = "sms"
  }
}
list "twilio_flex_flow" "few" {
  provider = twilio
  limit    = 2
}
`,
			QueryResultChecks: []querycheck.QueryResultCheck{
				querycheck.ExpectLength("twilio_flex_flow.all", len(sids)),
				querycheck.ExpectLength("twilio_flex_flow.support", 2),
				querycheck.ExpectLength("twilio_flex_flow.few", 2),
				querycheck.ExpectIdentity("twilio_flex_flow.support", identity("sms")),
				querycheck.ExpectIdentity("twilio_flex_flow.support", identity("sms 2")),
				querycheck.ExpectResourceDisplayName("twilio_flex_flow.all", queryfilter.ByResourceIdentity(identity("sales")), knownvalue.StringExact("Sales (whatsapp)")),
				querycheck.ExpectResourceKnownValues("twilio_flex_flow.all", queryfilter.ByResourceIdentity(identity("sales")), []querycheck.KnownValueCheck{
					{Path: tfjsonpath.New("friendly_name"), KnownValue: knownvalue.StringExact("Sales")},
					{Path: tfjsonpath.New("integration").AtMapKey("workspace_sid"), KnownValue: knownvalue.StringExact(workspaceSID)},
				}),
			},
		}},
	})
}
