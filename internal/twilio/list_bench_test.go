package twilio

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// A page of a thousand flows: the call and the decoder.
func BenchmarkListPage(b *testing.B) {
	const size = 1000
	flows := make([]string, size)
	for i := range flows {
		flows[i] = fmt.Sprintf(`{"sid": "FO%032x", "account_sid": "AC%032x", "friendly_name": "Flow %d", "chat_service_sid": "IS%032x",
			"channel_type": "web", "contact_identity": null, "enabled": true, "integration_type": "studio",
			"integration": {"flow_sid": "FW%032x", "retry_count": 3}, "long_lived": false, "janitor_enabled": false,
			"date_created": "2026-01-02T03:04:05Z", "date_updated": "2026-01-02T03:04:05Z", "url": "https://flex-api.twilio.com/v1/FlexFlows/FO%032x"}`, i, i, i, i, i, i)
	}
	page := []byte(`{"flex_flows": [` + strings.Join(flows, ",") + `], "meta": {"next_page_url": null}}`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) }))
	defer server.Close()
	account, err := New(Config{BaseURL: server.URL, Username: "AC1", Password: "x"})
	if err != nil {
		b.Fatal(err)
	}
	client := account.Client(Kind{SID: sid.FlexFlow, Host: "flex-api", Path: "/v1/FlexFlows", ListKey: "flex_flows", PageSize: size})
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		objects, _, err := client.listPage(b.Context(), pageRequest{})
		if err != nil || len(objects) != size {
			b.Fatal(err)
		}
	}
}
