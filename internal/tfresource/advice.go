package tfresource

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// describe says what the response was, and what to do next.
func (d *Definition) describe(e *twilio.APIError, op operation) string {
	var s strings.Builder
	if e.IsTwilios() {
		fmt.Fprintf(&s, "Twilio responded to %s %s with %s", e.Method, e.Path, e.StatusText())
	} else {
		fmt.Fprintf(&s, "%s %s at %s returned %s", e.Method, e.Path, e.Host, e.StatusText())
	}
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
	for _, p := range e.Problems {
		fmt.Fprintf(&s, "\n  - %s", d.problem(p))
	}
	fmt.Fprintf(&s, "\n\n%s", d.advise(e, op))
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
	if failed, ok := errors.AsType[*twilio.RequestError](err); ok {
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
func adviseCredentials(e *twilio.APIError) string {
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

// adviseDuplicate says what to do about a resource that is in the way.
func (d *Definition) adviseDuplicate(e *twilio.APIError, op operation) string {
	advice := d.Conflict
	if op == opCreate {
		advice += " If this replaces " + d.aNoun() + " with create_before_destroy, that one is in the way: take create_before_destroy out, " +
			"so that it is deleted first."
	}
	if named := e.NamedSID(d.SID); named != "" {
		advice += "\n\nTwilio names " + named + ". To import it, with this resource's address for ADDRESS:\n\n  terraform import ADDRESS " +
			named + "\n"
	}
	return advice
}

// advise says what to do about a response. Where the API may have ended, it says that as well.
func (d *Definition) advise(e *twilio.APIError, op operation) string {
	advice := d.adviseStatus(e, op)
	mayHaveEnded := slices.Contains([]int{http.StatusForbidden, http.StatusNotFound, http.StatusGone}, e.Status)
	if mayHaveEnded && (!twilio.IsNotFound(e) || op == opCreate || op == opList) {
		advice += " " + d.Unavailable
	}
	return advice
}

func (d *Definition) adviseStatus(e *twilio.APIError, op operation) string {
	switch status := e.Status; {
	case status == http.StatusUnauthorized:
		return adviseCredentials(e)
	case !e.IsTwilios() && status >= 400 && status < 500 && status != http.StatusProxyAuthRequired && status != http.StatusTooManyRequests:
		return "The response is not in the form of Twilio's API: a gateway or proxy may have sent it. Check base_url (or TWILIO_BASE_URL) " +
			"and HTTPS_PROXY."
	case status == http.StatusForbidden:
		return "The credentials are valid, but not permitted to do this. Check the API key's permissions."
	case status == http.StatusGone:
		return fmt.Sprintf("Twilio no longer serves %ss at %s.", d.noun(), e.Host)
	case status == http.StatusNotFound && !twilio.IsNotFound(e):
		return "This is not a response of Twilio's API. Check base_url (or TWILIO_BASE_URL)."
	case status == http.StatusNotFound && (op == opCreate || op == opList):
		return fmt.Sprintf("This account has no %ss at %s. Check which account the credentials are for, and region and edge (TWILIO_REGION, "+
			"TWILIO_EDGE).", d.noun(), e.Host)
	case status == http.StatusNotFound:
		return fmt.Sprintf("The %s no longer exists. Run terraform plan: it sees that, and plans to create the %[1]s again.", d.noun())
	case twilio.IsDuplicate(e) && (op == opCreate || op == opUpdate):
		return d.adviseDuplicate(e, op)
	case status == http.StatusProxyAuthRequired:
		return "A proxy asks for a user name and password. Check HTTPS_PROXY."
	case status == http.StatusTooManyRequests:
		return "Twilio limits how many calls an account may make. Run terraform apply again, with -parallelism below 10 if it persists."
	case status >= 500:
		return "Twilio (or the server at base_url) failed to handle the request. Run terraform apply again; if it persists, " +
			"see https://status.twilio.com."
	case status >= 300 && status < 400:
		return "Redirects are not followed, because they would carry the credentials elsewhere. Check base_url (or TWILIO_BASE_URL)."
	}
	return "Correct what Twilio names, and run the command again."
}

// blamed finds the attribute whose parameter an error names, the first one if it names several.
func (d *Definition) blamed(e *twilio.APIError) (path.Path, bool) {
	if e.Status != http.StatusBadRequest && e.Status != http.StatusConflict && e.Status != http.StatusUnprocessableEntity {
		return path.Empty(), false
	}
	for _, p := range e.Problems {
		if at, ok := d.pointed(p.Pointer); ok {
			return at, true
		}
	}
	paths, names := d.parameters(), []string{}
	for parameter := range paths {
		names = append(names, regexp.QuoteMeta(parameter))
	}
	slices.Sort(names)
	// A name ends where no letter, digit or further part follows.
	expression := regexp.MustCompile(`(?:^|[^\w.])(` + strings.Join(names, "|") + `)(?:$|[^\w.]|\.(?:\W|$))`)
	if match := expression.FindStringSubmatch(e.Text()); match != nil {
		return paths[match[1]], true
	}
	return path.Empty(), false
}

// pointed finds the attribute that a JSON pointer names, such as #/ContactIdentity, /Integration.FlowSid or
// #/auto_creation/webhook_filters/0.
func (d *Definition) pointed(pointer string) (path.Path, bool) {
	parts := strings.FieldsFunc(pointer, func(r rune) bool { return strings.ContainsRune("#/.", r) })
	parts = slices.DeleteFunc(parts, func(part string) bool {
		_, err := strconv.Atoi(part)
		return err == nil // the index of an element
	})
	name := strings.ReplaceAll(strings.Join(parts, "."), "_", "")
	for parameter, at := range d.parameters() {
		if strings.EqualFold(parameter, name) {
			return at, true
		}
	}
	return path.Empty(), false
}

// parameters returns the attributes that requests have, by the names of their parameters.
func (d *Definition) parameters() map[string]path.Path {
	paths := map[string]path.Path{}
	for _, f := range d.fields() {
		if f.block != nil || !f.isComputed() {
			paths[f.parameter()] = f.path
		}
	}
	return paths
}

// problem is one of the errors of a response, with the attribute that it points to.
func (d *Definition) problem(p twilio.Problem) string {
	if at, ok := d.pointed(p.Pointer); ok {
		p.Pointer = at.String()
	}
	return p.String()
}
