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

const (
	creates  = plancheck.ResourceActionCreate
	updates  = plancheck.ResourceActionUpdate
	replaces = plancheck.ResourceActionReplace
	nothing  = plancheck.ResourceActionNoop
)

func plans(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return acctest.Plans(address, action)
}

// changedByType has optional attributes of each type set.
var changedByType = map[string]configuration{
	"none":    bare.With(renamed),
	"webhook": webhook.With(renamed).WithInBlock(args{"enabled": "true", "webhook_method": `"POST"`, "webhook_filters": `["onMessageAdded", "onConversationUpdated"]`}),
	"studio":  studio.With(renamed).WithInBlock(args{"enabled": "true", "studio_retry_count": "2"}),
	"default": neither.With(renamed).WithInBlock(args{"enabled": "true", "conversation_service_sid": acctest.Quote(serviceSID)}),
}

var renamed = args{"friendly_name": `"Renamed"`}

func TestLifecycle(t *testing.T) { acctest.TestLifecycle(t, subject) }

func TestImport_clean(t *testing.T) { acctest.TestImported(t, subject) }

// The same with the real Terraform, under the behavior that differs most; TestAccLive does it under the plainest one.
func TestAccLifecycle(t *testing.T) {
	behavior := behaviors["everything the other way"]
	for kind, config := range byType {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behavior})
			importStep := resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true}
			if kind == "none" {
				importStep.ImportStateVerifyIgnore = []string{"auto_creation"} // an import takes in what Terraform does not manage
			}
			acctest.Run(t, emulator,
				resource.TestStep{Config: config.String(), ConfigPlanChecks: plans(creates)},
				resource.TestStep{Config: changedByType[kind].String(), ConfigPlanChecks: plans(updates)},
				importStep,
			)
			if calls := emulator.Calls(http.MethodPost, http.MethodDelete); len(calls) != 3 {
				t.Errorf("expected one create, one update and one delete, there were %d calls", len(calls))
			}
		})
	}
}
