// Command terraform-provider-twilio is a Terraform provider for Twilio Flex Flows and the address configurations of Conversations.
// Terraform starts it.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	provider.RelaxGC()
	debugging := flag.Bool("debug", false, "wait for a debugger, and print how to attach Terraform to this process")
	flag.Parse()
	var options []tf6server.ServeOpt
	if *debugging {
		options = append(options, tf6server.WithManagedDebug())
	} else { // a debugged process does not get Terraform's log settings
		provider.DisableUnusedLogs()
	}
	err := tf6server.Serve(provider.Address, provider.Server(version), options...)
	if err != nil {
		log.Fatal(err)
	}
}
