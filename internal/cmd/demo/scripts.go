package main

import "github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"

// A script is what one demo shows.
type script struct {
	// example is the folder of its configuration, among the examples.
	example string
	// behavior is how the emulator acts.
	behavior flexemulator.Behavior
	steps    []step
	// done says what was shown.
	done string
}

// A step is one run of Terraform, with what a newcomer should know of it.
type step struct {
	title     string
	arguments []string
	// quiet shows Terraform's output only when the step fails.
	quiet bool
	// from is the text with which the output that is shown begins, empty for all of it.
	from string
	// variables are what terraform.tfvars has from this step on.
	variables string
	// references are the Studio flows and others that don't work from this step on; nil leaves them as they are.
	references map[string]flexemulator.Reference
	// writesNothing tells that the step fails if the emulator receives a write.
	writesNothing bool
}

// moved are the variables of the move. Two Flex Flows can't move.
const moved = "stage    = \"addresses\"\nstage_of = { line = \"flows\", web = \"flows\" }"

// studioFlow is that of the example.
const studioFlow = "FW22222222222222222222222222222222"

var scripts = map[string]script{
	"flows": {
		example: "complete",
		steps: []step{
			{title: "Terraform gets ready.", arguments: []string{"init"}, quiet: true},
			{
				title:     "A plan for three Flex Flows, with their defaults. What only Twilio can tell is known after the apply.",
				arguments: []string{"plan", "-out=first.tfplan"},
			},
			{title: "The apply creates them, with one call for each.", arguments: []string{"apply", "first.tfplan"}},
			{
				title:     "A second plan finds nothing to do. Had it found something, the demo would stop here.",
				arguments: []string{"plan", "-detailed-exitcode"}, writesNothing: true,
			},
			{title: "One attribute changes, in place, with one call.", arguments: []string{"apply", "-auto-approve", "-var=retry_count=1"}},
			{title: "The destroy leaves nothing behind.", arguments: []string{"destroy", "-auto-approve", "-var=retry_count=1"}, quiet: true},
		},
		done: "three flows created, one updated, all destroyed; no account was needed.",
	},
	"move": {
		example:  "guides/moving-to-flex-conversations",
		behavior: flexemulator.Behavior{RefuseAddressesOfFlows: true, RefuseDuplicateAddresses: true},
		steps: []step{
			{title: "Terraform gets ready.", arguments: []string{"init"}, quiet: true},
			{title: "A contact centre with four Flex Flows, as it is before the move.", arguments: []string{"apply", "-auto-approve"}, quiet: true},
			{
				title:     "Stage \"flows\": what can move, and what can't and why. Nothing changes in Twilio.",
				arguments: []string{"apply", "-auto-approve"}, writesNothing: true,
			},
			{
				title: "Stage \"addresses\", as a plan: the provider looks at the Studio flow behind each address, and warns. This one has nothing " +
					"connected to Incoming Conversation.",
				variables: moved, arguments: []string{"plan"}, writesNothing: true, from: "Plan:",
				references: map[string]flexemulator.Reference{studioFlow: {Connected: []string{"incomingMessage"}}},
			},
			{
				title:      "With the Studio flow mended, one apply moves them: it deletes the Flex Flows, then creates the address configurations.",
				references: map[string]flexemulator.Reference{}, arguments: []string{"apply", "-auto-approve"}, from: "Plan:",
			},
			{
				title:     "A plan finds nothing to do. Had it found something, the demo would stop here.",
				arguments: []string{"plan", "-detailed-exitcode"}, writesNothing: true,
			},
			{
				title: "The way back would be the stage \"flows\" again, which creates the Flex Flows anew. Here, the end is that everything is " +
					"destroyed.",
				arguments: []string{"destroy", "-auto-approve"}, quiet: true,
			},
		},
		done: "two of four flows moved, and two stayed, for the reasons that were shown; all is destroyed, and no account was needed.\n" +
			"docs/guides/moving-to-flex-conversations.md goes through it with an account.",
	},
}
