package conversationsaddress_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// An import by identity, and a read, give the identity; a malformed one is refused without a call.
func TestIdentity(t *testing.T) {
	emulator := acctest.NewMemoryEmulator(t, flexemulator.Options{})
	sid := addEstate(emulator)["sms"]
	p := acctest.NewConfiguredProtocol(t, emulator)
	for given, says := range map[any]string{
		sid: "", "": "Invalid import identity: The identity's sid can't be used", "IG1": "it has 3 characters instead of 34",
		"FO" + sid[2:]: `"FO" is the prefix of a Flex Flow SID`, "+15005550006": "Invalid import identity", nil: "Invalid import identity",
	} {
		emulator.ResetRequests()
		resp, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, Identity: p.Identity(given)})
		if err != nil {
			t.Fatal(err)
		}
		text := acctest.Describe(resp.Diagnostics)
		if len(emulator.Calls()) > 0 || says == "" && text != "" || !strings.Contains(text, says) {
			t.Errorf("%v says %q, expected %q", given, text, says)
		}
		if says != "" {
			continue
		}
		imported := resp.ImportedResources[0]
		read, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: imported.State, CurrentIdentity: imported.Identity})
		if err != nil || len(read.Diagnostics) > 0 || p.SIDOf(imported.Identity) != sid || p.SIDOf(read.NewIdentity) != sid {
			t.Errorf("an import gives %q, and a read %q: %v", p.SIDOf(imported.Identity), p.SIDOf(read.NewIdentity), err)
		}
		// A state that an older Terraform wrote has no identity.
		again, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: read.NewState})
		if err != nil || p.SIDOf(again.NewIdentity) != sid {
			t.Errorf("a read without identity gives %q: %v", p.SIDOf(again.NewIdentity), err)
		}
	}
}

func TestAccIdentity(t *testing.T) {
	t.Parallel()
	acctest.TestIdentity(t, address, webhook.String(), studio.String())
}
