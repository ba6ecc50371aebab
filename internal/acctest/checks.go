package acctest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Plans is a check of what is planned for a resource before and after an apply.
func Plans(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

// Run runs steps against an emulator, and checks at the end that everything was destroyed.
func Run(t *testing.T, emulator *Emulator, steps ...resource.TestStep) {
	t.Helper()
	RunWith(t, Factories, emulator, steps...)
}

// RunWith is Run with another provider.
func RunWith(t *testing.T, factories map[string]func() (tfprotov6.ProviderServer, error), emulator *Emulator, steps ...resource.TestStep) {
	t.Helper()
	for i := range steps {
		if steps[i].Config != "" && !strings.Contains(steps[i].Config, "provider \"twilio\"") {
			steps[i].Config = emulator.ProviderConfig() + steps[i].Config
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps:                    steps,
	})
	// Not a CheckDestroy, which is left out where the last step is a destroy itself.
	if err := emulator.CheckDestroyed(nil); err != nil {
		t.Error(err)
	}
}

// ExpectUnknown checks that exactly these attributes of a resource, children as integration.channel, are unknown in the plan.
func ExpectUnknown(address string, names ...string) plancheck.PlanCheck {
	return unknownCheck{address, names}
}

type unknownCheck struct {
	address string
	names   []string
}

func (c unknownCheck) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Address != c.address {
			continue
		}
		got := unknownNames("", change.Change.AfterUnknown)
		want := slices.Sorted(slices.Values(c.names))
		if !slices.Equal(got, want) {
			resp.Error = fmt.Errorf("unknown in the plan: [%s], expected: [%s]", strings.Join(got, " "), strings.Join(want, " "))
		}
		return
	}
	resp.Error = fmt.Errorf("%s is not in the plan", c.address)
}

func unknownNames(prefix string, value any) []string {
	var names []string
	children, _ := value.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(children)) {
		if children[name] == true {
			names = append(names, prefix+name)
		}
		names = append(names, unknownNames(prefix+name+".", children[name])...)
	}
	slices.Sort(names)
	return names
}

// BeforeApply is a plan check that checks nothing, but does something between a plan and its apply.
type BeforeApply func()

// CheckPlan does it.
func (do BeforeApply) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	do()
}

// ImpatientConfig is a provider block for the emulator, of a provider that does not wait long for one response.
func (e *Emulator) ImpatientConfig() string {
	return strings.Replace(e.ProviderConfig(), "{\n", "{\n  request_timeout = \"700ms\"\n", 1)
}

// Inject makes the emulator inject faults from a step on, and forget the calls so far.
func (e *Emulator) Inject(faults ...flexemulator.Fault) func() {
	return func() {
		e.t.Helper()
		e.ResetRequests()
		if err := e.SetFaults(faults...); err != nil {
			e.t.Error(err)
		}
	}
}

// CallsTo returns the calls of a method that were received at a path.
func (e *Emulator) CallsTo(method, path string) []flexemulator.Request {
	return slices.DeleteFunc(e.Calls(method), func(r flexemulator.Request) bool { return r.Path != path })
}

// ExpectCalls checks how many calls were received.
func (e *Emulator) ExpectCalls(method, path string, want int) {
	e.t.Helper()
	if got := len(e.CallsTo(method, path)); got != want {
		e.t.Errorf("%d calls of %s %s, expected %d", got, method, path, want)
	}
}

// InState checks that the state holds just the resources of a type that the emulator has, each once.
func (e *Emulator) InState(typeName string, count int) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		var state []string
		for _, r := range s.RootModule().Resources {
			if r.Type == typeName {
				state = append(state, r.Primary.ID)
			}
		}
		api := e.sids(typeName)
		slices.Sort(state)
		slices.Sort(api)
		if len(slices.Compact(state)) != count || !slices.Equal(state, api) {
			return fmt.Errorf("expected %d of %s; the state holds %v, the API %v", count, typeName, state, api)
		}
		return nil
	}
}

// sids are those of all resources of a type that the emulator has.
func (e *Emulator) sids(typeName string) []string {
	var all []string
	if typeName == "twilio_flex_flow" {
		for _, f := range e.Flows() {
			all = append(all, f.SID)
		}
		return all
	}
	for _, a := range e.Addresses() {
		all = append(all, a.SID)
	}
	return all
}

// TestIdentity checks that a resource has an identity after a create and an update, and is imported by it. Needs Terraform 1.12, the
// first with identity.
func TestIdentity(t *testing.T, address, config, changed string) {
	t.Helper()
	emulator := NewEmulator(t, flexemulator.Options{})
	check := []statecheck.StateCheck{statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"sid": knownvalue.NotNull()})}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: Factories,
		CheckDestroy:             emulator.CheckDestroyed,
		Steps: []resource.TestStep{
			{Config: emulator.ProviderConfig() + config, ConfigStateChecks: check},
			{
				Config:            emulator.ProviderConfig() + changed,
				ConfigPlanChecks:  Plans(address, plancheck.ResourceActionUpdate),
				ConfigStateChecks: check,
			},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}
