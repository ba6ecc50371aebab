package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
)

// An invalid configuration is an error before any request, at the argument that is wrong.
func TestConfiguration_invalid(t *testing.T) {
	type block = map[string]any
	type environment = map[string]string
	profiles := func(of string) string { return `{"profiles": {"dev": ` + of + `}}` }
	devProfile := profiles(`{"accountSid": "` + account("1") + `", "apiKey": "` + key("1") + `", "apiSecret": "hunter2"}`)
	for name, c := range map[string]struct {
		block       block
		environment environment
		profiles    string
		argument    string
		text        string
	}{
		"nothing":           {block{}, nil, "", "", "Missing credentials: The provider needs credentials"},
		"no active profile": {block{}, nil, profiles(`{}`), "", "No Twilio CLI profile is available: none is active in <file>"},
		"an active profile that has to be named": {
			block{},
			nil, `{"activeProject": "dev", "requireProfileInput": true, "profiles": {"dev": {}}}`, "",
			"No Twilio CLI profile is available: <file> sets requireProfileInput, so there is no active profile. Name one in profile " +
				"or TWILIO_PROFILE",
		},
		"no token": {
			block{"account_sid": account("1")},
			nil, "", "account_sid",
			"Incomplete credentials: account_sid is set in the provider block, but auth_token is not",
		},
		"no account": {block{"auth_token": "hunter2"}, nil, "", "auth_token", "Incomplete credentials: auth_token is set"},
		"no secret": {
			block{},
			environment{"TWILIO_API_KEY": key("1")},
			"", "api_key",
			"Incomplete credentials: TWILIO_API_KEY is set in the environment, but TWILIO_API_SECRET is not",
		},
		"no key": {block{"api_secret": "hunter2"}, nil, "", "api_secret", "Incomplete credentials: api_secret is set"},
		"halves in two places": {
			block{"account_sid": account("1")},
			environment{"TWILIO_AUTH_TOKEN": "hunter2"},
			"", "account_sid",
			"Incomplete credentials",
		},
		"two pairs": {
			block{"auth_token": "hunter2", "api_key": key("1")},
			nil, "", "auth_token",
			"Two sets of credentials: Both an auth token (auth_token) and an API key (api_key)",
		},
		"two pairs in the environment": {
			block{},
			environment{"TWILIO_AUTH_TOKEN": "hunter2", "TWILIO_API_KEY": key("1"), "TWILIO_API_SECRET": "hunter2"},
			"", "auth_token",
			"(TWILIO_AUTH_TOKEN) and an API key (TWILIO_API_KEY, TWILIO_API_SECRET) are set in the environment. Unset one of them, or choose " +
				"in the provider block, which takes precedence:\n\n  api_key    = \"" + key("1") + "\"\n  api_secret = var.twilio_api_secret\n\n" +
				"Then declare the variable twilio_api_secret as sensitive, and run:\n\n  export TF_VAR_twilio_api_secret=\"$TWILIO_API_SECRET\"",
		},
		"a pair and a profile": {
			block{"api_key": key("1"), "api_secret": "hunter2", "profile": "dev"},
			nil, "", "profile",
			"Two sets of credentials: Both a profile (profile) and credentials (api_key, api_secret)",
		},
		"a pair and a profile in the environment": {
			block{},
			environment{"TWILIO_PROFILE": "dev", "TWILIO_ACCOUNT_SID": account("1"), "TWILIO_AUTH_TOKEN": "hunter2"},
			"", "profile",
			"(TWILIO_AUTH_TOKEN) are set in the environment. Unset one of them, or choose in the provider block, which takes " +
				"precedence:\n\n  profile = \"dev\"",
		},
		"malformed account SID": {
			block{"account_sid": "hunter2", "auth_token": "hunter2"},
			nil, "", "account_sid",
			"Invalid account SID: The value of account_sid in the provider block can't be used: it has 7 characters",
		},
		"malformed account SID beside a key": {
			merged(usable, block{"account_sid": key("1")}), nil, "", "account_sid",
			"Invalid account SID: The value of account_sid in the provider block can't be used: \"SK\" is the prefix of an API key SID.",
		},
		"malformed account SID beside a key, in the environment": {
			block{},
			environment{"TWILIO_ACCOUNT_SID": "hunter2", "TWILIO_API_KEY": key("1"), "TWILIO_API_SECRET": "hunter2"},
			"", "account_sid",
			"Invalid account SID: The value of TWILIO_ACCOUNT_SID in the environment can't be used: it has 7 characters",
		},
		"malformed account SID in a profile": {
			block{"profile": "dev"},
			nil, profiles(`{"accountSid": "hunter2", "apiKey": "` + key("1") + `", "apiSecret": "hunter2"}`), "profile",
			`Invalid account SID: The value of accountSid in profile "dev" of <file> can't be used: it has 7 characters`,
		},
		"malformed account SID beside a profile": {
			block{"profile": "dev", "account_sid": "hunter2"},
			nil, devProfile, "account_sid",
			"Invalid account SID: The value of account_sid in the provider block can't be used: it has 7 characters",
		},
		"another account beside a profile": {
			block{"profile": "dev", "account_sid": account("2")},
			nil, devProfile, "account_sid",
			`Two accounts: account_sid in the provider block is "` + account("2") +
				`", but accountSid in profile "dev" of <file> is "` + account("1") + `"`,
		},
		"malformed key": {
			block{},
			environment{"TWILIO_API_KEY": "hunter2", "TWILIO_API_SECRET": "hunter2"},
			"", "api_key",
			"Invalid API key SID: The value of TWILIO_API_KEY in the environment",
		},

		"no profiles": {block{"profile": "dev"}, nil, "", "profile", "there is no file <file>"},
		"missing profile": {
			block{"profile": "prod"},
			nil, profiles(`{}`), "profile",
			`The value of profile in the provider block can't be used: <file>: there is no profile "prod". The file has "dev".`,
		},
		"missing profile, by variable": {
			block{},
			environment{"TWILIO_PROFILE": "prod"},
			`{}`, "profile",
			`The value of TWILIO_PROFILE in the environment can't be used: <file>: there is no profile "prod". The file has no profiles`,
		},
		"missing active profile": {
			block{},
			nil, `{"activeProject": "gone", "profiles": {"dev": {}}}`, "",
			`Unable to use the Twilio CLI's active profile: No credentials are set in the provider block or the environment, and the ` +
				`Twilio CLI's active profile can't be used: <file>: there is no profile "gone"`,
		},
		"profiles that are no JSON": {
			block{"profile": "dev"},
			nil, `{"hunter2`, "profile",
			"<file>: it can't be decoded: invalid JSON",
		},
		"profiles of another type": {
			block{"profile": "dev"},
			nil, `{"profiles": ["hunter2"]}`, "profile",
			"it can't be decoded: unexpected JSON array",
		},
		"a profile of another type": {
			block{"profile": "dev"},
			nil, profiles(`"hunter2"`), "profile",
			`profile "dev" can't be decoded: unexpected JSON string`,
		},
		"a profile's number": {
			block{"profile": "dev"},
			nil, profiles(`{"apiSecret": 7654321}`), "profile",
			`apiSecret of profile "dev" can't be decoded: unexpected JSON number`,
		},
		"a profile without credentials": {
			block{"profile": "dev"},
			nil, profiles(`{"accountSid": "AC1"}`), "profile",
			`Incomplete credentials: Neither apiKey nor apiSecret is set in profile "dev" of <file>. Create the profile again`,
		},
		"half a profile": {
			block{"profile": "dev"},
			nil, profiles(`{"apiKey": "` + key("1") + `"}`), "profile",
			`Incomplete credentials: apiKey is set in profile "dev" of <file>, but apiSecret`,
		},
		"a profile's malformed key": {
			block{"profile": "dev"},
			nil, profiles(`{"apiKey": "hunter2", "apiSecret": "hunter2"}`), "profile",
			"Invalid API key SID: The value of apiKey in profile",
		},
		"a profile's malformed region": {
			block{"profile": "dev"},
			nil, profiles(`{"apiKey": "` + key("1") + `", "apiSecret": "hunter2", "region": "IE 1"}`), "profile",
			`Invalid region: The value of region in profile "dev" of <file> can't be used: "IE 1" is not the name of a Twilio region`,
		},

		"malformed region": {
			merged(usable, block{"region": "evil.example/"}), nil, "", "region",
			`Invalid region: The value of region in the provider block can't be used: "evil.example/" is not`,
		},
		"malformed edge": {
			usable,
			environment{"TWILIO_EDGE": "Dublin"},
			"", "edge",
			`Invalid edge: The value of TWILIO_EDGE in the environment can't be used: "Dublin" is not`,
		},
		"region of unknown edge": {
			merged(usable, block{"region": "xx1"}), nil, "", "edge",
			`Missing edge: The API's host is unknown: the edge of region "xx1" is not known (those of us1, ie1, au1,`,
		},
		"two endpoints": {
			merged(usable, block{"base_url": "https://example.com", "region": "ie1"}), nil, "", "region",
			"Two endpoints",
		},
		"base URL in clear": {merged(usable, block{"base_url": "http://example.com"}), nil, "", "base_url", "in clear"},
		"base URL with secret": {
			merged(usable, block{"base_url": "https://me:hunter2@example.com"}), nil, "", "base_url",
			"user name or password",
		},
		"retries not whole": {
			merged(usable, block{"max_retries": 1.5}), nil, "", "max_retries",
			`Invalid max_retries: The value of max_retries in the provider block can't be used: "1.5" is not a whole number, 0 or more.`,
		},
		"retries hardly whole": {
			merged(usable, block{"max_retries": 1.00000000001}), nil, "", "max_retries", `"1.00000000001`,
		},
		"retries beyond counting": {
			merged(usable, block{"max_retries": 1e30}), nil, "", "max_retries",
			`Invalid max_retries: The value of max_retries in the provider block can't be used: a value of 31 characters is not a whole number, 0 or more.`,
		},
		"base URL with a query": {
			merged(usable, block{"base_url": "https://example.com?token=hunter2"}), nil, "", "base_url",
			`"https://example.com?…" has a query`,
		},
		"base URL without scheme": {
			merged(usable, block{"base_url": "me:hunter2@example.com"}), nil, "", "base_url",
			"it is not an absolute http or https URL",
		},
		"base URL in clear, with a query": {
			merged(usable, block{"base_url": "http://example.com?token=hunter2"}), nil, "", "base_url",
			`"http://example.com?…" would send`,
		},
		"a token with a new line": {
			block{"account_sid": account("1"), "auth_token": "hunter2\n"},
			nil, "", "auth_token",
			"The value of auth_token in the provider block can't be used: it begins or ends with white space",
		},
		"a secret with a space": {
			block{},
			environment{"TWILIO_API_KEY": key("1"), "TWILIO_API_SECRET": " hunter2"},
			"", "api_secret",
			"The value of TWILIO_API_SECRET in the environment can't be used: it begins or ends with white space",
		},
		"an account with a space": {
			block{"account_sid": account("1") + " ", "auth_token": "hunter2"},
			nil, "", "account_sid",
			"it begins or ends with white space",
		},
		"a profile's secret with a tab": {
			block{"profile": "dev"},
			nil, profiles(`{"apiKey": "` + key("1") + `", "apiSecret": "hunter2\t"}`), "profile",
			"The value of apiSecret in profile",
		},
		"retries below 0": {
			usable,
			environment{"TWILIO_MAX_RETRIES": "-1"},
			"", "max_retries",
			`The value of TWILIO_MAX_RETRIES in the environment can't be used: "-1"`,
		},
		"a time-out of no length": {
			merged(usable, block{"request_timeout": "0s"}), nil, "", "request_timeout",
			`"0s" is not a duration above 0`,
		},
		"a switch that is neither on nor off": {
			usable,
			environment{"TWILIO_CHECK_REFERENCES": "sometimes"},
			"", "check_references",
			`TWILIO_CHECK_REFERENCES in the environment can't be used: "sometimes" is neither true nor false`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := setEnvironment(t, c.environment, c.profiles)
			call, diags := configure(t, c.block)
			if call != nil {
				t.Errorf("called %s", call.URL)
			}
			text := acctest.Describe(diags)
			if len(diags) != 1 || !strings.Contains(text, strings.ReplaceAll(c.text, "<file>", file)) {
				t.Fatal(text)
			}
			at := ""
			if diags[0].Attribute != nil {
				at = strings.TrimSuffix(strings.TrimPrefix(diags[0].Attribute.String(), `AttributeName("`), `")`)
			}
			if at != c.argument {
				t.Errorf("at %q: %s", at, text)
			}
			if strings.Contains(text, "hunter2") || strings.Contains(text, "7654321") {
				t.Errorf("the error holds a secret: %s", text)
			}
		})
	}
}

var usable = map[string]any{"api_key": "SK00000000000000000000000000000000", "api_secret": "hunter2"}

// terraform validate refuses numbers of retries that can't be, and takes those that are not known.
func TestValidate_maxRetries(t *testing.T) {
	p := acctest.NewProtocol(t)
	for value, want := range map[any]string{
		3: "", tftypes.UnknownValue: "", 2.5: "2.5 is not a whole number", -1: "-1 is out of range", 1e15: "1000000000000000 is out of range",
	} {
		config := p.Value(p.Schemas.Provider, map[string]any{"max_retries": value})
		resp, err := p.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: &config})
		if err != nil {
			t.Fatal(err)
		}
		if text := acctest.Describe(resp.Diagnostics); (text == "") != (want == "") || !strings.Contains(text, want) {
			t.Errorf("%v: %s", value, text)
		}
	}
}
