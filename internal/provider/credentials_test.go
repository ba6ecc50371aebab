package provider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An account SID beside a profile is the profile's account if the profile has none.
func TestFindCredentials_accountOfProfile(t *testing.T) {
	account, key := "AC"+strings.Repeat("1", 32), "SK"+strings.Repeat("1", 32)
	dir := t.TempDir()
	t.Setenv("TWILIO_CONFIG_DIR", dir)
	profiles := `{"profiles": {"dev": {"apiKey": "` + key + `", "apiSecret": "secret"}}}`
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(profiles), 0o600); err != nil {
		t.Fatal(err)
	}
	block := blockSource(map[string]string{"profile": "dev", "account_sid": account})
	var found twilio.Config
	_, diags := findCredentials(&found, []source{block})
	if diags.HasError() || found.Username != key || found.AccountSID != account {
		t.Errorf("%q for account %q: %v", found.Username, found.AccountSID, diags)
	}
}
