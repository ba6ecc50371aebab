package flexflow_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What Twilio may answer to an update that it refuses: the diagnostic says what it said, at the attribute that it blames, and
// the state stays what it was.
func TestAccErrors(t *testing.T) {
	status := func(status, code int, message string) flexemulator.Fault {
		return flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: status, Code: code, Message: message}
	}
	html := status(503, 0, "")
	html.HTML = true
	cases := map[string]struct {
		fault flexemulator.Fault
		line  string
		texts []string
	}{
		"400 that names a parameter": {
			status(400, 20001, "Invalid parameter Integration.FlowSid: no such flow"), "flow_sid =",
			[]string{"400 Bad Request (code 20001): Invalid parameter Integration.FlowSid: no such flow"},
		},
		"400 that names another": {
			status(400, 20001, "FriendlyName is too long."), "friendly_name =", []string{"FriendlyName is too long."},
		},
		"400 that names none": {
			status(400, 20001, "Something is wrong"), `resource "twilio_flex_flow" "test" {`, []string{"Something is wrong"},
		},
		"401": {
			status(401, 20003, "Authenticate"), `resource "twilio_flex_flow" "test" {`,
			[]string{"401 Unauthorized (code 20003): Authenticate", "The credentials (account_sid and auth_token in the provider block) were refused by 127.0.0.1"},
		},
		"403": {
			status(403, 20403, "Forbidden"), `resource "twilio_flex_flow" "test" {`, []string{"403 Forbidden", "not permitted to do this"},
		},
		"404": {
			status(404, 20404, "Gone"), `resource "twilio_flex_flow" "test" {`, []string{"404 Not Found", "no longer exists"},
		},
		"409": {
			status(409, 20409, "ContactIdentity is taken"), "contact_identity =", []string{"409 Conflict", "Another Flex Flow may already use this channel_type and contact_identity"},
		},
		"503 with HTML": {
			html, `resource "twilio_flex_flow" "test" {`,
			[]string{"503 Service Unavailable: <html><head><title>503 Service Unavailable</title>", "failed to handle the request"},
		},
		"redirect": {
			status(302, 0, "Elsewhere"), `resource "twilio_flex_flow" "test" {`, []string{"302 Found", "Check base_url (or TWILIO_BASE_URL)."},
		},
	}
	config := studioFlow.With(args{"contact_identity": `"+15005550006"`})
	changed := config.With(args{"friendly_name": `"Renamed"`, "contact_identity": `"+15005550007"`}).WithInBlock(args{"retry_count": "1"})
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := acctest.NewEmulator(t, flexemulator.Options{})
			pattern := `(?s)Unable to update Flex Flow.*` + at(c.line)
			for _, text := range c.texts {
				pattern += `.*` + says(text)
			}
			pattern += `.*Request ID: RQ[0-9a-f]{32}`
			if !c.fault.HTML {
				pattern += `.*More about this error:[\s│]+https://www\.twilio\.com/docs/errors/\d+`
			}
			c.fault.Method = http.MethodPost
			setFault := func(faults ...flexemulator.Fault) func() {
				return func() {
					if err := emulator.SetFaults(faults...); err != nil {
						t.Fatal(err)
					}
				}
			}
			before := []statecheck.StateCheck{
				holds(knownvalue.StringExact("Web chat"), "friendly_name"), holds(knownvalue.Int64Exact(3), "integration", "retry_count"),
			}
			acctest.Run(t, emulator,
				resource.TestStep{Config: config.String()},
				resource.TestStep{PreConfig: setFault(c.fault), Config: changed.String(), ExpectError: regexp.MustCompile(pattern)},
				resource.TestStep{
					PreConfig: setFault(), Config: config.String(), ConfigPlanChecks: plansNoop, ConfigStateChecks: before,
				},
			)
		})
	}
}

// The same at a create and at a delete, where there is no attribute to point at.
func TestAccErrors_createAndDelete(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	refuse := func(method string) func() {
		return func() {
			fault := flexemulator.Fault{Method: method, Kind: flexemulator.FaultStatus, Status: 403, Code: 20403, Message: "Not for you"}
			if err := emulator.SetFaults(fault); err != nil {
				t.Fatal(err)
			}
		}
	}
	acctest.Run(t, emulator,
		resource.TestStep{
			PreConfig: refuse(http.MethodPost), Config: bareFlow.String(),
			ExpectError: regexp.MustCompile(`(?s)Unable to create Flex Flow.*` + says("403 Forbidden (code 20403): Not for you")),
		},
		resource.TestStep{PreConfig: refuse("NONE"), Config: bareFlow.String(), ConfigPlanChecks: plansCreate},
		resource.TestStep{
			PreConfig: refuse(http.MethodDelete), Config: bareFlow.String(), Destroy: true,
			ExpectError: regexp.MustCompile(`(?s)Unable to delete Flex Flow.*` + says("403 Forbidden (code 20403): Not for you")),
		},
		resource.TestStep{
			PreConfig: refuse(http.MethodGet), RefreshState: true,
			ExpectError: regexp.MustCompile(`(?s)Unable to read Flex Flow.*` + says("403 Forbidden (code 20403): Not for you")),
		},
		resource.TestStep{PreConfig: refuse("NONE"), Config: bareFlow.String(), ConfigPlanChecks: plansNoop},
	)
}

// An answer to a write that says otherwise than what was asked for: the apply goes through with a warning, and the next plan
// shows the difference.
func TestAccAnswerDiffers(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	acctest.Run(t, emulator,
		resource.TestStep{Config: studioFlow.String()},
		resource.TestStep{
			PreConfig: func() {
				body := `{"sid": "` + emulator.Only().SID + `", "friendly_name": "Cut off", "integration_type": "studio",
					"integration": {"flow_sid": "` + studioFlowSID + `", "retry_count": 2}}`
				fault := flexemulator.Fault{
					Method: http.MethodPost, Kind: flexemulator.FaultBody, Body: body, ContentType: "application/json", Count: 1,
				}
				if err := emulator.SetFaults(fault); err != nil {
					t.Fatal(err)
				}
			},
			Config: studioFlow.With(args{"friendly_name": `"A long name"`}).String(), ConfigPlanChecks: plansUpdate,
			ConfigStateChecks: []statecheck.StateCheck{
				holds(knownvalue.StringExact("A long name"), "friendly_name"), holds(knownvalue.Int64Exact(3), "integration", "retry_count"),
			},
		},
	)
}
