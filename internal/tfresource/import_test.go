package tfresource

import (
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// Whatever is given to import, what comes of it is a well-formed SID, or none.
func FuzzImportID(f *testing.F) {
	const flow = "FO0123456789abcdef0123456789ABCDEF"
	for _, seed := range []string{
		flow, "/FlexFlows/" + flow, "https://flex-api.twilio.com/v1/FlexFlows/" + flow, "", "FO", "/FlexFlows/", "https://a@b/v1/FlexFlows/" + flow,
		flow + "\n", "//FlexFlows/" + flow, "../" + flow, "\xff" + flow,
	} {
		f.Add(seed)
	}
	d := &Definition{Kind: twilio.Kind{SID: sid.FlexFlow, Path: "/v1/FlexFlows"}}
	f.Fuzz(func(t *testing.T, id string) {
		if got, ok := d.parseImportID(id); ok && !sid.FlexFlow.Valid(got) {
			t.Errorf("%q gave %q", id, got)
		}
	})
}
