package conversationsaddress_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// behaviors are the ways in which the API may act where its documentation is silent, one switch at a time and all together.
var behaviors = map[string]flexemulator.Behavior{
	"as sent":                    {},
	"with defaults":              {AutoCreation: flexemulator.AutoCreationWithDefaults},
	"all keys":                   {AutoCreation: flexemulator.AutoCreationAllKeys},
	"foreign keys":               {AutoCreation: flexemulator.AutoCreationForeignKeys},
	"auto-creation null":         {AutoCreation: flexemulator.AutoCreationNull},
	"replaces":                   {ReplaceAutoCreation: true},
	"replaces, with defaults":    {ReplaceAutoCreation: true, AutoCreation: flexemulator.AutoCreationWithDefaults},
	"method as sent":             {MethodAsSent: true},
	"filters sorted":             {SortFilters: true},
	"empty name":                 {EmptyFriendlyName: true},
	"named by the address":       {NameAddresses: true},
	"a country by default":       {DefaultCountry: true},
	"enabled by default":         {AutoCreate: true},
	"refuses duplicates":         {RefuseDuplicateAddresses: true},
	"refuses addresses of flows": {RefuseAddressesOfFlows: true},
	"reads lag":                  {ReadLag: 500 * time.Millisecond},
	"lists lag":                  {ListLag: time.Minute},
	"null update date":           {NullDateUpdated: true},
	"newest first":               {Order: flexemulator.NewestFirst},
	"everything the other way": {
		AutoCreation: flexemulator.AutoCreationForeignKeys, ReplaceAutoCreation: true, MethodAsSent: true, SortFilters: true, EmptyFriendlyName: true,
		NameAddresses: true, DefaultCountry: true, AutoCreate: true, RefuseDuplicateAddresses: true, RefuseAddressesOfFlows: true,
		ReadLag: 300 * time.Millisecond, ListLag: time.Minute, NullDateUpdated: true, Order: flexemulator.Shuffled,
	},
}

func plans(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return acctest.Plans(address, action)
}

var (
	plansCreate  = plans(plancheck.ResourceActionCreate)
	plansUpdate  = plans(plancheck.ResourceActionUpdate)
	plansReplace = plans(plancheck.ResourceActionReplace)
	plansNoop    = plans(plancheck.ResourceActionNoop)
)

func TestAccLifecycle(t *testing.T) {
	for name, behavior := range behaviors {
		for kind, config := range byType {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
				changed := config.with(args{"friendly_name": `"Renamed"`})
				switch kind {
				case "webhook":
					changed = changed.withAutoCreation(args{"enabled": "true", "webhook_method": `"POST"`, "webhook_filters": `["onMessageAdded", "onConversationUpdated"]`})
				case "studio":
					changed = changed.withAutoCreation(args{"enabled": "true", "studio_retry_count": "2"})
				case "default":
					changed = changed.withAutoCreation(args{"enabled": "true", "conversation_service_sid": acctest.Quote(serviceSID)})
				}
				steps := []resource.TestStep{
					{Config: config.String(), ConfigPlanChecks: plansCreate},
					{Config: changed.String(), ConfigPlanChecks: plansUpdate},
				}
				importStep := resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true}
				if behavior.AutoCreation == flexemulator.AutoCreationNull && kind != "none" || kind == "none" {
					// Nothing can bring back what the API does not tell, nor tell whether the configuration has the block.
					importStep.ImportStateVerifyIgnore = []string{"auto_creation.%", "auto_creation"}
				}
				acctest.Run(t, emulator, append(steps, importStep)...)
				if calls := emulator.Calls(http.MethodPost, http.MethodDelete); len(calls) != 3 {
					t.Errorf("expected one create, one update and one delete, there were %d calls", len(calls))
				}
			})
		}
	}
}
