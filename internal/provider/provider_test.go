package provider_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const flow = `
resource "twilio_flex_flow" "test" {
  friendly_name    = "Web chat"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
}
`

func TestAccCredentials(t *testing.T) {
	account := map[string]string{"TWILIO_ACCOUNT_SID": flexemulator.AccountSID, "TWILIO_AUTH_TOKEN": flexemulator.AuthToken}
	key := map[string]string{"TWILIO_API_KEY": flexemulator.APIKey, "TWILIO_API_SECRET": flexemulator.APISecret}
	keyAndAccount := map[string]string{
		"TWILIO_API_KEY": flexemulator.APIKey, "TWILIO_API_SECRET": flexemulator.APISecret, "TWILIO_ACCOUNT_SID": flexemulator.AccountSID,
	}
	accountBlock := fmt.Sprintf("account_sid = %q\n auth_token = %q", flexemulator.AccountSID, flexemulator.AuthToken)
	keyBlock := fmt.Sprintf("api_key = %q\n api_secret = %q", flexemulator.APIKey, flexemulator.APISecret)
	wrong := map[string]string{"TWILIO_ACCOUNT_SID": "AC" + strings.Repeat("0", 32), "TWILIO_AUTH_TOKEN": "wrong"}
	for name, c := range map[string]struct {
		block       string
		environment map[string]string
		username    string
	}{
		"account in the block":                  {accountBlock, nil, flexemulator.AccountSID},
		"key in the block":                      {keyBlock, nil, flexemulator.APIKey},
		"account in the environment":            {"", account, flexemulator.AccountSID},
		"key in the environment":                {"", key, flexemulator.APIKey},
		"key and its account":                   {"", keyAndAccount, flexemulator.APIKey},
		"the block goes before the environment": {keyBlock, wrong, flexemulator.APIKey},
	} {
		t.Run(name, func(t *testing.T) {
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			setEnvironment(t, c.environment, "")
			t.Setenv("TWILIO_BASE_URL", emulator.URL)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				CheckDestroy:             emulator.CheckDestroyed,
				Steps:                    []resource.TestStep{{Config: "provider \"twilio\" {\n" + c.block + "\n}\n" + flow}},
			})
			for _, call := range emulator.Calls() {
				if username, _, _ := (&http.Request{Header: call.Header}).BasicAuth(); username != c.username {
					t.Errorf("authenticated as %s", username)
				}
			}
		})
	}
}

// An error about the configuration points at the line that is wrong. What is refused is in TestConfiguration_invalid.
func TestAccCredentials_invalid(t *testing.T) {
	setEnvironment(t, nil, "")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		Steps: []resource.TestStep{{
			Config:      "provider \"twilio\" {\n  account_sid = \"" + flexemulator.AccountSID + "\"\n}\n" + flow,
			ExpectError: regexp.MustCompile(`(?s)Incomplete credentials.*account_sid = "AC.*account_sid is set in the`),
		}},
	})
}

// Credentials that a plan does not know yet are no error until a call needs them.
func TestAccCredentials_unknown(t *testing.T) {
	acctest.NeedTerraform(t, "1.4.0") // terraform_data
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	setEnvironment(t, nil, "")
	config := fmt.Sprintf(`
resource "terraform_data" "token" {
  input = %q
}
provider "twilio" {
  account_sid = %q
  auth_token  = terraform_data.token.output
  base_url    = %q
}
`, flexemulator.AuthToken, flexemulator.AccountSID, emulator.URL)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories,
		CheckDestroy:             emulator.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: config + flow},
			{
				// Known no longer, with a flow to read.
				Config:      strings.Replace(config, "input = ", `triggers_replace = "again"`+"\n  input = ", 1) + flow,
				ExpectError: regexp.MustCompile("Provider is not configured"),
			},
		},
	})
}
