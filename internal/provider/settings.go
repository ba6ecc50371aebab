package provider

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// settings are how calls are made, apart from the credentials.
type settings struct {
	baseURL        string
	maxRetries     int
	requestTimeout time.Duration
}

// findSettings takes each setting from the provider block, or else from the environment, or else its default.
func findSettings(config model) (settings, diag.Diagnostics) {
	var diags diag.Diagnostics
	found := settings{maxRetries: twilio.DefaultMaxRetries, requestTimeout: twilio.DefaultRequestTimeout}
	maxRetries := ""
	if !config.MaxRetries.IsNull() {
		maxRetries = strconv.FormatInt(config.MaxRetries.ValueInt64(), 10)
	}
	for _, setting := range []struct {
		argument, variable, value string
		set                       func(string) error
	}{
		{"base_url", envBaseURL, config.BaseURL.ValueString(), func(value string) error {
			found.baseURL = value
			_, err := twilio.ParseBaseURL(value)
			return err
		}},
		{"max_retries", envMaxRetries, maxRetries, func(value string) (err error) {
			if found.maxRetries, err = strconv.Atoi(value); err != nil || found.maxRetries < 0 {
				return fmt.Errorf("%q is not a whole number, 0 or more", value)
			}
			return nil
		}},
		{"request_timeout", envRequestTimeout, config.RequestTimeout.ValueString(), func(value string) (err error) {
			if found.requestTimeout, err = time.ParseDuration(value); err != nil || found.requestTimeout <= 0 {
				return fmt.Errorf("%q is not a duration above 0, such as \"30s\"", value)
			}
			return nil
		}},
	} {
		name, value := setting.argument, setting.value
		if value == "" {
			name, value = setting.variable, os.Getenv(setting.variable)
		}
		if value == "" {
			continue
		}
		if err := setting.set(value); err != nil {
			diags.AddAttributeError(path.Root(setting.argument), "Invalid "+setting.argument, "The value of "+name+" can't be used: "+err.Error()+".")
		}
	}
	return found, diags
}
