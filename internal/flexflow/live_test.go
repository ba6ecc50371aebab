package flexflow_test

import (
	"testing"

	sdkacctest "github.com/hashicorp/terraform-plugin-testing/helper/acctest"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexflow"
)

// TestAccLive runs against a real account where TWILIO_TEST_LIVE is set, with credentials from where the provider takes them; else
// against the emulator, so that it does not rot. It handles no messages: its flows are never enabled.

var live = acctest.References{
	{"TWILIO_TEST_CHAT_SERVICE_SID", chatServiceSID},
	{"TWILIO_TEST_STUDIO_FLOW_SID", studioFlowSID},
	{"TWILIO_TEST_WORKSPACE_SID", workspaceSID},
	{"TWILIO_TEST_WORKFLOW_SID", workflowSID},
}

func TestAccLive(t *testing.T) {
	client := live.PrepareLive(t, flexflow.Kind)
	for kind, f := range flowsByType {
		t.Run(kind, func(t *testing.T) {
			name := sdkacctest.RandomWithPrefix(acctest.LivePrefix + kind)
			f = f.With(args{"friendly_name": quote(name), "contact_identity": quote(name), "channel_type": `"custom"`, "enabled": "false"})
			changed := f.With(args{"long_lived": "true", "friendly_name": quote(name + "-renamed")})
			if kind != "none" {
				changed = changed.WithInBlock(args{"creation_on_message": "true"})
			}
			live.TestLive(t, client, address, f.String(), changed.String(), "sid")
		})
	}
}

func TestMain(m *testing.M) {
	acctest.AddSweeper(typeName, flexflow.Kind)
	resource.TestMain(m)
}

func TestSweep(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	for _, name := range []string{acctest.LivePrefix + "studio-1", "Support", "not " + acctest.LivePrefix, acctest.LivePrefix + "task-2"} {
		emulator.Add(flexemulator.Flow{FriendlyName: name, ChatServiceSID: chatServiceSID, ChannelType: "web"})
	}
	if err := acctest.Sweep(t.Context(), emulator.Client(flexflow.Kind)); err != nil {
		t.Fatal(err)
	}
	left := emulator.Flows()
	if len(left) != 2 || left[0].FriendlyName != "Support" || left[1].FriendlyName != "not "+acctest.LivePrefix {
		t.Errorf("left: %v", left)
	}
}
