package twilio_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct{ body, date, name string }{
		"everything":          {`{"sid": "` + flowSID + `", "date_created": "2026-01-02T03:04:05Z", "friendly_name": "Web chat", "new": [1]}`, "2026-01-02T03:04:05Z", "Web chat"},
		"a number for a name": {`{"sid": "` + flowSID + `", "friendly_name": 12}`, "", "12"},
		"the SID alone":       {`{"sid": "` + flowSID + `"}`, "", ""},
		"nulls":               {`{"sid": "` + flowSID + `", "account_sid": null, "date_created": null, "friendly_name": null}`, "", ""},
		"unreadable":          {`{"sid": "` + flowSID + `", "account_sid": [], "date_created": {}, "friendly_name": []}`, "", ""},
		"not UTF-8":           {`{"sid": "` + flowSID + `", "friendly_name": "a` + "\xff" + `"}`, "", "a\uFFFD"},
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, answer(201, "application/json", c.body))
			created, createErr := create(t.Context(), client, url.Values{})
			fetched, fetchErr := client.Fetch(t.Context(), flowSID)
			updated, updateErr := client.Update(t.Context(), flowSID, url.Values{})
			if err := errors.Join(createErr, fetchErr, updateErr); err != nil {
				t.Fatal(err)
			}
			for i, got := range []*twilio.Object{created, fetched, updated} {
				if got.SID != flowSID || got.DateCreated != c.date || nameOf(got) != c.name {
					t.Errorf("operation %d: got %+v", i, got)
				}
			}
		})
	}
}

func expectProblem(t *testing.T, operation int, err error, problem string) {
	t.Helper()
	if problem == "" {
		if err != nil {
			t.Errorf("operation %d: %v", operation, err)
		}
		return
	}
	var answerError *twilio.ResponseError
	if !errors.As(err, &answerError) || !strings.Contains(err.Error(), problem) || answerError.RequestID != "RQ1" {
		t.Errorf("operation %d: %v", operation, err)
	}
}

// Answers that do not tell which flow they are about: known to an update all the same, if they are answers at all. A create has
// made a flow then, and looks for it.
func TestDecode_withoutSID(t *testing.T) {
	for name, c := range map[string]struct {
		body, problem string
		fine          bool // for an update, which knows the SID
	}{
		"empty":         {"", "is not JSON", false},
		"HTML":          {"<html>", "is not JSON", false},
		"cut":           {`{"sid": "FO`, "is not JSON", false},
		"null":          {"null", "not a JSON object", false},
		"no SID":        {"{}", "has no Flex Flow SID", true},
		"a SID of null": {`{"sid": null}`, "has no Flex Flow SID", true},
		"malformed SID": {`{"sid": "FO/../x"}`, "has no Flex Flow SID", false},
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					answer(200, "application/json", `{"flex_flows": [], "meta": {"next_page_url": null}}`)(w, r)
					return
				}
				answer(201, "application/json", c.body)(w, r)
			})
			flow, err := create(t.Context(), client, url.Values{})
			var unclear *twilio.UnknownOutcomeError
			if flow != nil || !errors.As(err, &unclear) || !strings.Contains(err.Error(), c.problem) ||
				!strings.Contains(unclear.Reason, "does not show up") {
				t.Errorf("got %+v, %v", flow, err)
			}
			if flow, err = client.Update(t.Context(), flowSID, url.Values{}); (err == nil) != c.fine {
				t.Errorf("got %+v, %v", flow, err)
			}
		})
	}
}

func TestDecode_anotherFlow(t *testing.T) {
	client := serve(t, answer(200, "application/json", `{"sid": "FO11111111111111111111111111111111"}`))
	_, err := client.Fetch(t.Context(), flowSID)
	expectProblem(t, 0, err, "its response is about another Flex Flow")
}
