package conversationsaddress_test

import (
	"testing"

	sdkacctest "github.com/hashicorp/terraform-plugin-testing/helper/acctest"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/conversationsaddress"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// TestAccLive runs against a real account where TWILIO_TEST_LIVE is set, with credentials from where the provider takes them; else
// against the emulator, so that it does not rot. It handles no messages: its addresses are e-mail addresses that do not exist.

var live = acctest.References{
	{"TWILIO_TEST_CHAT_SERVICE_SID", serviceSID},
	{"TWILIO_TEST_STUDIO_FLOW_SID", studioFlowSID},
}

func TestAccLive(t *testing.T) {
	client := live.PrepareLive(t, conversationsaddress.Kind)
	for kind, config := range changedByType {
		t.Run(kind, func(t *testing.T) {
			name := sdkacctest.RandomWithPrefix(acctest.LivePrefix + kind)
			changes := args{"type": `"email"`, "address": acctest.Quote(name + "@example.com"), "friendly_name": acctest.Quote(name)}
			before, after := byType[kind].With(changes), config.With(changes).With(args{"friendly_name": acctest.Quote(name + "-renamed")})
			switch kind {
			case "none":
			case "default": // an auto-creation that is not enabled and of type default is imported as none
				before, after = before.WithInBlock(args{"enabled": "true"}), after.WithInBlock(args{"enabled": "true"})
			default:
				before, after = before.WithInBlock(args{"enabled": "false"}), after.WithInBlock(args{"enabled": "false"})
			}
			var unverified []string
			if kind == "default" {
				unverified = []string{"auto_creation"} // disabled, it does nothing, and an import takes it for none
			}
			live.TestLive(t, client, address, before.String(), after.String(), "address", unverified...)
		})
	}
}

func TestMain(m *testing.M) {
	acctest.AddSweeper(typeName, conversationsaddress.Kind)
	resource.TestMain(m)
}

func TestSweep(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	for _, name := range []string{acctest.LivePrefix + "studio-1", "Support", acctest.LivePrefix + "webhook-2"} {
		emulator.AddAddress(flexemulator.Address{Type: "email", Address: name + "@example.com", FriendlyName: &name})
	}
	emulator.AddAddress(flexemulator.Address{Type: "email", Address: acctest.LivePrefix + "unnamed@example.com"})
	if err := acctest.Sweep(t.Context(), emulator.Client(conversationsaddress.Kind)); err != nil {
		t.Fatal(err)
	}
	if left := emulator.Addresses(); len(left) != 2 || left[0].Address != "Support@example.com" {
		t.Errorf("left: %v", left)
	}
}
