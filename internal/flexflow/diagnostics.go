package flexflow

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// failure is the diagnostic of an operation ("create", "read", …) that did not succeed, at the attribute that Twilio blames
// where it blames one.
func failure(operation string, err error) diag.Diagnostic {
	summary := "Unable to " + operation + " Flex Flow"
	var refused *twilio.Error
	if !errors.As(err, &refused) {
		return diag.NewErrorDiagnostic(summary, err.Error()+".")
	}
	detail := describe(refused)
	if p, ok := blamed(refused); ok {
		return diag.NewAttributeErrorDiagnostic(p, summary, detail)
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

// incomplete is the diagnostic of a write that was done, but whose answer could not be read in full. It is a warning, because
// an error would make Terraform replace a flow that is there.
func incomplete(err error) diag.Diagnostics {
	if err == nil {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Twilio's answer could not be read in full",
		"The Flex Flow was written, and Terraform has recorded it: "+err.Error()+". The next plan reads the rest.")}
}

// describe says what Twilio said, and what to do next.
func describe(e *twilio.Error) string {
	var s strings.Builder
	fmt.Fprintf(&s, "Twilio answered %s %s with %s", e.Method, e.Path, e.StatusText())
	if e.Code != 0 {
		fmt.Fprintf(&s, " (code %d)", e.Code)
	}
	switch {
	case e.Message != "":
		fmt.Fprintf(&s, ": %s", e.Message)
	case e.Body != "":
		fmt.Fprintf(&s, ": %s", e.Body)
	}
	if e.Details != "" {
		fmt.Fprintf(&s, "\nDetails: %s", e.Details)
	}
	if advice := advise(e.Status); advice != "" {
		fmt.Fprintf(&s, "\n\n%s", advice)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&s, "\nRequest ID: %s", e.RequestID)
	}
	if e.MoreInfo != "" {
		fmt.Fprintf(&s, "\nMore about this error: %s", e.MoreInfo)
	}
	return s.String()
}

func advise(status int) string {
	switch {
	case status == http.StatusUnauthorized:
		return "Check the provider's credentials: an account SID with its auth token, or an API key with its secret. Those of one " +
			"region do not work in another."
	case status == http.StatusForbidden:
		return "The credentials are right, but may not do this. Check the API key's permissions, and that the account has Flex."
	case status == http.StatusNotFound:
		return "The Flex Flow no longer exists. Run terraform plan: it sees that, and plans to create the Flex Flow again."
	case status == http.StatusConflict:
		return "Another Flex Flow is in the way, such as one with the same channel_type and contact_identity. Import that one, or change " +
			"this one."
	case status == http.StatusTooManyRequests:
		return "Twilio limits how many calls an account may make. Run terraform apply again, with -parallelism below 10 if it persists."
	case status >= 500:
		return "This is trouble on Twilio's side. Run terraform apply again; if it persists, see https://status.twilio.com."
	case status >= 300 && status < 400:
		return "Redirects are not followed, because they would carry the credentials elsewhere. Check base_url."
	}
	return ""
}

// blamed finds the attribute whose parameter an error names, the first one if it names several.
func blamed(e *twilio.Error) (path.Path, bool) {
	if e.Status != http.StatusBadRequest && e.Status != http.StatusConflict {
		return path.Empty(), false
	}
	first, found := len(e.Message)+len(e.Details)+1, path.Empty()
	blame := func(attribute string, p path.Path) {
		name := regexp.QuoteMeta(parameterName(attribute))
		at := regexp.MustCompile(`(?:^|[^\w.])` + name + `(?:$|[^\w.]|\.(?:\W|$))`).FindStringIndex(e.Message + " " + e.Details)
		if at != nil && at[0] < first {
			first, found = at[0], p
		}
	}
	for _, a := range arguments {
		blame(a.name, path.Root(a.name))
	}
	for _, r := range rules {
		blame("integration."+r.name, integrationPath.AtName(r.name))
	}
	return found, len(found.Steps()) > 0
}
