package flexflow_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// What Twilio may answer to an update that it refuses: the diagnostic says what it said, at the attribute that it blames, and
// the state stays what it was.
func TestErrors(t *testing.T) {
	status := func(status, code int, message string) flexemulator.Fault {
		return flexemulator.Fault{Kind: flexemulator.FaultStatus, Status: status, Code: code, Message: message}
	}
	html := status(503, 0, "")
	html.HTML = true
	cases := map[string]struct {
		fault     flexemulator.Fault
		attribute string
		texts     []string
	}{
		"400 that names a parameter": {
			status(400, 20001, "Invalid parameter Integration.FlowSid: no such flow"), "integration.flow_sid",
			[]string{"400 Bad Request (code 20001): Invalid parameter Integration.FlowSid: no such flow"},
		},
		"400 that names another": {
			status(400, 20001, "FriendlyName is too long."), "friendly_name", []string{"FriendlyName is too long."},
		},
		"400 that names none": {
			status(400, 20001, "Something is wrong"), "", []string{"Something is wrong"},
		},
		"401": {
			status(401, 20003, "Authenticate"), "",
			[]string{"401 Unauthorized (code 20003): Authenticate", "The credentials (account_sid and auth_token in the provider block) were refused by 127.0.0.1"},
		},
		"403": {
			status(403, 20403, "Forbidden"), "", []string{"403 Forbidden", "not permitted to do this"},
		},
		"404": {
			status(404, 20404, "Gone"), "", []string{"404 Not Found", "no longer exists"},
		},
		"409": {
			status(409, 20409, "ContactIdentity is taken"), "contact_identity", []string{"409 Conflict", "Another Flex Flow may already use this channel_type and contact_identity"},
		},
		"503 with HTML": {
			html, "",
			[]string{"503 Service Unavailable: <html><head><title>503 Service Unavailable</title>", "failed to handle the request"},
		},
		"redirect": {
			status(302, 0, "Elsewhere"), "", []string{"302 Found", "Check base_url (or TWILIO_BASE_URL)."},
		},
	}
	config := studioFlow.With(args{"contact_identity": `"+15005550006"`})
	changed := config.With(args{"friendly_name": `"Renamed"`, "contact_identity": `"+15005550007"`}).WithInBlock(args{"retry_count": "1"})
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				c.fault.Method = http.MethodPost
				said := append([]string{at(c.attribute) + "Unable to update Flex Flow", "Request ID: RQ"}, c.texts...)
				if !c.fault.HTML {
					said = append(said, "More about this error: https://www.twilio.com/docs/errors/")
				}
				return []acctest.Step{
					{Config: config.Values()},
					{Before: emulator.Inject(c.fault), Config: changed.Values(), Plans: updates, Fails: true, Says: said},
					{
						Before: emulator.Inject(), Config: config.Values(), Plans: nothing,
						Holds: map[string]any{"friendly_name": "Web chat", "integration.retry_count": 3},
					},
				}
			})
		})
	}
}

// at is how a diagnostic begins that is about an attribute, or about none.
func at(attribute string) string {
	if attribute == "" {
		return "ERROR "
	}
	return `ERROR AttributeName("` + strings.ReplaceAll(attribute, ".", `").AttributeName("`) + `") `
}

// The same at a create, a delete and a read, where there is no attribute to point at.
func TestErrors_otherOperations(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		refuse := func(method string) func() {
			return emulator.Inject(flexemulator.Fault{Method: method, Kind: flexemulator.FaultStatus, Status: 403, Code: 20403, Message: "Not for you"})
		}
		says := func(operation string) []string {
			return []string{"ERROR Unable to " + operation + " Flex Flow", "403 Forbidden (code 20403): Not for you"}
		}
		config := bareFlow.Values()
		return []acctest.Step{
			{Before: refuse(http.MethodPost), Config: config, Fails: true, Says: says("create")},
			{Before: refuse("NONE"), Config: config, Plans: creates},
			{Before: refuse(http.MethodDelete), Fails: true, Says: says("delete")},
			{Before: refuse(http.MethodGet), Config: config, Fails: true, Says: says("read")},
			{Before: refuse("NONE"), Config: config, Plans: nothing},
		}
	})
}

// With the real Terraform: it quotes the line of the attribute that Twilio blames, and keeps what the state held.
func TestAccErrors(t *testing.T) {
	t.Parallel()
	emulator := acctest.NewEmulator(t, flexemulator.Options{})
	refused := flexemulator.Fault{Method: http.MethodPost, Kind: flexemulator.FaultStatus, Status: 400, Code: 20001, Message: "Invalid parameter Integration.FlowSid: no such flow"}
	acctest.Run(t, emulator,
		resource.TestStep{Config: studioFlow.String()},
		resource.TestStep{
			PreConfig: emulator.Inject(refused), Config: studioFlow.WithInBlock(args{"retry_count": "1"}).String(),
			ExpectError: regexp.MustCompile(`(?s)Unable to update Flex Flow.*` + acctest.At("flow_sid =") + `.*` + acctest.Says("no such flow")),
		},
		resource.TestStep{PreConfig: emulator.Inject(), Config: studioFlow.String(), ConfigPlanChecks: acctest.Plans(address, nothing)},
	)
}

// A response to a write that says otherwise than what was asked for: the apply goes through with a warning, and the next plan has what Twilio has.
func TestAnswerDiffers(t *testing.T) {
	steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
		differs := func() {
			emulator.Inject(flexemulator.Fault{
				Method: http.MethodPost, Kind: flexemulator.FaultBody, ContentType: "application/json", Count: 1,
				Body: `{"sid": "` + emulator.Only().SID + `", "friendly_name": "Cut off", "integration_type": "studio",
					"integration": {"flow_sid": "` + studioFlowSID + `", "retry_count": 2}}`,
			})()
		}
		return []acctest.Step{
			{Config: studioFlow.Values()},
			{
				Before: differs, Config: studioFlow.With(args{"friendly_name": `"A long name"`}).Values(), Plans: updates,
				Holds: map[string]any{"friendly_name": "A long name", "integration.retry_count": 3},
				Says:  []string{"Twilio returned a different value for friendly_name"},
			},
		}
	})
}

// Where Twilio may have ended Flex Flows, errors name what takes their place, and how to give them up without a request.
func TestErrors_endOfLife(t *testing.T) {
	faults := map[string]flexemulator.Fault{
		"403": {Status: 403, Code: 20403, Message: "Forbidden"}, "403 without a code": {Status: 403, HTML: true},
		"404": {Status: 404, Code: 20404, Message: "Not found"}, "404 without a code": {Status: 404, HTML: true},
		"410": {Status: 410, Code: 20410, Message: "Gone"}, "410 without a code": {Status: 410, HTML: true},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			steps(t, flexemulator.Behavior{}, func(emulator *acctest.Emulator) []acctest.Step {
				refuse := func(method string) func() {
					fault.Kind, fault.Method = flexemulator.FaultStatus, method
					return emulator.Inject(fault)
				}
				says := []string{"twilio_conversations_address_configuration takes their place", "a removed block with destroy = false"}
				all := []acctest.Step{
					{Before: refuse(http.MethodPost), Config: bareFlow.Values(), Fails: true, Says: says},
					{Before: emulator.Inject(), Config: bareFlow.Values(), Plans: creates},
				}
				if fault.Status != 404 || fault.HTML { // else it is one Flex Flow that is gone
					all = append(all, acctest.Step{Before: refuse(http.MethodGet), Config: bareFlow.Values(), Fails: true, Says: says})
				}
				return append(all, acctest.Step{Before: emulator.Inject(), Config: bareFlow.Values(), Plans: nothing})
			})
		})
	}
}
