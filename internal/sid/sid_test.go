package sid_test

import (
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

func TestCheck(t *testing.T) {
	digits := strings.Repeat("0aF9", 8)
	cases := map[string]struct {
		kind  sid.Kind
		value string
		fault string // empty: the value is right
	}{
		"well-formed":        {sid.StudioFlow, "FW" + digits, ""},
		"empty":              {sid.StudioFlow, "", "it is empty"},
		"too short":          {sid.StudioFlow, "FW123", "it has 5 characters instead of 34"},
		"too long":           {sid.StudioFlow, "FW" + digits + "0", "it has 35 characters instead of 34"},
		"not hexadecimal":    {sid.StudioFlow, "FW" + digits[:31] + "g", `what follows "FW" is not hexadecimal`},
		"other known kind":   {sid.StudioFlow, "WW" + digits, `"WW" is the prefix of a TaskRouter Workflow SID`},
		"other unknown kind": {sid.StudioFlow, "ZZ" + digits, `it begins with "ZZ"`},
		"no prefix":          {sid.StudioFlow, "00" + digits, `it does not begin with "FW"`},
		"prefix in lower":    {sid.StudioFlow, "fw" + digits, `it does not begin with "FW"`},
		"trailing newline":   {sid.StudioFlow, "FW" + digits + "\n", "it has 35 characters instead of 34"},
		"newline inside":     {sid.StudioFlow, "FW" + digits[:31] + "\n", "not hexadecimal"},
		"path traversal":     {sid.FlexFlow, "FO/../../../Accounts/00000000000000", "it has 35 characters"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			err := c.kind.Check(c.value)
			if c.fault == "" {
				if err != nil || !c.kind.Valid(c.value) {
					t.Fatalf("a right SID was refused: %v", err)
				}
				return
			}
			if err == nil || c.kind.Valid(c.value) {
				t.Fatal("a wrong SID passed")
			}
			for _, want := range []string{c.fault, c.kind.Name, c.kind.Format()} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestCheckOrUniqueName(t *testing.T) {
	digits := strings.Repeat("a", 32)
	for value, valid := range map[string]bool{
		"TC" + digits:              true,
		"default":                  true,
		"sms":                      true,
		"TCS-bank":                 true,
		"WhatsApp line":            true,
		"":                         false,
		"TC123":                    false, // cut short
		"TC" + digits + "a":        false, // one too many
		"TC" + digits[:31] + "z":   false, // mistyped
		"WW" + digits:              false, // of another kind
		"TCzz" + digits[:31] + "z": true,  // too long for a SID, and not hexadecimal
	} {
		if err := sid.TaskChannel.CheckOrUniqueName(value); (err == nil) != valid {
			t.Errorf("CheckOrUniqueName(%q) = %v, expected valid: %t", value, err, valid)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{"", "FO", "FO" + strings.Repeat("0", 32), "FO/../x", "FÖ" + strings.Repeat("0", 31), "\xff\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		valid := sid.FlexFlow.Check(value) == nil
		if valid && (len(value) != sid.Length || strings.ContainsAny(value, "/?#%. ")) {
			t.Errorf("%q passed", value)
		}
		_ = sid.TaskChannel.CheckOrUniqueName(value)
	})
}

func TestCheckOrAddress(t *testing.T) {
	for value, valid := range map[string]bool{
		"": true, "website": true, "CV" + strings.Repeat("1", 32): true, "IG": true, "IG Website": true, "IG" + strings.Repeat("1", 32): true,
		"IG1": false, "IG" + strings.Repeat("x", 32): false,
	} {
		if err := sid.Address.CheckOrAddress(value); (err == nil) != valid {
			t.Errorf("%q: %v, expected valid: %t", value, err, valid)
		}
	}
}
