package flexflow_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// With create_before_destroy, the flow that is replaced is there when the new one is created, the same in every value. Where the
// response to that creation is lost and nothing was created, the old one may be taken for the new one if it is not a second old. It
// is not deleted then.
func TestAccAdoption_createBeforeDestroy(t *testing.T) {
	t.Parallel()
	now := time.Now()
	emulator := acctest.NewEmulator(t, flexemulator.Options{Now: func() time.Time { return now }}) // all within one second
	config := studioFlow
	config.Rest = "lifecycle {\n    create_before_destroy = true\n  }\n"
	var before string
	acctest.Run(t, emulator,
		resource.TestStep{Config: config.String(), Check: func(*terraform.State) error {
			before = emulator.Only().SID
			return nil
		}},
		resource.TestStep{
			PreConfig: emulator.Inject(flexemulator.Fault{Method: http.MethodPost, Nth: 1, Kind: flexemulator.FaultStatus, Status: 503}),
			Taint:     []string{"twilio_flex_flow.test"},
			Config:    config.String(),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction("twilio_flex_flow.test", plancheck.ResourceActionCreateBeforeDestroy),
			}},
			Check: func(s *terraform.State) error {
				if after := emulator.Only().SID; after != before {
					t.Errorf("%s was replaced by %s", before, after)
				}
				return emulator.InState(typeName, 1)(s)
			},
		},
		resource.TestStep{PreConfig: emulator.Inject(), Config: config.String(), PlanOnly: true},
	)
}
