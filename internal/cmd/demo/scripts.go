package main

import "github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"

// A script is what one demo shows.
type script struct {
	// example is the folder of its configuration, among the examples.
	example string
	// apis are those that the emulator has, and behavior is how they act.
	apis     string
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
	// saves is the file that gets the output, instead of the screen.
	saves string
	// writesNothing tells that the step fails if the emulator receives a write.
	writesNothing bool
}

var scripts = map[string]script{
	"flows": {
		example: "complete", apis: "the Flex Flows API",
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
		example: "guides/moving-to-flex-conversations", apis: "Flex Flows and Conversations addresses, which refuses an address that a Flex Flow still has",
		behavior: flexemulator.Behavior{RefuseAddressesOfFlows: true, RefuseDuplicateAddresses: true},
		steps: []step{
			{title: "Terraform gets ready.", arguments: []string{"init"}, quiet: true},
			{title: "A contact centre with four Flex Flows, as it is before the move.", arguments: []string{"apply", "-auto-approve"}, quiet: true},
			{
				title:     "Their values go into a file, once: it outlives them, says what to create, and is the way back.",
				arguments: []string{"output", "-json", "flex_flows"}, saves: "flex_flows.json", writesNothing: true,
			},
			{
				title:     "What can move, and what can't and why. Nothing has changed in Twilio.",
				arguments: []string{"apply", "-auto-approve"}, writesNothing: true,
			},
			{
				title:     "Stage \"stopped\": the Flex Flows that can move are deleted. From here on, nothing answers on their addresses.",
				arguments: []string{"apply", "-auto-approve", "-var=stage=stopped"},
			},
			{
				title:     "Stage \"addresses\": address configurations take their place, with one call for each.",
				arguments: []string{"apply", "-auto-approve", "-var=stage=addresses"},
			},
			{
				title:     "A plan finds nothing to do. Had it found something, the demo would stop here.",
				arguments: []string{"plan", "-detailed-exitcode", "-var=stage=addresses"}, writesNothing: true,
			},
			{
				title:     "The same apply again does nothing twice.",
				arguments: []string{"apply", "-auto-approve", "-var=stage=addresses"}, quiet: true, writesNothing: true,
			},
			{
				title: "The way back would be the stages in reverse: stage=stopped, then stage=flows, which creates the Flex Flows anew. " +
					"Here, the end is that everything is destroyed.",
				arguments: []string{"destroy", "-auto-approve", "-var=stage=addresses"}, quiet: true,
			},
		},
		done: "two of four flows moved, and two stayed, for the reasons that were shown; all is destroyed, and no account was needed.\n" +
			"docs/guides/moving-to-flex-conversations.md goes through it with an account.",
	},
}
