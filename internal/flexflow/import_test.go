package flexflow_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// By the SID, with what may stand in front of it, and by the flow's own URL, as it is in state.
func TestImport(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	c := subject.Core(t, emulator)
	for kind, config := range flowsByType {
		created := c.Create(config.With(args{"contact_identity": quote(kind)}).Values())
		for _, prefix := range []string{
			"", "/FlexFlows/", "FlexFlows/", "/v1/FlexFlows/", "https://flex-api.twilio.com/v1/FlexFlows/", emulator.URL + "/v1/FlexFlows/",
		} {
			imported, text := c.Import(prefix + created.SID())
			if text != "" || !imported.Value.Equal(created.Value) {
				t.Errorf("%s: imported %v by %q: %s", kind, acctest.Plain(imported.Value), prefix, text)
			}
		}
		emulator.Remove(created.SID())
	}
}

// With the real Terraform, by the command and by an import block, whose plan has to be empty.
func TestAccImport(t *testing.T) {
	acctest.NeedTerraform(t, "1.5.0")
	for kind, config := range flowsByType {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{}),
				resource.TestStep{Config: config.With(args{"contact_identity": `"+15005550006"`}).String()},
				resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: func(s *terraform.State) (string, error) {
					return s.RootModule().Resources[address].Primary.Attributes["url"], nil
				}},
				resource.TestStep{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			)
		})
	}
}

func TestImport_malformed(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	p := acctest.NewConfiguredProtocol(t, emulator)
	for _, id := range []string{
		" ", "FO123", studioFlowSID, "/FlexFlows/FO123", "https://flex-api.twilio.com/v1/FlexFlows", "../" + "FO" + studioFlowSID[2:],
		"https://user:secret@flex-api.twilio.com/v1/FlexFlows/FO" + studioFlowSID[2:], "FO" + studioFlowSID[2:] + "/..",
	} {
		resp, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
		if err != nil {
			t.Fatal(err)
		}
		text := acctest.Describe(resp.Diagnostics)
		if !strings.Contains(text, "ERROR Invalid import ID") || !strings.Contains(text, "does not name a Flex Flow. Give its SID") || strings.Contains(text, "secret") {
			t.Errorf("%q: %s", id, text)
		}
	}
	if calls := emulator.Calls(); len(calls) > 0 {
		t.Errorf("refused, but %d calls were made", len(calls))
	}
}

func TestAccImport_missing(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	acctest.Run(t, emulator, resource.TestStep{
		Config: bareFlow.String(), ResourceName: address, ImportState: true, ImportStateId: "FO" + studioFlowSID[2:],
		ExpectError: regexp.MustCompile("Cannot import non-existent remote object"),
	})
	if calls := emulator.Calls(); len(calls) != 1 {
		t.Errorf("expected one read, there were %d", len(calls))
	}
}
