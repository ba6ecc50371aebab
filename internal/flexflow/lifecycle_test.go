package flexflow_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const address = "twilio_flex_flow.test"

// Behaviors are the ways in which the API may act where its documentation is silent, one switch at a time and all together.
var behaviors = map[string]flexemulator.Behavior{
	"as sent":                 {},
	"with defaults":           {Integration: flexemulator.IntegrationWithDefaults},
	"all keys":                {Integration: flexemulator.IntegrationAllKeys},
	"foreign keys":            {Integration: flexemulator.IntegrationForeignKeys},
	"integration null":        {Integration: flexemulator.IntegrationNull},
	"replaces":                {ReplaceIntegration: true},
	"replaces, with defaults": {ReplaceIntegration: true, Integration: flexemulator.IntegrationWithDefaults},
	"reads lag":               {ReadLag: 500 * time.Millisecond},
	"lists lag":               {ListLag: time.Minute},
	"enabled by default":      {EnabledByDefault: true},
	"empty identity":          {EmptyIdentity: true},
	"null integration type":   {NullIntegrationType: true},
	"null update date":        {NullDateUpdated: true},
	"refuses duplicates":      {RefuseDuplicates: true},
	"newest first":            {Order: flexemulator.NewestFirst},
	"shuffled":                {Order: flexemulator.Shuffled},
	"everything the other way": {
		Integration: flexemulator.IntegrationForeignKeys, ReplaceIntegration: true, ReadLag: 300 * time.Millisecond, ListLag: time.Minute,
		EnabledByDefault: true, EmptyIdentity: true, NullIntegrationType: true, NullDateUpdated: true, RefuseDuplicates: true, Order: flexemulator.BySID,
	},
}

func plans(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return acctest.Plans(address, action)
}

var (
	plansCreate = plans(plancheck.ResourceActionCreate)
	plansUpdate = plans(plancheck.ResourceActionUpdate)
	plansNoop   = plans(plancheck.ResourceActionNoop)
)

func TestAccLifecycle(t *testing.T) {
	for name, behavior := range behaviors {
		for kind, config := range flowsByType {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
				changed := config.With(args{"friendly_name": `"Renamed"`, "long_lived": "true"})
				if kind != "none" {
					changed = changed.WithInBlock(args{"creation_on_message": "true"})
				}
				steps := []resource.TestStep{
					{Config: config.String(), ConfigPlanChecks: plansCreate},
					{Config: changed.String(), ConfigPlanChecks: plansUpdate},
				}
				importStep := resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true}
				if behavior.Integration == flexemulator.IntegrationNull && kind != "none" {
					// Nothing can bring back what the API does not tell: the block is imported as not managed.
					importStep.ImportStateVerifyIgnore = []string{"integration.%", "integration"}
				}
				acctest.Run(t, emulator, append(steps, importStep)...)
				if calls := emulator.Calls(http.MethodPost, http.MethodDelete); len(calls) != 3 {
					t.Errorf("expected one create, one update and one delete, there were %d calls", len(calls))
				}
			})
		}
	}
}
