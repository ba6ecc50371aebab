package provider

import (
	"os"
	"slices"
)

// shown are the settings by which Terraform shows what a provider logs.
var shown = []string{"TF_LOG", "TF_LOG_PROVIDER"}

// logged are the settings of what the SDK and this provider log, which is everything where they are unset.
var logged = []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_TWILIO"}

// DisableUnusedLogs keeps this process from logging while Terraform shows nothing of it: Terraform would read and parse more than 60 KB for
// each resource of a plan, and drop it, which is a quarter of the time that a plan takes without waiting for the API.
func DisableUnusedLogs() {
	isSet := func(name string) bool { return os.Getenv(name) != "" }
	if slices.ContainsFunc(shown, isSet) {
		return
	}
	for _, name := range logged {
		if !isSet(name) {
			_ = os.Setenv(name, "off") // fails for invalid names only
		}
	}
}
