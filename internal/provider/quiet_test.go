package provider_test

import (
	"os"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

func TestQuieten(t *testing.T) {
	const sdk, own = "TF_LOG_SDK", "TF_LOG_PROVIDER_TWILIO"
	for name, c := range map[string]struct {
		set, want map[string]string
	}{
		"nothing is shown":        {nil, map[string]string{sdk: "off", own: "off"}},
		"Terraform's log":         {map[string]string{"TF_LOG": "debug"}, map[string]string{sdk: "", own: ""}},
		"the log of providers":    {map[string]string{"TF_LOG_PROVIDER": "warn"}, map[string]string{sdk: "", own: ""}},
		"the log of core alone":   {map[string]string{"TF_LOG_CORE": "trace"}, map[string]string{sdk: "off", own: "off"}},
		"one of them set by hand": {map[string]string{own: "trace"}, map[string]string{sdk: "off", own: "trace"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_CORE", sdk, own} {
				t.Setenv(variable, c.set[variable])
			}
			provider.DisableUnusedLogs()
			for variable, want := range c.want {
				if got := os.Getenv(variable); got != want {
					t.Errorf("%s is %q, want %q", variable, got, want)
				}
			}
		})
	}
}
