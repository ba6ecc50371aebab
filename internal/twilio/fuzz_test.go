package twilio_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An answering transport would be quicker, but this way all of the client is under test.
func fuzzClient(f *testing.F, answer *[]byte, status *int) *twilio.Client {
	f.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && r.URL.Path == "/v1/FlexFlows" {
			_, _ = w.Write([]byte(`{"flex_flows": []}`))
			return
		}
		w.WriteHeader(*status)
		_, _ = w.Write(*answer)
	}))
	f.Cleanup(server.Close)
	client, err := newClient(twilio.Config{BaseURL: server.URL, Username: username, Password: password, PropagationTime: 1})
	if err != nil {
		f.Fatal(err)
	}
	return client
}

// Whatever an answer holds, there is a flow with a well-formed SID, or an error.
func FuzzDecodeAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"sid": "` + flowSID + `", "integration": {"timeout": 1e2, "retry_count": "3"}, "enabled": "true"}`,
		`{"sid": null, "integration": null}`, `{"sid": "FO/../x"}`, `[]`, `null`, ``, `{`, `{"integration": []}`, "{\"sid\": \"\xff\"}",
		`{"sid": "` + flowSID + `", "integration": {"timeout": 1e999, "priority": -0.0, "creation_on_message": []}}`,
	} {
		f.Add([]byte(seed))
	}
	var body []byte
	status := 200
	client := fuzzClient(f, &body, &status)
	f.Fuzz(func(t *testing.T, content []byte) {
		body = content
		flow, err := create(t.Context(), client, url.Values{})
		if flow == nil && err == nil {
			t.Error("neither a flow nor an error")
		}
		if flow != nil && !sid.FlexFlow.Valid(flow.SID) {
			t.Errorf("the flow's SID is %q", flow.SID)
		}
		if fetched, err := client.Fetch(t.Context(), flowSID); err == nil && fetched.SID != flowSID {
			t.Errorf("asked for %s, got %+v", flowSID, fetched)
		}
	})
}

// Whatever a refusal holds, the error is one line of text without a credential.
func FuzzDecodeError(f *testing.F) {
	for _, seed := range []string{
		`{"code": 20404, "message": "gone", "more_info": "https://x.test", "status": 404, "details": {"a": [1]}}`,
		`{"code": "x", "message": {}, "details": "` + password + `"}`, `<html>`, ``, `null`, "\xff", `{"message": "` + strings.Repeat("ü", 400) + `"}`, password,
	} {
		f.Add([]byte(seed), 404)
	}
	f.Add([]byte("{}"), 599)
	f.Add([]byte("{}"), 429)
	var body []byte
	var status int
	client := fuzzClient(f, &body, &status)
	f.Fuzz(func(t *testing.T, content []byte, code int) {
		body, status = content, 400+(code%200+200)%200
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond) // a 429 response is retried until then
		defer cancel()
		err := client.Delete(ctx, flowSID)
		if err == nil {
			t.Fatal("no error")
		}
		if text := err.Error(); !utf8.ValidString(text) || strings.Contains(text, password) {
			t.Errorf("unfit: %q", text)
		}
	})
}
