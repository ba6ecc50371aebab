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
	"TWILIO_BASE_URL", "TWILIO_MAX_RETRIES", "TWILIO_REQUEST_TIMEOUT",
}

// setEnvironment sets the variables given and no others, and a home directory with the profiles of the Twilio CLI, if any.
// It returns the file where those are looked for.
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

// recorder answers every call with 401, and keeps it.
type recorder struct{ calls []*http.Request }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.calls = append(r.calls, req)
	return &http.Response{
		StatusCode: http.StatusUnauthorized, Header: http.Header{}, Request: req,
		Body: io.NopCloser(strings.NewReader(`{"code": 20003, "message": "Authenticate", "status": 401}`)),
	}, nil
}

// configure configures a provider with a provider block and lets it read a flow. It returns the call that was made, nil for none,
// and all diagnostics.
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
			"eight": map[string]any{"accountSid": account("8"), "apiKey": key("8"), "apiSecret": "secret8", "region": "au1", "edge": nil}, // the edge of all
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

// Where credentials and the host come from, in the order of precedence.
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
		"account in the block":     {accountBlock, nil, account("1"), "token1", host, "account_sid and auth_token in the provider block"},
		"key in the block":         {keyBlock, nil, key("2"), "secret2", host, "api_key and api_secret in the provider block"},
		"key beside its account":   {merged(keyBlock, map[string]any{"account_sid": account("2")}), nil, key("2"), "secret2", host, "api_key and api_secret in the provider block"},
		"profile in the block":     {profileBlock, nil, key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", `apiKey and apiSecret in profile "nine" of PROFILES`},
		"account in the variables": {none, accountVariables, account("3"), "token3", host, "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment"},
		"key in the variables":     {none, keyVariables, key("4"), "secret4", host, "TWILIO_API_KEY and TWILIO_API_SECRET in the environment"},
		"key and account in the variables": {
			none, merged(keyVariables, map[string]string{"TWILIO_ACCOUNT_SID": account("4")}), key("4"), "secret4", host, "TWILIO_API_KEY and TWILIO_API_SECRET in the environment",
		},
		"profile in the variables": {none, profileVariable, key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", `profile "nine" of PROFILES`},
		"the active profile":       {none, nil, key("8"), "secret8", "flex-api.singapore.au1.twilio.com", `profile "eight" of PROFILES`},

		"block before variables":              {accountBlock, keyVariables, account("1"), "token1", host, "the provider block"},
		"block before the profile's variable": {keyBlock, profileVariable, key("2"), "secret2", host, "the provider block"},
		"the block's profile before variables": {
			profileBlock, accountVariables, key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", `profile "nine" of PROFILES`,
		},
		"variables before the active profile": {none, keyVariables, key("4"), "secret4", host, "the environment"},

		"region":                 {merged(accountBlock, map[string]any{"region": "ie1"}), nil, account("1"), "token1", "flex-api.dublin.ie1.twilio.com", ""},
		"region us1":             {merged(accountBlock, map[string]any{"region": "us1"}), nil, account("1"), "token1", "flex-api.ashburn.us1.twilio.com", ""},
		"edge":                   {merged(accountBlock, map[string]any{"edge": "tokyo"}), nil, account("1"), "token1", "flex-api.tokyo.us1.twilio.com", ""},
		"region and edge":        {merged(accountBlock, map[string]any{"region": "au1", "edge": "tokyo"}), nil, account("1"), "token1", "flex-api.tokyo.au1.twilio.com", ""},
		"new region and edge":    {merged(accountBlock, map[string]any{"region": "xx1", "edge": "tokyo"}), nil, account("1"), "token1", "flex-api.tokyo.xx1.twilio.com", ""},
		"region in the variable": {none, merged(accountVariables, map[string]string{"TWILIO_REGION": "au1"}), account("3"), "token3", "flex-api.sydney.au1.twilio.com", ""},
		"edge in the variable":   {none, merged(accountVariables, map[string]string{"TWILIO_EDGE": "dublin"}), account("3"), "token3", "flex-api.dublin.us1.twilio.com", ""},
		"region of the block, edge of the variable": {
			merged(accountBlock, map[string]any{"region": "ie1"}), map[string]string{"TWILIO_EDGE": "tokyo", "TWILIO_REGION": "au1"}, account("1"), "token1", "flex-api.tokyo.ie1.twilio.com", "",
		},
		"a region before the profile's": {
			merged(profileBlock, map[string]any{"region": "us1"}), nil, key("9"), "secret9", "flex-api.frankfurt.us1.twilio.com", "",
		},
		"a region and an edge of the block's profile before variables": {
			profileBlock, map[string]string{"TWILIO_EDGE": "tokyo", "TWILIO_REGION": "us1"}, key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", "",
		},
		"variables before the region and edge of their profile": {
			none, merged(profileVariable, map[string]string{"TWILIO_EDGE": "tokyo", "TWILIO_REGION": "us1"}), key("9"), "secret9", "flex-api.tokyo.us1.twilio.com", "",
		},
		"an account beside a profile": {
			none, merged(profileVariable, map[string]string{"TWILIO_ACCOUNT_SID": account("9")}), key("9"), "secret9", "flex-api.frankfurt.ie1.twilio.com", "",
		},
		"another region alone":                       {merged(accountBlock, map[string]any{"region": "de1"}), nil, account("1"), "token1", "flex-api.frankfurt.de1.twilio.com", ""},
		"a profile that is not used gives no region": {accountBlock, profileVariable, account("1"), "token1", host, ""},

		"base URL": {merged(keyBlock, map[string]any{"base_url": "https://proxy.example/twilio"}), nil, key("2"), "secret2", "proxy.example", ""},
		"base URL before the region's variables": {
			merged(keyBlock, map[string]any{"base_url": "http://127.0.0.1:9"}), map[string]string{"TWILIO_REGION": "Not a region"}, key("2"), "secret2", "127.0.0.1:9", "",
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
				t.Errorf("authorised as %q with %q", username, password)
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

// What can't be used is refused before any call, at the argument that is wrong.
func TestConfiguration_invalid(t *testing.T) {
	type block = map[string]any
	type environment = map[string]string
	profiles := func(of string) string { return `{"profiles": {"dev": ` + of + `}}` }
	for name, c := range map[string]struct {
		block       block
		environment environment
		profiles    string
		argument    string
		text        string
	}{
		"nothing":              {block{}, nil, "", "", "Missing credentials: The provider needs credentials"},
		"no active profile":    {block{}, nil, profiles(`{}`), "", "none is active"},
		"no token":             {block{"account_sid": account("1")}, nil, "", "account_sid", "Incomplete credentials: account_sid is set in the provider block, but auth_token"},
		"no account":           {block{"auth_token": "hunter2"}, nil, "", "auth_token", "Incomplete credentials: auth_token is set"},
		"no secret":            {block{}, environment{"TWILIO_API_KEY": key("1")}, "", "api_key", "Incomplete credentials: TWILIO_API_KEY is set in the environment, but TWILIO_API_SECRET"},
		"no key":               {block{"api_secret": "hunter2"}, nil, "", "api_secret", "Incomplete credentials: api_secret is set"},
		"halves in two places": {block{"account_sid": account("1")}, environment{"TWILIO_AUTH_TOKEN": "hunter2"}, "", "account_sid", "Incomplete credentials"},
		"two pairs":            {block{"auth_token": "hunter2", "api_key": key("1")}, nil, "", "auth_token", "Two sets of credentials: Both an auth token (auth_token) and an API key (api_key)"},
		"two pairs in the environment": {
			block{},
			environment{"TWILIO_AUTH_TOKEN": "hunter2", "TWILIO_API_KEY": key("1"), "TWILIO_API_SECRET": "hunter2"},
			"", "auth_token",
			"(TWILIO_AUTH_TOKEN) and an API key (TWILIO_API_KEY, TWILIO_API_SECRET) are set in the environment",
		},
		"a pair and a profile": {
			block{"api_key": key("1"), "api_secret": "hunter2", "profile": "dev"}, nil, "", "profile", "Two sets of credentials: Both a profile (profile) and credentials (api_key, api_secret)",
		},
		"a pair and a profile in the environment": {
			block{}, environment{"TWILIO_PROFILE": "dev", "TWILIO_ACCOUNT_SID": account("1"), "TWILIO_AUTH_TOKEN": "hunter2"}, "", "profile", "(TWILIO_AUTH_TOKEN)",
		},
		"malformed account SID": {block{"account_sid": "hunter2", "auth_token": "hunter2"}, nil, "", "account_sid", "Invalid account SID: The value of account_sid in the provider block can't be used: it has 7 characters"},
		"malformed key":         {block{}, environment{"TWILIO_API_KEY": "hunter2", "TWILIO_API_SECRET": "hunter2"}, "", "api_key", "Invalid API key SID: The value of TWILIO_API_KEY in the environment"},

		"no profiles":                   {block{"profile": "dev"}, nil, "", "profile", "there is no file <file>"},
		"missing profile":               {block{"profile": "prod"}, nil, profiles(`{}`), "profile", `The value of profile in the provider block can't be used: <file>, where the Twilio CLI keeps its profiles: there is no profile "prod". It holds "dev".`},
		"missing profile, by variable":  {block{}, environment{"TWILIO_PROFILE": "prod"}, `{}`, "profile", `The value of TWILIO_PROFILE in the environment can't be used: <file>, where the Twilio CLI keeps its profiles: there is no profile "prod". It holds none`},
		"missing active profile":        {block{}, nil, `{"activeProject": "gone", "profiles": {"dev": {}}}`, "", `Unable to use the Twilio CLI's active profile: No credentials are set in the provider block or the environment, and the Twilio CLI's active profile can't be used: <file>, where the Twilio CLI keeps its profiles: there is no profile "gone"`},
		"profiles that are no JSON":     {block{"profile": "dev"}, nil, `{"hunter2`, "profile", "<file>, where the Twilio CLI keeps its profiles: the file can't be understood: it is not valid JSON"},
		"profiles of another type":      {block{"profile": "dev"}, nil, `{"profiles": ["hunter2"]}`, "profile", "a JSON array stands where none is expected"},
		"a profile of another type":     {block{"profile": "dev"}, nil, profiles(`"hunter2"`), "profile", `profile "dev" can't be understood: a JSON string stands where none is expected`},
		"a profile's number":            {block{"profile": "dev"}, nil, profiles(`{"apiSecret": 7654321}`), "profile", `apiSecret of profile "dev" can't be understood: a JSON number stands`},
		"a profile without credentials": {block{"profile": "dev"}, nil, profiles(`{"accountSid": "AC1"}`), "profile", `Incomplete credentials: There is neither apiKey nor apiSecret in profile "dev" of <file>. Make the profile anew`},
		"half a profile":                {block{"profile": "dev"}, nil, profiles(`{"apiKey": "` + key("1") + `"}`), "profile", `Incomplete credentials: apiKey is set in profile "dev" of <file>, but apiSecret`},
		"a profile's malformed key":     {block{"profile": "dev"}, nil, profiles(`{"apiKey": "hunter2", "apiSecret": "hunter2"}`), "profile", "Invalid API key SID: The value of apiKey in profile"},
		"a profile's malformed region":  {block{"profile": "dev"}, nil, profiles(`{"apiKey": "` + key("1") + `", "apiSecret": "hunter2", "region": "IE 1"}`), "profile", `Invalid region: The value of region in profile "dev" of <file> can't be used: "IE 1" is not the name of a Twilio region`},

		"malformed region":                {merged(usable, block{"region": "evil.example/"}), nil, "", "region", `Invalid region: The value of region in the provider block can't be used: "evil.example/" is not`},
		"malformed edge":                  {usable, environment{"TWILIO_EDGE": "Dublin"}, "", "edge", `Invalid edge: The value of TWILIO_EDGE in the environment can't be used: "Dublin" is not`},
		"region of unknown edge":          {merged(usable, block{"region": "xx1"}), nil, "", "edge", `Missing edge: The API's host can't be told: the edge of region "xx1" is not known (those of us1, ie1, au1,`},
		"two endpoints":                   {merged(usable, block{"base_url": "https://example.com", "region": "ie1"}), nil, "", "region", "Two endpoints"},
		"base URL in clear":               {merged(usable, block{"base_url": "http://example.com"}), nil, "", "base_url", "in clear"},
		"base URL with secret":            {merged(usable, block{"base_url": "https://me:hunter2@example.com"}), nil, "", "base_url", "user name or password"},
		"retries not whole":               {merged(usable, block{"max_retries": 1.5}), nil, "", "max_retries", "Not a whole number: The value of max_retries can't be used: 1.5 is not a whole number. Set it to one."},
		"retries beyond counting":         {merged(usable, block{"max_retries": 1e30}), nil, "", "max_retries", "Number out of range: The value of max_retries can't be used: 1e+30 is out of range."},
		"base URL with a query":           {merged(usable, block{"base_url": "https://example.com?token=hunter2"}), nil, "", "base_url", `"https://example.com?…" has a query`},
		"base URL without scheme":         {merged(usable, block{"base_url": "me:hunter2@example.com"}), nil, "", "base_url", "it is not an absolute http or https URL"},
		"base URL in clear, with a query": {merged(usable, block{"base_url": "http://example.com?token=hunter2"}), nil, "", "base_url", `"http://example.com?…" would send`},
		"a token with a new line":         {block{"account_sid": account("1"), "auth_token": "hunter2\n"}, nil, "", "auth_token", "The value of auth_token in the provider block can't be used: it begins or ends with white space"},
		"a secret with a space":           {block{}, environment{"TWILIO_API_KEY": key("1"), "TWILIO_API_SECRET": " hunter2"}, "", "api_secret", "The value of TWILIO_API_SECRET in the environment can't be used: it begins or ends with white space"},
		"an account with a space":         {block{"account_sid": account("1") + " ", "auth_token": "hunter2"}, nil, "", "account_sid", "it begins or ends with white space"},
		"a profile's secret with a tab":   {block{"profile": "dev"}, nil, profiles(`{"apiKey": "` + key("1") + `", "apiSecret": "hunter2\t"}`), "profile", "The value of apiSecret in profile"},
		"retries below 0":                 {usable, environment{"TWILIO_MAX_RETRIES": "-1"}, "", "max_retries", `The value of TWILIO_MAX_RETRIES in the environment can't be used: "-1"`},
		"a time-out of no length":         {merged(usable, block{"request_timeout": "0s"}), nil, "", "request_timeout", `"0s" is not a duration above 0`},
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
