package flexflow_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func TestAccImport(t *testing.T) {
	for kind, config := range flowsByType {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			steps := []resource.TestStep{{Config: config.With(args{"contact_identity": `"+15005550006"`}).String()}}
			for _, prefix := range []string{"", "/FlexFlows/", "FlexFlows/", "/v1/FlexFlows/", "https://flex-api.twilio.com/v1/FlexFlows/"} {
				steps = append(steps, resource.TestStep{
					ResourceName: address, ImportState: true, ImportStateVerify: true,
					ImportStateIdFunc: func(s *terraform.State) (string, error) {
						return prefix + s.RootModule().Resources[address].Primary.ID, nil
					},
				})
			}
			// The flow's own URL, as it is in state.
			steps = append(steps, resource.TestStep{
				ResourceName: address, ImportState: true, ImportStateVerify: true,
				ImportStateIdFunc: func(s *terraform.State) (string, error) {
					return s.RootModule().Resources[address].Primary.Attributes["url"], nil
				},
			})
			acctest.Run(t, emulator, steps...)
		})
	}
}

// By an import block, whose plan has to be empty.
func TestAccImport_block(t *testing.T) {
	acctest.NeedTerraform(t, "1.5.0")
	for kind, config := range flowsByType {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			acctest.Run(t, acctest.NewEmulator(t, flexemulator.Options{}),
				resource.TestStep{Config: config.With(args{"contact_identity": `"+15005550006"`}).String()},
				resource.TestStep{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			)
		})
	}
}

func TestAccImport_malformed(t *testing.T) {
	for _, id := range []string{
		" ", "FO123", studioFlowSID, "/FlexFlows/FO123", "https://flex-api.twilio.com/v1/FlexFlows", "../" + "FO" + studioFlowSID[2:],
		"https://user:secret@flex-api.twilio.com/v1/FlexFlows/FO" + studioFlowSID[2:], "FO" + studioFlowSID[2:] + "/..",
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			acctest.Run(t, emulator, resource.TestStep{
				Config: bareFlow.String(), ResourceName: address, ImportState: true, ImportStateId: id,
				ExpectError: regexp.MustCompile(`(?s)Invalid import ID.*` + says("does not name a Flex Flow. Give its SID")),
			})
			if calls := emulator.Calls(); len(calls) > 0 {
				t.Errorf("refused, but %d calls were made", len(calls))
			}
		})
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
