package acctest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A Mistake is a configuration that is refused.
type Mistake struct {
	Config Configuration
	// Attribute is the one that has to be changed, and Says a text of the error.
	Attribute, Says string
	// Line is where Terraform points, for the mistakes that are also made with the real Terraform.
	Line string
	// ByTerraform is a mistake that Terraform finds by itself, and AtPlan one that a validation does not find yet.
	ByTerraform, AtPlan bool
}

// Validate is what a validation of a configuration says.
func (s Subject) Validate(t *testing.T, p *Protocol, values map[string]any) []*tfprotov6.Diagnostic {
	t.Helper()
	config := p.Value(p.Schemas.ResourceSchemas[s.Type], values)
	resp, err := p.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: s.Type, Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	return resp.Diagnostics
}

// AttributePath is a path of the protocol as messages have it: auto_creation.type.
func AttributePath(path *tftypes.AttributePath) string {
	var names []string
	for _, step := range path.Steps() {
		if name, ok := step.(tftypes.AttributeName); ok {
			names = append(names, string(name))
		}
	}
	return strings.Join(names, ".")
}

// TestMistakes checks that each mistake gives one error, at the attribute that has to be changed, and no call.
func TestMistakes(t *testing.T, s Subject, mistakes map[string]Mistake) {
	t.Helper()
	emulator := NewMemoryEmulator(t, flexemulator.Options{})
	unconfigured, core := NewProtocol(t), s.Core(t, emulator)
	for name, m := range mistakes {
		if m.ByTerraform {
			continue
		}
		t.Run(name, func(t *testing.T) {
			diags := s.Validate(t, unconfigured, m.Config.Values())
			if m.AtPlan {
				if len(diags) > 0 {
					t.Fatal(Describe(diags))
				}
				diags = core.planDiagnostics(m.Config.Values())
			}
			if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityError {
				t.Fatal(Describe(diags))
			}
			if got := AttributePath(diags[0].Attribute); got != m.Attribute {
				t.Errorf("blames %s, expected %s", got, m.Attribute)
			}
			if !strings.Contains(diags[0].Detail, m.Says) {
				t.Errorf("says %q, expected %q", diags[0].Detail, m.Says)
			}
		})
	}
	if calls := emulator.Calls(); len(calls) > 0 {
		t.Errorf("refused at plan, but %d calls were made", len(calls))
	}
}

// planDiagnostics are those of the plan of a create.
func (c *Core) planDiagnostics(values map[string]any) []*tfprotov6.Diagnostic {
	config := c.Dynamic(c.config(values))
	resp, err := c.PlanResourceChange(c.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.TypeName, PriorState: c.Dynamic(c.Absent().Value), ProposedNewState: config, Config: config,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.Diagnostics
}

// TestMistakeLines checks with the real Terraform that it points at the line of a mistake, at plan, and that no call is made.
func TestMistakeLines(t *testing.T, mistakes map[string]Mistake) {
	t.Helper()
	for name, m := range mistakes {
		if m.Line == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := NewEmulator(t, flexemulator.Options{})
			Run(t, emulator, resource.TestStep{
				Config: m.Config.String(), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)` + At(m.Line) + `.*` + Says(m.Says)),
			})
			if calls := emulator.Calls(); len(calls) > 0 {
				t.Errorf("refused at plan, but %d calls were made", len(calls))
			}
		})
	}
}
