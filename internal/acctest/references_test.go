package acctest_test

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A Studio flow that several Flex Flows share and that does not exist is one warning, at the line that names it, and the apply goes on.
func TestAccReferences(t *testing.T) {
	t.Parallel()
	const flow = "FW22222222222222222222222222222222"
	w := newWorkspaceWith(t, flexemulator.Options{References: map[string]flexemulator.Reference{flow: {Missing: true}}})
	w.write("main.tf", requiredProviders+`
resource "twilio_flex_flow" "test" {
  count            = 3
  friendly_name    = "Flow ${count.index}"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  integration_type = "studio"

  integration {
    flow_sid = "`+flow+`"
  }
}
`)
	w.terraform("init")
	for _, arguments := range [][]string{{"plan"}, {"apply", "-auto-approve"}} {
		out := w.terraform(arguments...)
		if strings.Count(out, "Warning: Studio flow "+flow+" not found") != 1 {
			t.Errorf("%v says\n%s", arguments, out)
		}
		if !strings.Contains(out, `flow_sid = "`+flow+`"`) || !strings.Contains(out, "more similar warnings elsewhere") {
			t.Errorf("%v does not quote the line, or repeats itself\n%s", arguments, out)
		}
	}
	if out := w.terraform("plan", "-detailed-exitcode"); strings.Contains(out, "Warning:") {
		t.Errorf("a plan without changes warns:\n%s", out)
	}
}
