package twilio_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

const flowSID = "FO00000000000000000000000000000000"

// flows are the kind of resource that most tests are about.
var flows = twilio.Kind{
	SID: sid.FlexFlow, Host: "flex-api", Path: "/v1/FlexFlows", ListKey: "flex_flows", PageSize: 1000, Filter: "FriendlyName", FilterKey: "friendly_name",
	Distinguishing: []string{"FriendlyName", "ChatServiceSid", "ChannelType", "ContactIdentity"},
}

// newClient returns a client for flows.
func newClient(config twilio.Config) (*twilio.Client, error) {
	account, err := twilio.New(config)
	if err != nil {
		return nil, err
	}
	return account.Client(flows), nil
}

// nameOf is the name of a flow, empty where it has none.
func nameOf(flow *twilio.Object) string {
	if name := flow.Text("friendly_name"); name != nil {
		return *name
	}
	return ""
}

var (
	username = "AC" + strings.Repeat("a", 32)
	password = "a-very-secret-token"
	source   = "a test"
)

// serve starts a server that answers every call with handler, and returns a client for it.
func serve(t *testing.T, handler http.HandlerFunc) *twilio.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client, err := newClient(twilio.Config{
		BaseURL: server.URL, Source: source, Username: username, Password: password, UserAgent: "test/1", PropagationTime: 100 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// answer is a handler that gives one answer.
func answer(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Twilio-Request-Id", "RQ1")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// createFlow creates a flow, and reports whether it was adopted.
func createFlow(ctx context.Context, client *twilio.Client, creation twilio.Creation) (flow *twilio.Object, adopted bool, err error) {
	created, err := client.Create(ctx, creation)
	if created == nil {
		return nil, false, err
	}
	return created.Object, created.Adopted, err
}

// create creates a flow that no other could be taken for.
func create(ctx context.Context, client *twilio.Client, params url.Values) (*twilio.Object, error) {
	flow, _, err := createFlow(ctx, client, twilio.Creation{Params: params, Compare: func(*twilio.Object) compare.Outcome { return compare.Different }})
	return flow, err
}

func TestOperations(t *testing.T) {
	calls := map[string]struct {
		call               func(context.Context, *twilio.Client) error
		method, path, form string
	}{
		"create": {
			func(ctx context.Context, c *twilio.Client) error {
				_, err := create(ctx, c, url.Values{"FriendlyName": {"a b"}, "Integration.Timeout": {"0"}, "Events": {"b", "a"}})
				return err
			},
			"POST", "/v1/FlexFlows", "Events=b&Events=a&FriendlyName=a+b&Integration.Timeout=0",
		},
		"fetch": {
			func(ctx context.Context, c *twilio.Client) error { _, err := c.Fetch(ctx, flowSID); return err },
			"GET", "/v1/FlexFlows/" + flowSID, "",
		},
		"update": {
			func(ctx context.Context, c *twilio.Client) error {
				_, err := c.Update(ctx, flowSID, url.Values{"ContactIdentity": {""}})
				return err
			},
			"POST", "/v1/FlexFlows/" + flowSID, "ContactIdentity=",
		},
		"delete": {
			func(ctx context.Context, c *twilio.Client) error { return c.Delete(ctx, flowSID) },
			"DELETE", "/v1/FlexFlows/" + flowSID, "",
		},
	}
	for name, c := range calls {
		t.Run(name, func(t *testing.T) {
			var got *http.Request
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if err := r.ParseForm(); err != nil {
					t.Error(err)
				}
				got = r
				answer(200, "application/json", `{"sid": "`+flowSID+`"}`)(w, r)
			})
			if err := c.call(t.Context(), client); err != nil {
				t.Fatal(err)
			}
			if got.Method != c.method || got.URL.Path != c.path || got.PostForm.Encode() != c.form {
				t.Errorf("sent %s %s with %q", got.Method, got.URL, got.PostForm.Encode())
			}
			if user, pass, _ := got.BasicAuth(); user != username || pass != password {
				t.Errorf("authorised as %s:%s", user, pass)
			}
			if got.UserAgent() != "test/1" || got.Header.Get("Accept") != "application/json" {
				t.Errorf("unexpected headers: %v", got.Header)
			}
		})
	}
}

// A SID that is none never becomes part of a path.
func TestMalformedSID(t *testing.T) {
	client := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a call was made") })
	for _, sid := range []string{"", "FO1", "../Accounts", flowSID + "/x", flowSID + "?a=b", strings.Replace(flowSID, "FO", "AC", 1)} {
		_, fetched := client.Fetch(t.Context(), sid)
		_, updated := client.Update(t.Context(), sid, url.Values{})
		for _, err := range []error{fetched, updated, client.Delete(t.Context(), sid)} {
			if err == nil || !strings.Contains(err.Error(), "is not a Flex Flow SID") {
				t.Errorf("%q: %v", sid, err)
			}
		}
	}
}

func TestErrorAnswers(t *testing.T) {
	long := strings.Repeat("ü", 400)
	cases := map[string]struct {
		status int
		body   string
		want   twilio.APIError
		text   string
	}{
		"the API's form": {
			404, `{"code": 20404, "message": "not there", "more_info": "https://x.test/20404", "status": 404, "details": {"a": 1}}`,
			twilio.APIError{Code: 20404, Message: "not there", MoreInfo: "https://x.test/20404", Details: `{"a": 1}`},
			"was answered with 404 Not Found, code 20404: not there (request RQ1)",
		},
		"fields of unexpected types": {
			400, `{"code": "20001", "message": 7, "more_info": {}, "details": null}`, twilio.APIError{Code: 20001, Message: "7"}, "400 Bad Request, code 20001: 7",
		},
		"fields that can't be read": {400, `{"code": [], "message": null}`, twilio.APIError{Body: `{"code": [], "message": null}`}, "400 Bad Request: "},
		"another JSON object":       {403, `{"error": "forbidden by policy"}`, twilio.APIError{Body: `{"error": "forbidden by policy"}`}, "forbidden by policy"},
		"RFC 9457": {
			400, `{"type": "https://x.test/1", "title": "Bad Request", "status": 400, "code": 20001, "detail": "2 problems", "errors": [{"detail": "too long", "pointer": "#/FriendlyName"}, {}]}`,
			twilio.APIError{Code: 20001, Message: "Bad Request: 2 problems", MoreInfo: "https://x.test/1", Problems: []twilio.Problem{{Detail: "too long", Pointer: "#/FriendlyName"}, {}}},
			"code 20001: Bad Request: 2 problems; #/FriendlyName too long",
		},
		"RFC 9457 of what is not there": {404, `{"title": "Not Found", "code": 20404}`, twilio.APIError{Code: 20404, Message: "Not Found"}, "code 20404: Not Found"},
		"repeats a URL with a password": {
			400, `{"code": 1, "message": "Url https://me:hunter2@example.com/a?token=hunter2 is not reachable", "details": {"url": "http://me:hunter2@example.com"}}`,
			twilio.APIError{Code: 1, Message: "Url https://…@example.com/a?… is not reachable", Details: `{"url": "http://…@example.com"}`},
			"https://…@example.com/a?…",
		},
		"a page that repeats a URL": {
			502, "<p>https://me:hunter2@example.com/</p>", twilio.APIError{Body: "<p>https://…@example.com/</p>"}, "<p>https://…@example.com/</p>",
		},
		"HTML":               {502, "<html>\n  bad gateway</html>", twilio.APIError{Body: "<html> bad gateway</html>"}, `502 Bad Gateway: "<html> bad gateway</html>"`},
		"long":               {500, long, twilio.APIError{Body: long[:300] + "…"}, "500"},
		"not UTF-8":          {500, "a\xff", twilio.APIError{Body: "a\uFFFD"}, "500"},
		"empty":              {599, "", twilio.APIError{}, "was answered with 599 (request RQ1)"},
		"a JSON array":       {500, "[]", twilio.APIError{Body: "[]"}, "500"},
		"repeats the secret": {401, `{"message": "no ` + password + `"}`, twilio.APIError{Message: "no ***"}, "no ***"},
		"repeats the secret in a page": {
			401, "<p>" + base64.StdEncoding.EncodeToString([]byte(username+":"+password)), twilio.APIError{Body: "<p>***"}, "***",
		},
		"redirect": {302, "", twilio.APIError{}, "302 Found"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			client := serve(t, answer(c.status, "text/plain", c.body))
			_, err := client.Fetch(t.Context(), flowSID)
			var got *twilio.APIError
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			c.want.Method, c.want.Path, c.want.Status, c.want.RequestID = "GET", "/v1/FlexFlows/"+flowSID, c.status, "RQ1"
			if !strings.HasPrefix(got.Host, "127.0.0.1:") || got.Source != source {
				t.Errorf("called %q with credentials from %q", got.Host, got.Source)
			}
			got.Tries, got.Host, got.Source = twilio.Tries{}, "", ""
			if !reflect.DeepEqual(*got, c.want) {
				t.Errorf("got  %+v\nwant %+v", *got, c.want)
			}
			if !strings.Contains(err.Error(), c.text) {
				t.Errorf("%q does not say %q", err, c.text)
			}
			if twilio.IsNotFound(err) != (c.status == 404) {
				t.Error("IsNotFound is wrong")
			}
		})
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	defer elsewhere.Close()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	})
	if err := client.Delete(t.Context(), flowSID); err == nil {
		t.Error("a redirect passed for a success")
	}
}

func TestNoAnswer(t *testing.T) {
	client := serve(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	_, err := create(t.Context(), client, url.Values{})
	var call *twilio.RequestError
	if !errors.As(err, &call) || call.Method != "POST" || call.Path != "/v1/FlexFlows" || call.Unwrap() == nil {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(err.Error(), "POST /v1/FlexFlows failed") || strings.Contains(err.Error(), "http://") {
		t.Errorf("unexpected text: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client.Fetch(ctx, flowSID)
	var failed *twilio.RequestError
	if !errors.As(err, &failed) || !errors.Is(failed.Tries.Stopped, context.Canceled) || strings.Contains(err.Error(), "context") {
		t.Errorf("got %v", err)
	}
}

func TestTooLargeAnswer(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		page := bytes.Repeat([]byte(" "), 1<<20)
		for range 30 {
			if _, err := w.Write(page); err != nil {
				return
			}
		}
	})
	if _, err := client.Fetch(t.Context(), flowSID); err == nil || !strings.Contains(err.Error(), "larger than the 16 MiB limit") {
		t.Errorf("got %v", err)
	}
}

// An answer that can't be understood is shown without a credential, also where it is cut.
func TestUnreadableAnswerHoldsNoCredential(t *testing.T) {
	for name, body := range map[string]string{
		"a page": "<p>" + strings.Repeat("x", 290) + password, "a text": `"` + password + `"`, "an object": `{"headers": "` + password + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, answer(200, "text/html", body))
			_, read := client.Fetch(t.Context(), flowSID)
			_, created := create(t.Context(), client, url.Values{})
			text := fmt.Sprint(read, created)
			if !strings.Contains(text, "***") || strings.Contains(text, password[:5]) {
				t.Error(text)
			}
		})
	}
}

// Each call is logged with what was asked and what came of it, and without a credential, wherever one may turn up.
func TestLog(t *testing.T) {
	secret := base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
	client := serve(t, answer(404, "application/json", `{"message": "`+password+" "+secret+`"}`))
	var log bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &log)
	_, _ = client.Fetch(ctx, flowSID)
	entries, err := tflogtest.MultilineJSONDecode(&log)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for name, want := range map[string]any{"method": "GET", "path": "/v1/FlexFlows/" + flowSID, "status": 404.0, "request_id": "RQ1"} {
		if entries[0][name] != want {
			t.Errorf("%s is %v, expected %v", name, entries[0][name], want)
		}
	}
	if _, ok := entries[0]["duration_ms"].(float64); !ok {
		t.Error("no duration")
	}
	if strings.Contains(log.String(), password) || strings.Contains(log.String(), secret) {
		t.Error("the log holds a credential")
	}
}
