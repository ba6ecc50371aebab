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

// clearEnvironment keeps what is set where the tests run out of them.
func clearEnvironment(t *testing.T, set map[string]string) {
	t.Helper()
	for _, name := range []string{"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_BASE_URL"} {
		t.Setenv(name, set[name])
	}
}

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
			clearEnvironment(t, c.environment)
			t.Setenv("TWILIO_BASE_URL", emulator.URL)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				CheckDestroy:             emulator.CheckDestroyed,
				Steps:                    []resource.TestStep{{Config: "provider \"twilio\" {\n" + c.block + "\n}\n" + flow}},
			})
			for _, call := range emulator.Calls() {
				if username, _, _ := (&http.Request{Header: call.Header}).BasicAuth(); username != c.username {
					t.Errorf("authorised as %s", username)
				}
			}
		})
	}
}

func TestAccCredentials_invalid(t *testing.T) {
	for name, c := range map[string]struct {
		block       string
		environment map[string]string
		text        string
	}{
		"none":                  {"", nil, "Missing credentials"},
		"no token":              {`account_sid = "` + flexemulator.AccountSID + `"`, nil, `Incomplete credentials.*account_sid is set in the provider block`},
		"no account":            {`auth_token = "hunter2"`, nil, `Incomplete credentials.*auth_token is set in the provider block`},
		"no secret":             {"", map[string]string{"TWILIO_API_KEY": flexemulator.APIKey}, `Incomplete credentials.*TWILIO_API_KEY is set in the environment`},
		"no key":                {`api_secret = "hunter2"`, nil, `Incomplete credentials.*api_secret is set`},
		"halves in two places":  {`account_sid = "` + flexemulator.AccountSID + `"`, map[string]string{"TWILIO_AUTH_TOKEN": "hunter2"}, "Incomplete credentials"},
		"two pairs":             {"auth_token = \"hunter2\"\n api_key = \"hunter3\"", nil, `Two sets of credentials.*\(api_key\)`},
		"malformed account SID": {"account_sid = \"hunter2\"\n auth_token = \"hunter2\"", nil, `Invalid account SID.*it has 7 characters instead of 34`},
		"malformed key":         {"api_key = \"hunter2\"\n api_secret = \"hunter2\"", nil, "Invalid API key SID"},
		"base URL in clear":     {`base_url = "http://example.com"`, wellFormed, `Invalid base_url.*in clear`},
		"base URL with secret":  {`base_url = "https://me:hunter2@example.com"`, wellFormed, `Invalid base_url.*user name or password`},
	} {
		t.Run(name, func(t *testing.T) {
			clearEnvironment(t, c.environment)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories,
				ErrorCheck: func(err error) error {
					if strings.Contains(strings.ReplaceAll(err.Error(), c.block, ""), "hunter2") {
						t.Errorf("the error holds a credential: %v", err)
					}
					return err
				},
				Steps: []resource.TestStep{{
					Config: "provider \"twilio\" {\n" + c.block + "\n}\n" + flow, ExpectError: regexp.MustCompile(`(?s)` + strings.ReplaceAll(c.text, " ", `[\s│]+`)),
				}},
			})
		})
	}
}

var wellFormed = map[string]string{"TWILIO_API_KEY": flexemulator.APIKey, "TWILIO_API_SECRET": "hunter2"}

// Credentials that a plan does not know yet are no error until a call needs them.
func TestAccCredentials_unknown(t *testing.T) {
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	clearEnvironment(t, nil)
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
