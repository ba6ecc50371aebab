package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

const faultUsage = `
The file of -faults has a JSON array of objects. Each chooses calls, and says what goes wrong:

  method, path       the calls it is about; any if omitted. path is a pattern in which * stands for anything but a
                     slash, ? for one character and [a-z] for one of these: /v1/FlexFlows, /v1/FlexFlows/*
  nth                begin with the n-th of these calls, counted from 1; that one alone, without every or count
  every              each k-th of these calls: the k-th, the 2k-th and so on, or the n-th, the n+k-th and so on with nth;
                     without nth and every, all of them
  count              end after so many faults
  kind               status, reset, hang, slow, truncate, body or fields
  after_work         do what the call asks for before it fails
  work_after_ms      do what the call asks for so many milliseconds after it failed
  delay_ms           wait so many milliseconds before it fails, or before the response of slow
  status, html, code, message, retry_after      the response of status
  body, content_type                            the response of body; $sid stands for the SID in the right one
  fields, sid                                   the fields that replace those of the response, for one SID or for all

A call meets the first fault in the array that chooses it. For a second create that succeeds but gets no response, and
a 429 response to every fourth call:

  [
    { "method": "POST", "path": "/v1/FlexFlows", "nth": 2, "kind": "reset", "after_work": true },
    { "every": 4, "kind": "status", "status": 429, "retry_after": "1" }
  ]

When the emulator ends, it lists the faults that no call has met.

The emulator also has what Flex Flows and address configurations refer to: Studio flows, TaskRouter's Workspaces,
Workflows and Task Channels, and Conversation Services. All that is asked for exists, Studio flows are published, and
the events of their triggers are connected. The file of -references says what is different, by SID or unique name:

  missing            true: it does not exist
  draft              true: the latest revision of the Studio flow is a draft
  published          true: the revision before that draft is published
  connected          the only events of the Studio flow's trigger that are connected: incomingMessage, incomingCall,
                     incomingConversationMessage, incomingRequest or incomingParent
  workspace_sid      the only Workspace that has the Workflow or Task Channel

  {
    "FW00000000000000000000000000000001": { "missing": true },
    "FW00000000000000000000000000000002": { "draft": true },
    "FW00000000000000000000000000000003": { "draft": true, "published": true },
    "FW00000000000000000000000000000004": { "connected": ["incomingMessage"] },
    "WW00000000000000000000000000000001": { "workspace_sid": "WS00000000000000000000000000000001" },
    "whatsapp": { "missing": true }
  }
`

func parse(arguments []string) (flexemulator.Options, int, error) {
	var options flexemulator.Options
	flags := flag.NewFlagSet("flex-emulator", flag.ContinueOnError)
	port := flags.Int("port", 8080, "`port` on 127.0.0.1 to listen on; 0 takes a free one")
	faults := flags.String("faults", "", "`file` with a JSON array of faults to inject; see below")
	references := flags.String("references", "", "`file` with a JSON object of what resources refer to and is not as it should be; see below")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "Usage: flex-emulator [options]")
		flags.PrintDefaults()
		fmt.Fprint(flags.Output(), faultUsage)
	}
	commonFlags(flags, &options.Behavior)
	flowFlags(flags, &options.Behavior)
	addressFlags(flags, &options.Behavior)
	if err := flags.Parse(arguments); err != nil {
		return options, 0, err
	}
	if flags.NArg() > 0 {
		return options, 0, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if err := readFile(*faults, &options.Faults); err != nil {
		return options, 0, err
	}
	return options, *port, readFile(*references, &options.References)
}

// readFile reads a file with JSON into a value. No file is named by an empty name.
func readFile(file string, to any) error {
	if file == "" {
		return nil
	}
	raw, err := os.ReadFile(file) //nolint:gosec // the user names it
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(to); err != nil {
		return fmt.Errorf("%s: %w; -help describes what it may have", file, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: there is something after its end; put all of it into one array or object", file)
	}
	return nil
}

// commonFlags are about flows and addresses alike.
func commonFlags(flags *flag.FlagSet, b *flexemulator.Behavior) {
	flags.DurationVar(&b.ReadLag, "read-lag", 0, "for how long reads do not find what is new")
	flags.DurationVar(&b.ListLag, "list-lag", 0, "for how long lists show what was updated as it was")
	flags.Func("order", "order of lists: newest-first, by-sid or shuffled; oldest first otherwise", text(&b.Order))
	flags.BoolVar(&b.NullDateUpdated, "null-date-updated", false, "what is new has no update date")
	flags.BoolVar(&b.RoundDates, "round-dates", false, "dates are rounded to the nearest second, instead of cut off")
	flags.DurationVar(&b.ClockAhead, "clock-ahead", 0,
		"by how much the clock of the Date header is ahead of that of the dates; negative if behind")
	flags.DurationVar(&b.ForgetLag, "forget-lag", 0, "for how long checks for duplicates know what was deleted or updated as it was")
	flags.IntVar(&b.DuplicateStatus, "duplicate-status", 0, "`status` of the refusal of a duplicate, from 400 to 499; 409 otherwise")
	flags.IntVar(&b.DuplicateCode, "duplicate-code", 0, "error `code` of the refusal of a duplicate; 20409 otherwise")
	flags.Func("unanswered",
		"comma-separated `fields` that no response has, such as enabled,integration.creation_on_message", list(&b.Unanswered))
	flags.Func("unlisted", "comma-separated `fields` that the entries of lists leave out", list(&b.Unlisted))
	flags.Func("rewrites", "comma-separated `values` stored in a form of the API's own: url, channel, identity, name, country, address",
		list(&b.Rewrites))
	flags.BoolVar(&b.ProblemDetails, "problem-details", false, "errors are application/problem+json (RFC 9457)")
	flags.BoolVar(&b.AcceptIncomplete, "accept-incomplete", false,
		"an integration or auto-creation that lacks what its type requires is accepted")
}

func flowFlags(flags *flag.FlagSet, b *flexemulator.Behavior) {
	flags.Func("integration",
		"what answers show of an integration: defaults, all-keys, foreign-keys or null; what was sent otherwise", text(&b.Integration))
	flags.BoolVar(&b.ReplaceIntegration, "replace-integration", false, "an update of the integration drops what it does not send")
	flags.BoolVar(&b.EnabledByDefault, "enabled-by-default", false, "a flow created without Enabled is enabled")
	flags.BoolVar(&b.EmptyIdentity, "empty-identity", false, `an absent contact identity is answered as "" instead of null`)
	flags.BoolVar(&b.NullIntegrationType, "null-integration-type", false,
		"a flow created without IntegrationType has none, instead of studio")
	flags.BoolVar(&b.RefuseDuplicates, "refuse-duplicates", false, "a second flow with one channel type and contact identity is refused")
}

func addressFlags(flags *flag.FlagSet, b *flexemulator.Behavior) {
	flags.Func("auto-creation",
		"what answers show of an auto-creation: defaults, all-keys, foreign-keys or null; what was sent otherwise", text(&b.AutoCreation))
	flags.BoolVar(&b.ReplaceAutoCreation, "replace-auto-creation", false, "an update of the auto-creation drops what it does not send")
	flags.BoolVar(&b.MethodAsSent, "method-as-sent", false,
		"a webhook's method is answered in the case it was sent in, instead of upper case")
	flags.BoolVar(&b.SortFilters, "sort-filters", false, "a webhook's filters are answered in alphabetical order")
	flags.BoolVar(&b.EmptyFriendlyName, "empty-friendly-name", false,
		`an absent friendly name of an address is answered as "" instead of null`)
	flags.BoolVar(&b.NameAddresses, "name-addresses", false, "an address created without FriendlyName gets its address as the name")
	flags.BoolVar(&b.DefaultCountry, "default-country", false, "the country of an address created without AddressCountry is US")
	flags.BoolVar(&b.AutoCreate, "auto-create", false, "auto-creation is enabled where AutoCreation.Enabled was never sent")
	flags.BoolVar(&b.RefuseDuplicateAddresses, "refuse-duplicate-addresses", false,
		"a second configuration of one type and address is refused")
	flags.BoolVar(&b.RefuseAddressesOfFlows, "refuse-addresses-of-flows", false,
		"an address that a flow has as its contact identity is refused")
	flags.BoolVar(&b.StrictTypeFilter, "strict-type-filter", false, "the Type filter of lists takes whatsapp and sms only")
	flags.BoolVar(&b.SIDPaths, "sid-paths", false, "paths take the SID of an address configuration only, not the address itself")
}

// list sets a list from its comma-separated values.
func list[T ~string](target *[]T) func(string) error {
	return func(values string) error {
		for value := range strings.SplitSeq(values, ",") {
			*target = append(*target, T(strings.TrimSpace(value)))
		}
		return nil
	}
}

// text sets one of the texts that choose a behavior.
func text[T ~string](target *T) func(string) error {
	return func(value string) error {
		*target = T(value)
		return nil
	}
}
