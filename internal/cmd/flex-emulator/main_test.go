package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Every switch of the emulator has a flag.
func TestParse_switches(t *testing.T) {
	options, port, err := parse(strings.Fields(`-port 1 -read-lag 1s -list-lag 1s -forget-lag 1s -clock-ahead -2s -order by-sid -round-dates
		-null-date-updated -accept-incomplete -duplicate-status 400 -duplicate-code 50000 -unanswered enabled,integration.url -unlisted address
		-rewrites url,name -problem-details -integration null -replace-integration -enabled-by-default -empty-identity -null-integration-type
		-refuse-duplicates -auto-creation null -replace-auto-creation -method-as-sent -sort-filters -empty-friendly-name -name-addresses
		-default-country -auto-create -refuse-duplicate-addresses -refuse-addresses-of-flows -strict-type-filter -sid-paths`))
	if err != nil || port != 1 {
		t.Fatal(port, err)
	}
	b := reflect.ValueOf(options.Behavior)
	for i := range b.NumField() {
		if b.Field(i).IsZero() {
			t.Errorf("%s is not set", b.Type().Field(i).Name)
		}
	}
	got := options.Behavior
	if !reflect.DeepEqual(got.Unanswered, []string{"enabled", "integration.url"}) || got.ClockAhead != -2*time.Second ||
		!reflect.DeepEqual(got.Rewrites, []flexemulator.Rewrite{flexemulator.RewriteURL, flexemulator.RewriteName}) {
		t.Errorf("got %+v", got)
	}
	if _, err := flexemulator.New(options); err != nil {
		t.Error(err)
	}
}

// The usage names every field of a fault.
func TestFaultUsage(t *testing.T) {
	for field := range reflect.TypeFor[flexemulator.Fault]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !strings.Contains(faultUsage, name) {
			t.Errorf("%s is not documented", name)
		}
	}
}

func TestRun_faults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "faults.json")
	for _, path := range []string{"/v1/FlexFlow", "/FlexFlows/*"} {
		if err := os.WriteFile(file, []byte(`[{"path": "`+path+`", "kind": "reset"}]`), 0o600); err != nil {
			t.Fatal(err)
		}
		want := `fault 1: path "` + path + `" matches no path`
		if err := run(t.Context(), []string{"-port", "0", "-faults", file}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	got := unused([]flexemulator.Fault{{Path: "/v1/FlexFlows", Nth: 3, Kind: flexemulator.FaultReset}})
	if !strings.HasSuffix(got, ":\n  {\"path\":\"/v1/FlexFlows\",\"nth\":3,\"kind\":\"reset\"}\n") || unused(nil) != "" {
		t.Errorf("got %s", got)
	}
}

func TestParse_references(t *testing.T) {
	file := filepath.Join(t.TempDir(), "references.json")
	const flow = "FW00000000000000000000000000000001"
	read := func(content string) (flexemulator.Options, error) {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		options, _, err := parse([]string{"-references", file})
		if err == nil {
			_, err = flexemulator.New(options)
		}
		return options, err
	}
	for content, says := range map[string]string{
		`{"` + flow + `": {"mising": true}}`:                 `unknown field "mising"; -help describes`,
		`{"` + flow + `": {"missing": "yes"}}`:               "missing of type bool; -help describes",
		`{"` + flow + `": {"missing": true, "draft": true}}`: `reference "` + flow + `": missing goes with nothing else`,
		`{"FW1111111111111111": {"missing": true}}`:          `reference "FW1111111111111111": it is not the SID`,
		`{"` + flow + `": {}} {}`:                            "something after its end",
		`[]`:                                                 "cannot unmarshal array",
	} {
		if _, err := read(content); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", content, err)
		}
	}
	// The example of the usage is right.
	_, example, _ := strings.Cut(faultUsage, "has the Workflow or Task Channel\n")
	if options, err := read(example); err != nil || len(options.References) != 6 || !options.References[flow].Missing {
		t.Errorf("%v %v", options.References, err)
	}
}
