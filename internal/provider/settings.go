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

// settings are where and how calls are made, apart from the credentials.
type settings struct {
	baseURL, region, edge string
	maxRetries            int
	requestTimeout        time.Duration
}

// findSettings takes each setting from the first of the places that holds it, or else its default.
func findSettings(places []place) (settings, diag.Diagnostics) {
	var diags diag.Diagnostics
	found := settings{maxRetries: twilio.DefaultMaxRetries, requestTimeout: twilio.DefaultRequestTimeout}
	take := func(argument string, set func(value string) error) {
		for _, p := range places {
			value := p.values[argument]
			if value == "" {
				continue
			}
			if err := set(value); err != nil {
				diags.AddAttributeError(p.path(argument), "Invalid "+argument,
					"The value of "+p.names[argument]+" in "+p.name+" can't be used: "+err.Error()+".")
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
			diags.AddAttributeError(path.Root("edge"), "Missing edge", "The API's host can't be told: "+err.Error()+".")
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
	return found, diags
}

// checkEndpoint refuses a provider block that names two endpoints. Elsewhere a base_url just goes before the region and the edge:
// an emulator is used in whatever environment there is.
func checkEndpoint(block place) diag.Diagnostics {
	var diags diag.Diagnostics
	if block.values["base_url"] == "" {
		return diags
	}
	for _, argument := range []string{"region", "edge"} {
		if block.values[argument] != "" {
			diags.AddAttributeError(path.Root(argument), "Two endpoints",
				"Both base_url and "+argument+" say where the API is. Keep one of them.")
		}
	}
	return diags
}
