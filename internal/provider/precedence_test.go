package provider_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// Credentials of different accounts, so that a mix of two would show.
var (
	account = func(digit string) string { return "AC" + strings.Repeat(digit, 32) }
	key     = func(digit string) string { return "SK" + strings.Repeat(digit, 32) }
)

// variables are the environment variables that the provider reads.
var variables = []string{
	"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_PROFILE", "TWILIO_REGION", "TWILIO_EDGE",
	"TWILIO_BASE_URL", "TWILIO_MAX_RETRIES", "TWILIO_REQUEST_TIMEOUT", "TWILIO_SHARED_READS", "TWILIO_CHECK_REFERENCES",
	"TWILIO_CONFIG_DIR",
}

// setEnvironment sets the given variables and no others, and a home directory with the Twilio CLI's profiles, if any. It returns the
// file that contains them.
func setEnvironment(t *testing.T, set map[string]string, profiles string) string {
	t.Helper()
	for _, name := range variables {
		t.Setenv(name, set[name])
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home) // on Windows
	file := filepath.Join(home, ".twilio-cli", "config.json")
	if profiles != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(profiles), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// recorder responds to every request with 401, and records it.
type recorder struct{ calls []*http.Request }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.calls = append(r.calls, req)
	return &http.Response{
		StatusCode: http.StatusUnauthorized, Header: http.Header{}, Request: req,
		Body: io.NopCloser(strings.NewReader(`{"code": 20003, "message": "Authenticate", "status": 401}`)),
	}, nil
}

// configure configures a provider and reads a flow. It returns the request that was sent, nil if there was none, and all
// diagnostics.
func configure(t *testing.T, block map[string]any) (*http.Request, []*tfprotov6.Diagnostic) {
	t.Helper()
	calls := &recorder{}
	p := acctest.NewProtocol(t, provider.WithTransport(calls))
	diags := p.Configure(block)
	const flowSID = "FO00000000000000000000000000000000"
	if len(diags) == 0 {
		state := p.Value(p.Schemas.ResourceSchemas["twilio_flex_flow"], map[string]any{"id": flowSID, "sid": flowSID})
		resp, err := p.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{TypeName: "twilio_flex_flow", CurrentState: &state})
		if err != nil {
			t.Fatal(err)
		}
		diags = resp.Diagnostics
	}
	if len(calls.calls) == 0 {
		return nil, diags
	}
	return calls.calls[0], diags
}

// cliProfiles are profiles of the Twilio CLI: "eight", which is active, in a region, and "nine", with an edge too.
func cliProfiles(t *testing.T) string {
	t.Helper()
	content, err := json.Marshal(map[string]any{
		"email": map[string]any{}, "prompts": map[string]any{}, "activeProject": "eight", "edge": "singapore",
		"profiles": map[string]any{
			// without an edge of its own: the edge of all profiles
			"eight": map[string]any{"accountSid": account("8"), "apiKey": key("8"), "apiSecret": "secret8", "region": "au1", "edge": nil},
			"nine":  map[string]any{"accountSid": account("9"), "apiKey": key("9"), "apiSecret": "secret9", "region": "ie1", "edge": "frankfurt"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func merged[V any](all ...map[string]V) map[string]V {
	sum := map[string]V{}
	for _, m := range all {
		maps.Copy(sum, m)
	}
	return sum
}

// Sources of the credentials and the host, by precedence.
func TestPrecedence(t *testing.T) {
	accountBlock := map[string]any{"account_sid": account("1"), "auth_token": "token1"}
	keyBlock := map[string]any{"api_key": key("2"), "api_secret": "secret2"}
	profileBlock := map[string]any{"profile": "nine"}
	accountVariables := map[string]string{"TWILIO_ACCOUNT_SID": account("3"), "TWILIO_AUTH_TOKEN": "token3"}
	keyVariables := map[string]string{"TWILIO_API_KEY": key("4"), "TWILIO_API_SECRET": "secret4"}
	profileVariable := map[string]string{"TWILIO_PROFILE": "nine"}
	none := map[string]any{}
	const host = "flex-api.twilio.com"
	for name, c := range map[string]struct {
		block                    map[string]any
		environment              map[string]string
		username, password, host string
		// source is what an error about the credentials says of them; PROFILES stands for the profiles' file.
		source string
	}{
		"account in the block": {accountBlock, nil, account("1"), "token1", host, "account_sid and auth_token in the provider block"},
		"key in the block":     {keyBlock, nil, key("2"), "secret2", host, "api_key and api_secret in the provider block"},
		"key beside its account": {
			merged(keyBlock, map[string]any{"account_sid": account("2")}), nil,
			key("2"), "secret2", host, "api_key and api_secret in the provider block",
		},
		"profile in the block": {
			profileBlock, nil,
			key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", `apiKey and apiSecret in profile "nine" of PROFILES`,
		},
		"account in the variables": {
			none, accountVariables,
			account("3"), "token3", host, "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment",
		},
		"key in the variables": {none, keyVariables, key("4"), "secret4", host, "TWILIO_API_KEY and TWILIO_API_SECRET in the environment"},
		"key and account in the variables": {
			none, merged(keyVariables, map[string]string{"TWILIO_ACCOUNT_SID": account("4")}),
			key("4"), "secret4", host, "TWILIO_API_KEY and TWILIO_API_SECRET in the environment",
		},
		"profile in the variables": {
			none, profileVariable,
			key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", `profile "nine" of PROFILES`,
		},
		"the active profile": {none, nil, key("8"), "secret8", "flex-api.singapore.au1.twilio.com", `profile "eight" of PROFILES`},

		"block before variables":              {accountBlock, keyVariables, account("1"), "token1", host, "the provider block"},
		"block before the profile's variable": {keyBlock, profileVariable, key("2"), "secret2", host, "the provider block"},
		"the block's profile before variables": {
			profileBlock, accountVariables, key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", `profile "nine" of PROFILES`,
		},
		"variables before the active profile": {none, keyVariables, key("4"), "secret4", host, "the environment"},

		"region": {
			merged(accountBlock, map[string]any{"region": "ie1"}), nil,
			account("1"), "token1", "flex-api.dublin.ie1.twilio.com", "",
		},
		"region us1": {
			merged(accountBlock, map[string]any{"region": "us1"}), nil,
			account("1"), "token1", "flex-api.ashburn.us1.twilio.com", "",
		},
		"edge": {
			merged(accountBlock, map[string]any{"edge": "tokyo"}), nil,
			account("1"), "token1", "flex-api.tokyo.us1.twilio.com", "",
		},
		"region and edge": {
			merged(accountBlock, map[string]any{"region": "au1", "edge": "tokyo"}), nil,
			account("1"), "token1", "flex-api.tokyo.au1.twilio.com", "",
		},
		"new region and edge": {
			merged(accountBlock, map[string]any{"region": "xx1", "edge": "tokyo"}), nil,
			account("1"), "token1", "flex-api.tokyo.xx1.twilio.com", "",
		},
		"region in the variable": {
			none, merged(accountVariables, map[string]string{"TWILIO_REGION": "au1"}),
			account("3"), "token3", "flex-api.sydney.au1.twilio.com", "",
		},
		"edge in the variable": {
			none, merged(accountVariables, map[string]string{"TWILIO_EDGE": "dublin"}),
			account("3"), "token3", "flex-api.dublin.us1.twilio.com", "",
		},
		"region of the block, edge of the variable": {
			merged(accountBlock, map[string]any{"region": "ie1"}),
			map[string]string{"TWILIO_EDGE": "tokyo", "TWILIO_REGION": "au1"},
			account("1"), "token1", "flex-api.tokyo.ie1.twilio.com", "",
		},
		"a region before the profile's": {
			merged(profileBlock, map[string]any{"region": "us1"}), nil, key("9"), "secret9", "flex-api.frankfurt.us1.twilio.com", "",
		},
		"a region and an edge of the block's profile before variables": {
			profileBlock,
			map[string]string{"TWILIO_EDGE": "tokyo", "TWILIO_REGION": "us1"},
			key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", "",
		},
		"variables before the region and edge of their profile": {
			none, merged(profileVariable, map[string]string{"TWILIO_EDGE": "tokyo", "TWILIO_REGION": "us1"}),
			key("9"), "secret9", "flex-api.tokyo.us1.twilio.com", "",
		},
		"an account beside a profile": {
			none, merged(profileVariable, map[string]string{"TWILIO_ACCOUNT_SID": account("9")}),
			key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", "",
		},
		"another region alone": {
			merged(accountBlock, map[string]any{"region": "de1"}), nil,
			account("1"), "token1", "flex-api.frankfurt.de1.twilio.com", "",
		},
		"a profile that is not used gives no region": {accountBlock, profileVariable, account("1"), "token1", host, ""},

		"base URL": {merged(keyBlock, map[string]any{"base_url": "https://proxy.example/twilio"}), nil, key("2"), "secret2", "proxy.example", ""},
		"base URL before the region's variables": {
			merged(keyBlock, map[string]any{"base_url": "http://127.0.0.1:9"}),
			map[string]string{"TWILIO_REGION": "Not a region"},
			key("2"), "secret2", "127.0.0.1:9", "",
		},
		"base URL's variable before the profile's region": {
			profileBlock, map[string]string{"TWILIO_BASE_URL": "http://127.0.0.1:9"}, key("9"), "secret9", "127.0.0.1:9", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := setEnvironment(t, c.environment, cliProfiles(t))
			call, diags := configure(t, c.block)
			if call == nil {
				t.Fatal(acctest.Describe(diags))
			}
			if username, password, ok := call.BasicAuth(); !ok || username != c.username || password != c.password {
				t.Errorf("authenticated as %q with %q", username, password)
			}
			if call.URL.Host != c.host {
				t.Errorf("called %s", call.URL.Host)
			}
			text := acctest.Describe(diags)
			for _, want := range []string{strings.ReplaceAll(c.source, "PROFILES", file), c.host, "code 20003"} {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
			if hint := strings.Contains(text, "They belong to one region"); hint != strings.HasSuffix(c.host, ".twilio.com") {
				t.Errorf("hints at regions: %t, in %s", hint, text)
			}
			if strings.Contains(text, c.password) {
				t.Errorf("the error holds the secret: %s", text)
			}
		})
	}
}

// The Twilio CLI's configuration file is found and decoded as the Twilio CLI does.
func TestProfileFile(t *testing.T) {
	for name, c := range map[string]struct {
		edit  func(profiles string) string
		moved bool
		block map[string]any
		want  string
	}{
		"a byte order mark": {func(p string) string { return "\ufeff" + p }, false, map[string]any{}, key("8")},
		"TWILIO_CONFIG_DIR": {func(p string) string { return p }, true, map[string]any{}, key("8")},
		"a profile that has to be named and is": {
			func(p string) string { return strings.Replace(p, "{", `{"requireProfileInput": true, `, 1) }, false,
			map[string]any{"profile": "nine"},
			key("9"),
		},
		"a profile that need not be named": {
			func(p string) string { return strings.Replace(p, "{", `{"requireProfileInput": false, `, 1) }, false, map[string]any{}, key("8"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := setEnvironment(t, nil, c.edit(cliProfiles(t)))
			if c.moved {
				t.Setenv("TWILIO_CONFIG_DIR", filepath.Dir(file))
				t.Setenv("HOME", t.TempDir())
				t.Setenv("USERPROFILE", os.Getenv("HOME"))
			}
			call, diags := configure(t, c.block)
			if call == nil {
				t.Fatal(acctest.Describe(diags))
			}
			if username, _, _ := call.BasicAuth(); username != c.want {
				t.Errorf("authenticated as %q", username)
			}
		})
	}
}
