package acctest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// date is a Retry-After in the form of a date.
const date = "Mon, 02 Jan 2006 15:04:05 GMT"

// Faults are the ways in which one call may go wrong, with what a create that meets one leads to: how many creates are sent in
// its place, and whether it takes a look.
var Faults = map[string]struct {
	Fault   flexemulator.Fault
	Creates int
	Looks   bool
}{
	"503":                  {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 503}, 2, true},
	"502 with HTML":        {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 502, HTML: true}, 2, true},
	"500 after the work":   {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 500, AfterWork: true}, 1, true},
	"reset":                {flexemulator.Fault{Kind: flexemulator.FaultReset}, 2, true},
	"reset after the work": {flexemulator.Fault{Kind: flexemulator.FaultReset, AfterWork: true}, 1, true},
	"hang":                 {flexemulator.Fault{Kind: flexemulator.FaultHang}, 2, true},
	"hang after the work":  {flexemulator.Fault{Kind: flexemulator.FaultHang, AfterWork: true}, 1, true},
	"slow after the work":  {flexemulator.Fault{Kind: flexemulator.FaultSlow, AfterWork: true, DelayMS: 100}, 1, false},
	"too slow":             {flexemulator.Fault{Kind: flexemulator.FaultSlow, AfterWork: true, DelayMS: 60_000}, 1, true},
	"truncated":            {flexemulator.Fault{Kind: flexemulator.FaultTruncate}, 1, true},
	"not JSON":             {flexemulator.Fault{Kind: flexemulator.FaultBody, Body: "<html>", ContentType: "text/html"}, 1, true},
	"429":                  {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 429}, 2, false},
	"429 with Retry-After": {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 429, RetryAfter: "1"}, 2, false},
	"429 with a date":      {flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: 429, RetryAfter: date}, 2, false},
}

// An Answer is what the API answers instead of what it should; $sid stands for the SID.
type Answer struct{ Body, ContentType string }

// JSON is an answer in JSON.
func JSON(body string) Answer { return Answer{body, "application/json"} }

var long = strings.Repeat("long", 50_000)

// OddAnswers are answers to a create or an update that say little of the resource, or nothing.
var OddAnswers = map[string]Answer{
	"the SID alone":        JSON(`{"sid": "$sid"}`),
	"very long":            JSON(strings.ReplaceAll(`{"sid": "$sid", "friendly_name": "LONG", "LONG": 1}`, "LONG", long)),
	"not UTF-8":            JSON(`{"sid": "$sid", "friendly_name": "` + "\xff\xfe" + `", "url": "` + "\xff" + `"}`),
	"another content type": {`{"sid": "$sid", "friendly_name": "Web chat"}`, "text/plain"},
	"empty":                JSON(""),
	"a page":               {"<html>Welcome</html>", "text/html"},
	"an array":             JSON(`[{"sid": "$sid"}]`),
	"null":                 JSON("null"),
	"no SID":               JSON(`{"friendly_name": "Web chat"}`),
	"malformed SID":        JSON(`{"sid": "FO/../x"}`),
	"30 MB":                JSON(`{"sid": "$sid"` + strings.Repeat(" ", 30<<20) + `}`),
}

// OddFields makes every answer have fields that can't be understood.
func OddFields(fields map[string]any) flexemulator.Fault {
	return flexemulator.Fault{Kind: flexemulator.FaultFields, Fields: fields}
}

// LastForm is what the last create or update sent.
func (e *Emulator) LastForm() url.Values {
	e.t.Helper()
	calls := e.Calls(http.MethodPost)
	if len(calls) == 0 {
		e.t.Fatal("nothing was sent")
	}
	return calls[len(calls)-1].Form
}
