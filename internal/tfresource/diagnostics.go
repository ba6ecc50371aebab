package tfresource

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// warningf and errorf return one diagnostic, warningAtf and errorAtf one at an attribute. The format is that of the detail.

func warningf(summary, format string, args ...any) diag.Diagnostics {
	return diag.Diagnostics{diag.NewWarningDiagnostic(summary, fmt.Sprintf(format, args...))}
}

func warningAtf(at path.Path, summary, format string, args ...any) diag.Diagnostics {
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(at, summary, fmt.Sprintf(format, args...))}
}

func errorf(summary, format string, args ...any) diag.Diagnostics {
	return diag.Diagnostics{diag.NewErrorDiagnostic(summary, fmt.Sprintf(format, args...))}
}

func errorAtf(at path.Path, summary, format string, args ...any) diag.Diagnostics {
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, fmt.Sprintf(format, args...))}
}

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

// failure returns the diagnostic of an operation that failed, at the attribute that the response names if it names one. which is the SID
// of the resource, or for one without a SID its name or address in quotes; empty for a list.
func (d *Definition) failure(op operation, which string, err error) diag.Diagnostics {
	summary := "Unable to " + string(op) + " " + d.noun()
	if which == "" {
		summary += "s"
	} else {
		which = attribute.Capitalized(d.noun()) + " " + which + ": "
	}
	if unclear, ok := errors.AsType[*twilio.UnknownOutcomeError](err); ok {
		return errorf("Unknown outcome of creating "+d.noun(), "%s%s", which, d.describeUnknown(unclear))
	}
	if wrong, ok := errors.AsType[*twilio.AccountError](err); ok {
		return errorf(summary, "%sThe provider's %v. Nothing was changed. Set account_sid to the account of the credentials, or use the "+
			"credentials of %s.", which, wrong, wrong.Configured)
	}
	refused, ok := errors.AsType[*twilio.APIError](err)
	if !ok {
		return errorf(summary, "%s%v.\n\n%s", which, err, adviseCall(op, err))
	}
	detail := which + d.describe(refused, op)
	if _, ok := errors.AsType[*twilio.NotCreatedError](err); ok {
		detail += "\n\nTerraform looked for the " + d.noun() + ", in case it had been created all the same: it is not there."
	}
	if at, ok := d.blamed(refused); ok {
		return errorAtf(at, summary, "%s", detail)
	}
	return errorf(summary, "%s", detail)
}

// called returns what errors call a resource: its SID, with its name or address.
func (d *Definition) called(v values) string {
	known := v.text(d.LookUp)
	if known.ValueString() == "" {
		return v.sid()
	}
	return fmt.Sprintf("%s (%s)", v.sid(), known)
}

// describeUnknown says how to find out whether there is a resource, and how to bring it in.
func (d *Definition) describeUnknown(e *twilio.UnknownOutcomeError) string {
	outcome := fmt.Sprintf("It is not known whether Twilio created the %s: %v. %s.\n\n", d.noun(), e.Cause, attribute.Capitalized(e.Reason))
	if len(e.Candidates) == 0 {
		return outcome + fmt.Sprintf("Before you apply again, look in Twilio for %s with this %s that Terraform does not know. If there is one, "+
			"import it, with this resource's address for ADDRESS:\n\n  terraform import ADDRESS %s…", d.aNoun(), d.LookUp, d.SID.Prefix)
	}
	return outcome + fmt.Sprintf("These are the %ss that could be it. Import the one that is not managed elsewhere, with this resource's "+
		"address for ADDRESS; if none of them is, apply again:\n%s", d.noun(), listObjects(e.Candidates, "terraform import ADDRESS "))
}

// listObjects lists resources for a message, a line each.
func listObjects(objects []*twilio.Object, command string) string {
	var s strings.Builder
	for _, object := range objects {
		fmt.Fprintf(&s, "\n  %s%s", command, object.SID)
		if object.DateCreated != "" {
			fmt.Fprintf(&s, "   # created %s", object.DateCreated)
		}
	}
	return s.String()
}

// adoption is the warning that a resource was found instead of made.
func (d *Definition) adoption(object *twilio.Object) diag.Diagnostics {
	return warningf(d.title()+object.SID+" was adopted", "The response to its creation was lost. Terraform looked for the %[1]s and found "+
		"%[2]s, which was created during the request and has the same values. Terraform now manages it.\n\nTwilio does not tell who made %[3]s. "+
		"If another provider block or another run created one alike at the same moment, check that it does not manage %[2]s as well.",
		d.noun(), object.SID, d.aNoun())
}

// warnTwins is the warning that a create that was repeated may have made more than one resource.
func (d *Definition) warnTwins(created *twilio.Created) diag.Diagnostics {
	if len(created.Twins) == 0 {
		return nil
	}
	return warningf("There may be a second "+d.noun()+" like "+created.SID, "The response to the first attempt at its creation was lost, and "+
		"no %s had shown up when Terraform tried again. By now, Twilio lists what that attempt may have created as well. Delete it if it is not "+
		"managed elsewhere:\n%s", d.noun(), listObjects(created.Twins, ""))
}

// warnWrittenElsewhere is the warning that a resource was written in another account than the configured one.
func (r *Resource) warnWrittenElsewhere(object *twilio.Object) diag.Diagnostics {
	wrong, ok := errors.AsType[*twilio.AccountError](r.client.CheckAccount(object))
	if !ok {
		return nil
	}
	return warningf(r.title()+object.SID+" is in another account", "The provider's %v. The %s was written there, and is in the state. Set "+
		"account_sid to the account of the credentials, or use the credentials of %s.", wrong, r.noun(), wrong.Configured)
}

// keptAdopted is the warning that a resource was not deleted, because it turned out to be the one that replaces it.
func (d *Definition) keptAdopted(resourceSID string) diag.Diagnostics {
	return warningf(d.title()+resourceSID+" was kept", "It was to be deleted, but it turned out to be the %s that replaces it: the response "+
		"to a creation was lost, and Terraform found and adopted %s. Terraform now manages it at its new address in the state. If it should "+
		"have been replaced by a new one, run terraform apply -replace again.", d.noun(), resourceSID)
}

// title begins a summary about one resource.
func (d *Definition) title() string { return attribute.Capitalized(d.noun()) + " " }

// warnOtherAccount is the warning that a resource is not found, if the state says that it is another account's than the one that was asked.
func (r *Resource) warnOtherAccount(state values) diag.Diagnostics {
	account, asked := state.text("account_sid"), r.client.AccountSID()
	if asked == "" || account.IsNull() || account.ValueString() == asked {
		return nil
	}
	return warningf(r.title()+state.sid()+" belongs to another account", "The state says that it is in account %s, but the provider is "+
		"configured for account %s, which does not have it. Terraform takes it for deleted. If that is not so, do not apply: check the "+
		"provider's credentials, and those in the environment and the Twilio CLI's profile.", account.ValueString(), asked)
}

// manyGone is how many resources are gone when a run warns of it: more than one or two, which people delete by hand.
const manyGone = 3

// warnManyGone is the warning that many resources are gone, in the read that finds so many.
func (d *Definition) warnManyGone(gone int) diag.Diagnostics {
	if gone != manyGone {
		return nil
	}
	return warningf("Many "+d.noun()+"s are gone", "%d or more %ss of the state no longer exist in Twilio, and Terraform plans to create "+
		"them again. Do not apply before you know why: check that the provider's credentials are those of their account. %s",
		gone, d.noun(), d.Unavailable)
}

// updatedBlindly is the warning that an update was done, but its response tells nothing. The resource is as planned.
func (d *Definition) updatedBlindly(resourceSID string, err error) diag.Diagnostics {
	return warningf("Unable to read the update of "+d.noun()+" "+resourceSID, "%s: %v. The next plan reads the rest.", d.keepsPlanned(), err)
}

// What Terraform does about fields that can't be understood.
const (
	keepsPrior = "Terraform keeps the values that it has"
	leavesNull = "Terraform leaves them null"
)

func (d *Definition) keepsPlanned() string {
	return "The " + d.noun() + " was written, and Terraform records the values that were planned"
}

// warnUnreadable is the warning about fields of a response that can't be understood, if there are any. consequence says what Terraform
// does instead.
func (d *Definition) warnUnreadable(resourceSID string, fields []string, consequence string) diag.Diagnostics {
	if len(fields) == 0 {
		return nil
	}
	return warningf("Unable to read all of "+d.noun()+" "+resourceSID, "Twilio's response holds %s of %s in a form that the provider does "+
		"not understand. %s. Check the %s with Twilio's API; if the value is right, please report this to the provider's developers.",
		attribute.ListOf(fields), resourceSID, consequence, d.noun())
}

// warnNoSID is the warning about an entry of a list that can't be told apart from others.
func (d *Definition) warnNoSID() diag.Diagnostics {
	return warningf("Unable to read "+d.aNoun()+" of the list", "Twilio's list holds an entry without a well-formed %s SID. Terraform leaves "+
		"it out. Check the account's %[1]ss with Twilio's API, and please report this to the provider's developers.", d.noun())
}
