package twilio_test

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

func TestDecode(t *testing.T) {
	full := &twilio.FlexFlow{
		SID: flowSID, AccountSID: new("AC1"), URL: new("https://x.test"), DateCreated: new("2026-01-02T03:04:05Z"),
		DateUpdated: new("2026-01-02T03:04:06Z"), FriendlyName: new("Web chat"), ChatServiceSID: new("IS1"),
		ChannelType: new("web"), ContactIdentity: new("me"), IntegrationType: new("studio"), Enabled: new(true),
		JanitorEnabled: new(false), LongLived: new(true),
		Integration: &twilio.Integration{
			FlowSID: new("FW1"), URL: new("https://y.test"), WorkspaceSID: new("WS1"), WorkflowSID: new("WW1"),
			Channel: new("sms"), Timeout: new(int64(60)), Priority: new(int64(0)), RetryCount: new(int64(3)),
			CreationOnMessage: new(false),
		},
	}
	cases := map[string]struct {
		body    string
		want    *twilio.FlexFlow
		problem string
	}{
		"everything": {
			`{"sid": "` + flowSID + `", "account_sid": "AC1", "url": "https://x.test", "date_created": "2026-01-02T03:04:05Z",
			"date_updated": "2026-01-02T03:04:06Z", "friendly_name": "Web chat", "chat_service_sid": "IS1", "channel_type": "web",
			"contact_identity": "me", "integration_type": "studio", "enabled": true, "janitor_enabled": false, "long_lived": true,
			"integration": {"flow_sid": "FW1", "url": "https://y.test", "workspace_sid": "WS1", "workflow_sid": "WW1", "channel": "sms",
			"timeout": 60, "priority": 0, "retry_count": 3, "creation_on_message": false, "new": {}}, "new": [1]}`, full, "",
		},
		"the same in other types": {
			`{"sid": "` + flowSID + `", "account_sid": "AC1", "url": "https://x.test", "date_created": "2026-01-02T03:04:05Z",
			"date_updated": "2026-01-02T03:04:06Z", "friendly_name": "Web chat", "chat_service_sid": "IS1", "channel_type": "web",
			"contact_identity": "me", "integration_type": "studio", "enabled": "true", "janitor_enabled": 0, "long_lived": "1",
			"integration": {"flow_sid": "FW1", "url": "https://y.test", "workspace_sid": "WS1", "workflow_sid": "WW1", "channel": "sms",
			"timeout": "60", "priority": 0.0, "retry_count": 3e0, "creation_on_message": "False"}}`, full, "",
		},
		"a number for a name": {
			`{"sid": "` + flowSID + `", "friendly_name": 12}`, &twilio.FlexFlow{SID: flowSID, FriendlyName: new("12")}, "",
		},
		"the SID alone": {`{"sid": "` + flowSID + `"}`, &twilio.FlexFlow{SID: flowSID}, ""},
		"nulls": {
			`{"sid": "` + flowSID + `", "account_sid": null, "enabled": null, "integration": null, "date_created": null}`,
			&twilio.FlexFlow{SID: flowSID}, "",
		},
		"empty strings for numbers and booleans": {
			`{"sid": "` + flowSID + `", "enabled": "", "integration": {"timeout": "", "creation_on_message": ""}}`,
			&twilio.FlexFlow{SID: flowSID, Integration: &twilio.Integration{}}, "",
		},
		"fields that can't be read": {
			`{"sid": "` + flowSID + `", "friendly_name": [], "enabled": "maybe", "long_lived": true,
			"integration": {"timeout": "1.5", "priority": "high", "retry_count": {}, "channel": "sms"}}`,
			&twilio.FlexFlow{
				SID: flowSID, LongLived: new(true), Integration: &twilio.Integration{Channel: new("sms")},
				Unreadable: []string{"enabled", "friendly_name", "integration.priority", "integration.retry_count", "integration.timeout"},
			}, "",
		},
		"an integration that can't be read": {
			`{"sid": "` + flowSID + `", "integration": "studio"}`, &twilio.FlexFlow{SID: flowSID, Unreadable: []string{"integration"}}, "",
		},
		"not UTF-8": {
			`{"sid": "` + flowSID + `", "friendly_name": "a` + "\xff" + `"}`, &twilio.FlexFlow{SID: flowSID, FriendlyName: new("a\uFFFD")}, "",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			client := serve(t, answer(201, "application/json", c.body))
			created, createErr := create(t.Context(), client, twilio.Params{})
			fetched, fetchErr := client.FetchFlexFlow(t.Context(), flowSID)
			updated, updateErr := client.UpdateFlexFlow(t.Context(), flowSID, twilio.Params{})
			for i, got := range []*twilio.FlexFlow{created, fetched, updated} {
				if !reflect.DeepEqual(got, c.want) {
					t.Errorf("operation %d: got %+v", i, got)
				}
			}
			for i, err := range []error{createErr, fetchErr, updateErr} {
				expectProblem(t, i, err, c.problem)
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
	var answerError *twilio.AnswerError
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
			flow, err := create(t.Context(), client, twilio.Params{})
			var unclear *twilio.UnknownOutcomeError
			if flow != nil || !errors.As(err, &unclear) || !strings.Contains(err.Error(), c.problem) ||
				!strings.Contains(unclear.Reason, "does not show up") {
				t.Errorf("got %+v, %v", flow, err)
			}
			if flow, err = client.UpdateFlexFlow(t.Context(), flowSID, twilio.Params{}); (err == nil) != c.fine {
				t.Errorf("got %+v, %v", flow, err)
			}
		})
	}
}

func TestDecode_anotherFlow(t *testing.T) {
	client := serve(t, answer(200, "application/json", `{"sid": "FO11111111111111111111111111111111"}`))
	_, err := client.FetchFlexFlow(t.Context(), flowSID)
	expectProblem(t, 0, err, "its answer is about another flow")
}
