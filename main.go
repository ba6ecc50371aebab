// Command terraform-provider-twilio is a Terraform provider for Twilio Flex Flows. Terraform starts it; nobody else does.
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
	debug := flag.Bool("debug", false, "wait for a debugger, and print how Terraform can be attached to this process")
	flag.Parse()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	err := tf6server.Serve(provider.Address, provider.Server(version), options...)
	if err != nil {
		log.Fatal(err)
	}
}
