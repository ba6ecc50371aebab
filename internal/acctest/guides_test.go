package acctest_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Imports everything that is there, with any integration or none, without a change. It needs Terraform 1.7, the first with for_each
// in import blocks.
func TestAccGuides_importingInBulk(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.7.0")
	w := newWorkspace(t, "examples/guides/importing-in-bulk")
	for name, f := range migrated {
		f.FriendlyName = name
		w.Add(f)
	}
	w.addFlow(func(f *flexemulator.Flow) { f.IntegrationType, f.Integration = nil, nil })
	w.terraform("init")
	if out := w.terraform("apply", "-auto-approve"); !strings.Contains(out, "4 imported, 0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.terraform("plan", "-detailed-exitcode")
	if writes := w.Calls(http.MethodPost, http.MethodDelete); len(writes) > 0 {
		t.Errorf("%d writes", len(writes))
	}
}

func TestAccGuides_besideAnotherProvider(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "examples/guides/beside-another-provider")
	w.goRound()
}

// Two accounts in one configuration: each flow is created in its own.
func TestAccGuides_authentication(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "examples/guides/authentication")
	// The region's host can't be reached from here; what it does is in internal/provider.
	content, err := os.ReadFile(filepath.Join(w.dir, "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	w.write("main.tf", strings.Replace(string(content), `region     = "ie1"`, `base_url = "`+w.URL+`"`, 1))
	w.write("terraform.tfvars.json", fmt.Sprintf(`{"sales": {"api_key": %q, "api_secret": %q}}`, flexemulator.APIKey, flexemulator.APISecret))
	w.applyCleanly()
	users := map[string]int{}
	for _, call := range w.Calls(http.MethodPost) {
		username, _, _ := (&http.Request{Header: call.Header}).BasicAuth()
		users[username]++
	}
	if len(users) != 2 || users[flexemulator.AccountSID] != 1 || users[flexemulator.APIKey] != 1 {
		t.Errorf("created by %v", users)
	}
}
