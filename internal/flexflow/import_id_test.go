package flexflow

import (
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// Whatever is given to import, what comes of it is a well-formed SID, or an error.
func FuzzImportID(f *testing.F) {
	const flow = "FO0123456789abcdef0123456789ABCDEF"
	for _, seed := range []string{
		flow, "/FlexFlows/" + flow, "https://flex-api.twilio.com/v1/FlexFlows/" + flow, "", "FO", "/FlexFlows/", "https://a@b/v1/FlexFlows/" + flow,
		flow + "\n", "//FlexFlows/" + flow, "../" + flow, "\xff" + flow,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if got, err := parseImportID(id); err == nil && !sid.FlexFlow.Valid(got) {
			t.Errorf("%q gave %q", id, got)
		}
	})
}
