// Command terraform-provider-twilio is a Terraform provider for Twilio Flex Flows and the address configurations
// of Conversations. Terraform starts it; nobody else does.
package main

import (
	"flag"
	"log"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// version is set by the release build.
var version = "dev"

// gcPercent lets more garbage gather than Go does by itself: little of what a request allocates outlives it, and there are two
// requests or more for each resource.
const gcPercent = 300

func main() {
	debug.SetGCPercent(gcPercent)
	debugging := flag.Bool("debug", false, "wait for a debugger, and print how Terraform can be attached to this process")
	flag.Parse()
	var options []tf6server.ServeOpt
	if *debugging {
		options = append(options, tf6server.WithManagedDebug())
	} else { // a process that waits for a debugger does not know Terraform's settings
		provider.DisableUnusedLogs()
	}
	err := tf6server.Serve(provider.Address, provider.Server(version), options...)
	if err != nil {
		log.Fatal(err)
	}
}
