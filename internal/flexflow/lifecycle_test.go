package flexflow_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

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

func TestLifecycle(t *testing.T) { acctest.TestLifecycle(t, subject) }

func TestImport_clean(t *testing.T) { acctest.TestImported(t, subject) }

// The same with the real Terraform, under the behavior that differs most; TestAccLive does it under the plainest one.
func TestAccLifecycle(t *testing.T) {
	for kind, config := range flowsByType {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{Behavior: behaviors["everything the other way"]})
			acctest.Run(t, emulator,
				resource.TestStep{Config: config.String(), ConfigPlanChecks: acctest.Plans(address, creates)},
				resource.TestStep{Config: changedByType[kind].String(), ConfigPlanChecks: acctest.Plans(address, updates)},
				resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true},
			)
			if calls := emulator.Calls(http.MethodPost, http.MethodDelete); len(calls) != 3 {
				t.Errorf("expected one create, one update and one delete, there were %d calls", len(calls))
			}
		})
	}
}
