package provider

import (
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A connection is where and how requests are sent, without the credentials.
type connection struct {
	baseURL, region, edge string
	maxRetries            int
	requestTimeout        time.Duration
	sharedReads           bool
	checkReferences       bool
}

// findConnection takes each value from the first source that has it, or else its default.
func findConnection(sources []source) (connection, diag.Diagnostics) {
	var diags diag.Diagnostics
	found := connection{
		maxRetries: twilio.DefaultMaxRetries, requestTimeout: twilio.DefaultRequestTimeout, sharedReads: true, checkReferences: true,
	}
	take := func(argument string, set func(value string) error) {
		for _, s := range sources {
			value := s.values[argument]
			if value == "" {
				continue
			}
			if err := set(value); err != nil {
				diags.AddAttributeError(s.path(argument), "Invalid "+argument, s.unusable(argument, err.Error()))
			}
			return
		}
	}
	take("base_url", func(value string) error {
		found.baseURL = value
		_, err := twilio.ParseBaseURL(value)
		return err
	})
	if found.baseURL == "" {
		take("region", func(value string) error { found.region = value; return twilio.CheckRegion(value) })
		take("edge", func(value string) error { found.edge = value; return twilio.CheckEdge(value) })
		if _, err := twilio.Endpoint("api", found.region, found.edge); err != nil && !diags.HasError() {
			diags.AddAttributeError(path.Root("edge"), "Missing edge", "The API's host is unknown: "+err.Error()+".")
		}
	}
	take("max_retries", func(value string) (err error) {
		if found.maxRetries, err = strconv.Atoi(value); err != nil || found.maxRetries < 0 {
			return fmt.Errorf("%s is not a whole number, 0 or more", redact.Shown(value))
		}
		return nil
	})
	take("request_timeout", func(value string) (err error) {
		if found.requestTimeout, err = time.ParseDuration(value); err != nil || found.requestTimeout <= 0 {
			return fmt.Errorf("%s is not a duration above 0, such as \"30s\"", redact.Shown(value))
		}
		return nil
	})
	take("shared_reads", func(value string) error { return setBool(&found.sharedReads, value) })
	take("check_references", func(value string) error { return setBool(&found.checkReferences, value) })
	return found, diags
}

func setBool(to *bool, value string) (err error) {
	if *to, err = strconv.ParseBool(value); err != nil {
		return fmt.Errorf("%s is neither true nor false", redact.Shown(value))
	}
	return nil
}

// checkEndpoint reports an error if the provider block has two endpoints. In other sources, base_url takes precedence over region and
// edge, so that an emulator works in any environment.
func checkEndpoint(block source) diag.Diagnostics {
	var diags diag.Diagnostics
	if block.values["base_url"] == "" {
		return diags
	}
	for _, argument := range []string{"region", "edge"} {
		if block.values[argument] != "" {
			diags.AddAttributeError(path.Root(argument), "Two endpoints",
				"Both base_url and "+argument+" set the API's host. Keep one of them.")
		}
	}
	return diags
}
