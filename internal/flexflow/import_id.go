package flexflow

import (
	"fmt"
	"regexp"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

var importID = regexp.MustCompile(`^(?:(?:https://[^/?#@\s]+/v1|http://[^/?#@\s]+/v1|/v1)?/?FlexFlows/)?(` + sid.FlexFlow.Pattern() + `)$`)

// parseImportID finds the SID in what somebody gives to import.
func parseImportID(id string) (string, error) {
	match := importID.FindStringSubmatch(id)
	if match == nil {
		return "", fmt.Errorf("%q does not name a Flex Flow. Give its SID (%s), /FlexFlows/ and its SID, or its URL "+
			"(https://flex-api.twilio.com/v1/FlexFlows/ and its SID)", id, sid.FlexFlow.Format())
	}
	return match[1], nil
}
