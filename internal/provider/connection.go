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

// findConnection sets where and how requests are sent. Each value comes from the first source that has it; without one, it is not set.
func findConnection(config *twilio.Config, sources []source) diag.Diagnostics {
	var diags diag.Diagnostics
	take := func(argument string, set func(value string) error) {
		for _, s := range sources {
			value := s.values[argument]
			if value == "" {
				continue
			}
			if err := set(value); err != nil {
				diags.Append(s.unusable(argument, "Invalid "+argument, err.Error())...)
			}
			return
		}
	}
	take("base_url", func(value string) error {
		config.BaseURL = value
		_, err := twilio.ParseBaseURL(value)
		return err
	})
	if config.BaseURL == "" {
		take("region", func(value string) error { config.Region = value; return twilio.CheckRegion(value) })
		take("edge", func(value string) error { config.Edge = value; return twilio.CheckEdge(value) })
		if _, err := twilio.Endpoint("api", config.Region, config.Edge); err != nil && !diags.HasError() {
			diags.AddAttributeError(path.Root("edge"), "Missing edge", "The API's host is unknown: "+err.Error()+".")
		}
	}
	take("max_retries", func(value string) (err error) {
		if config.MaxRetries, err = strconv.Atoi(value); err != nil || config.MaxRetries < 0 {
			return fmt.Errorf("%s is not a whole number, 0 or more", redact.Shown(value))
		}
		return nil
	})
	take("request_timeout", func(value string) (err error) {
		if config.RequestTimeout, err = time.ParseDuration(value); err != nil || config.RequestTimeout <= 0 {
			return fmt.Errorf("%s is not a duration above 0, such as \"30s\"", redact.Shown(value))
		}
		return nil
	})
	take("shared_reads", func(value string) error { return setBool(&config.SharedReads, value) })
	take("check_references", func(value string) error { return setBool(&config.CheckReferences, value) })
	return diags
}

func setBool(to *bool, value string) (err error) {
	if *to, err = strconv.ParseBool(value); err != nil {
		return fmt.Errorf("%s is neither true nor false", redact.Shown(value))
	}
	return nil
}

// checkEndpoint reports an error if the provider block has two endpoints. In other sources, base_url takes precedence over region and
// edge, so that an emulator works in any environment.
func checkEndpoint(block source) (diags diag.Diagnostics) {
	for _, argument := range []string{"region", "edge"} {
		if block.values["base_url"] != "" && block.values[argument] != "" {
			diags.Append(block.errorAt(argument, "Two endpoints", "Both base_url and "+argument+" set the API's host. Keep one of them.")...)
		}
	}
	return diags
}
