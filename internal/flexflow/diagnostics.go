package flexflow

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// An operation is what Terraform wanted of Twilio, as a verb.
type operation string

const (
	opCreate operation = "create"
	opRead   operation = "read"
	opUpdate operation = "update"
	opDelete operation = "delete"
	// opFetch and opList are those of data sources and list resources, which have no timeouts block.
	opFetch operation = "fetch"
	opList  operation = "list"
)

// failure is the diagnostic of an operation that did not succeed, at the attribute that Twilio blames where it blames one. flow is
// the SID of the flow, or its name in quotes where it has none yet; empty for a list.
func failure(op operation, flow string, err error) diag.Diagnostic {
	summary := "Unable to " + string(op) + " Flex Flow"
	if flow == "" {
		summary += "s"
	} else {
		flow = "Flex Flow " + flow + ": "
	}
	if unclear, ok := errors.AsType[*twilio.UnknownOutcomeError](err); ok {
		return diag.NewErrorDiagnostic(summary+" for certain", flow+describeUnknown(unclear))
	}
	var refused *twilio.Error
	if !errors.As(err, &refused) {
		return diag.NewErrorDiagnostic(summary, flow+err.Error()+".\n\n"+adviseCall(op, err))
	}
	detail := flow + describe(refused, op)
	if _, ok := errors.AsType[*twilio.NotCreatedError](err); ok {
		detail += "\n\nTerraform looked for the Flex Flow, in case it had been created all the same: it is not there."
	}
	if p, ok := blamed(refused); ok {
		return diag.NewAttributeErrorDiagnostic(p, summary, detail)
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

// describeUnknown says how to find out whether there is a flow, and how to bring it in.
func describeUnknown(e *twilio.UnknownOutcomeError) string {
	var s strings.Builder
	fmt.Fprintf(&s, "Twilio may have created the Flex Flow, or not: %v. %s.\n\n", e.Cause, capitalized(e.Reason))
	if len(e.Candidates) == 0 {
		s.WriteString("Before you apply again, look in Twilio for a Flex Flow with this friendly_name that Terraform does not know. If there is " +
			"one, import it, with this resource's address for ADDRESS:\n\n  terraform import ADDRESS FO…")
		return s.String()
	}
	s.WriteString("These are the Flex Flows that could be it. Import the one that is not managed elsewhere, with this resource's address for " +
		"ADDRESS; if none of them is, apply again:\n")
	for _, flow := range e.Candidates {
		fmt.Fprintf(&s, "\n  terraform import ADDRESS %s", flow.SID)
		if flow.DateCreated != nil {
			fmt.Fprintf(&s, "   # created %s", *flow.DateCreated)
		}
	}
	return s.String()
}

func capitalized(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// adoption is the warning that a flow was found instead of made.
func adoption(flow *twilio.FlexFlow) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Flex Flow "+flow.SID+" was adopted",
		"The response to its creation was lost. Terraform looked for the Flex Flow and found "+flow.SID+", which was made while the creation was "+
			"under way and is the same in every value. Terraform now manages it.\n\nTwilio does not tell who made a Flex Flow. If another "+
			"provider block or another run created one alike at the same moment, check that it does not manage "+flow.SID+" as well.")
}

// keptAdopted is the warning that a flow was not deleted, because it turned out to be the one that replaces it.
func keptAdopted(flowSID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Flex Flow "+flowSID+" was kept",
		"It was to be deleted, but it turned out to be the Flex Flow that replaces it: the response to a creation was lost, and Terraform "+
			"found and adopted "+flowSID+". Terraform keeps managing it under its new place in the state. If it should have been replaced by a "+
			"new one, run terraform apply -replace again.")
}

// warnOtherAccount is the warning that a flow is not found, if the state says that it is another account's than the one that was asked.
func warnOtherAccount(state model, asked string) diag.Diagnostics {
	if asked == "" || state.AccountSID.IsNull() || state.AccountSID.ValueString() == asked {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Flex Flow "+state.SID.ValueString()+" belongs to another account",
		fmt.Sprintf("The state says that it is in account %s, but the provider is configured for account %s, which does not have it. Terraform takes it "+
			"for deleted. If that is not so, do not apply: check the provider's credentials, and those in the environment and the Twilio CLI's profile.",
			state.AccountSID.ValueString(), asked))}
}

// updatedBlindly is the diagnostic of an update that was done, but whose answer tells nothing. It is a warning, because the flow is as
// planned.
func updatedBlindly(flowSID string, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Unable to read the update of Flex Flow "+flowSID,
		"The Flex Flow was written, and Terraform records the values that were planned: "+err.Error()+". The next plan reads the rest.")
}

// describe says what Twilio said, and what to do next.
func describe(e *twilio.Error, op operation) string {
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
	fmt.Fprintf(&s, "\n\n%s", advise(e, op))
	if tries := e.Tries.String(); tries != "" {
		fmt.Fprintf(&s, "\nThe call was %s.", tries)
	}
	if errors.Is(e.Tries.Stopped, context.DeadlineExceeded) {
		s.WriteString(" " + adviseTimeout(op))
	}
	if e.RequestID != "" {
		fmt.Fprintf(&s, "\nRequest ID: %s", e.RequestID)
	}
	if e.MoreInfo != "" {
		fmt.Fprintf(&s, "\nMore about this error: %s", e.MoreInfo)
	}
	return s.String()
}

// adviseCall says what to do about a call that got no usable response.
func adviseCall(op operation, err error) string {
	if failed, ok := errors.AsType[*twilio.CallError](err); ok {
		switch remedy := failed.Remedy(); {
		case errors.Is(failed.Tries.Stopped, context.DeadlineExceeded):
			return adviseTimeout(op)
		case remedy != "":
			return remedy
		}
	}
	return "Run the command again. If it fails in the same way, set TF_LOG_PROVIDER=DEBUG to see each call."
}

// adviseTimeout says how an operation gets more time.
func adviseTimeout(op operation) string {
	switch op {
	case opFetch, opList:
		return fmt.Sprintf("It may take %s in all. Run the command again when Twilio responds faster.", defaultReadTimeout)
	case opRead, opDelete:
		return fmt.Sprintf("timeouts.%s of the resource says how long this may take. Terraform takes it from the state, so a change in the "+
			"configuration has an effect only once it was applied: raise it, and run terraform apply -refresh=false.", op)
	case opCreate, opUpdate:
	}
	return fmt.Sprintf("timeouts.%s of the resource says how long this may take.", op)
}

// adviseCredentials says which credentials were refused, and where.
func adviseCredentials(e *twilio.Error) string {
	source := "The credentials"
	if e.Source != "" {
		source += " (" + e.Source + ")"
	}
	advice := source + " were refused by " + e.Host + ". Check them: an account SID with its auth token, or an API key with its secret."
	if strings.HasSuffix(e.Host, ".twilio.com") {
		advice += " They belong to one region, and are refused in every other: check region and edge as well (TWILIO_REGION, TWILIO_EDGE)."
	}
	return advice
}

func advise(e *twilio.Error, op operation) string {
	switch status := e.Status; {
	case status == http.StatusUnauthorized:
		return adviseCredentials(e)
	case status == http.StatusForbidden:
		return "The credentials are right, but may not do this. Check the API key's permissions, and that the account has Flex."
	case status == http.StatusNotFound && !twilio.IsNotFound(e):
		return "This is not a response of the Flex Flows API. Check base_url (or TWILIO_BASE_URL)."
	case status == http.StatusNotFound && (op == opCreate || op == opList):
		return "This account has no Flex Flows at " + e.Host + ": Twilio may have withdrawn them from it, it may not have Flex, or its region may be " +
			"another one. Check which account the credentials are for, and region and edge (TWILIO_REGION, TWILIO_EDGE). The successor of Flex " +
			"Flows is Flex Conversations."
	case status == http.StatusNotFound:
		return "The Flex Flow no longer exists. Run terraform plan: it sees that, and plans to create the Flex Flow again."
	case status == http.StatusConflict:
		advice := "Another Flex Flow is in the way, such as one with the same channel_type and contact_identity. Import that one, or change " +
			"this one."
		if op == opCreate {
			advice += " If this replaces a Flex Flow with create_before_destroy, that one is in the way: take create_before_destroy out, so that it is " +
				"deleted first."
		}
		return advice
	case status == http.StatusProxyAuthRequired:
		return "A proxy asks for a user name and password. Check HTTPS_PROXY."
	case status == http.StatusTooManyRequests:
		return "Twilio limits how many calls an account may make. Run terraform apply again, with -parallelism below 10 if it persists."
	case status >= 500:
		return "This is trouble on Twilio's side, or of what stands at base_url if that is set. Run terraform apply again; if it persists, " +
			"see https://status.twilio.com."
	case status >= 300 && status < 400:
		return "Redirects are not followed, because they would carry the credentials elsewhere. Check base_url (or TWILIO_BASE_URL)."
	}
	return "Correct what Twilio names, and run the command again."
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
		if a.send != nil {
			blame(a.name, path.Root(a.name))
		}
	}
	for _, r := range rules {
		blame("integration."+r.name, integrationPath.AtName(r.name))
	}
	return found, len(found.Steps()) > 0
}
