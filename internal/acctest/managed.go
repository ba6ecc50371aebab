package acctest

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// A Managed is one resource through several runs of Terraform, without Terraform.
type Managed struct {
	Instance
	emulator        *Emulator
	typeName, block string
	t               *testing.T
}

// A Step is one run: what is there is read, planned and applied; after that a plan is empty.
type Step struct {
	// Before happens before the run, and BeforeApply between its plan and its apply.
	Before, BeforeApply func()
	// Config is the resource's configuration. Nil destroys it.
	Config map[string]any
	// Unsure is the configuration as the plan has it, with values that are only known in the apply. Nil is Config.
	Unsure map[string]any
	// Unvalidated means that Config is what ignore_changes makes of a configuration: Terraform validates it as it was before.
	Unvalidated bool
	// Plans is the action that is planned.
	Plans plancheck.ResourceActionType
	// Unknown are the attributes that are unknown in the plan, children as auto_creation.enabled. Nil is not checked.
	Unknown []string
	// Sends is the form of the create or update. Nil is not checked, but what is sent is one call, or none where nothing is planned.
	Sends url.Values
	// Holds are attributes of the state after the run, as [Plain] has them.
	Holds map[string]any
	// Says are texts of the diagnostics. Where there are none, nothing may be said.
	Says []string
	// Fails tells that the plan or the apply is an error, after which the state is what it was. Differs tells that the plan after the run is
	// not empty.
	Fails, Differs bool
	// CreateFirst is create_before_destroy.
	CreateFirst bool
}

// Steps runs one resource of a type through steps, destroys it, and checks that nothing is left.
func Steps(t *testing.T, emulator *Emulator, typeName, block string, steps ...Step) {
	t.Helper()
	m := &Managed{emulator: emulator, typeName: typeName, block: block, t: t}
	m.Instance = m.core().Absent()
	for i, step := range steps {
		m.run(i+1, step)
		if t.Failed() {
			return
		}
	}
	if !m.Value.IsNull() {
		m.run(len(steps)+1, Step{Plans: plancheck.ResourceActionDestroy})
	}
	if err := emulator.CheckDestroyed(nil); err != nil {
		t.Error(err)
	}
}

// core is a provider of its own, as each command of Terraform has one.
func (m *Managed) core() *Core {
	return NewCore(NewConfiguredProtocol(m.t, m.emulator), m.typeName, m.block)
}

func (m *Managed) run(number int, step Step) {
	m.t.Helper()
	if step.Before != nil {
		step.Before()
	}
	action, text := m.apply(number, step)
	failed := strings.Contains(text, "ERROR")
	if failed != step.Fails {
		m.t.Fatalf("step %d: %s", number, text)
	}
	for _, want := range step.Says {
		if !strings.Contains(text, want) {
			m.t.Errorf("step %d says nothing of %q: %s", number, want, text)
		}
	}
	if len(step.Says) == 0 && text != "" {
		m.t.Errorf("step %d says %s", number, text)
	}
	if step.Plans != "" && action != step.Plans {
		m.t.Errorf("step %d plans %s, expected %s", number, action, step.Plans)
	}
	if failed || m.Value.IsNull() {
		return
	}
	state := Plain(m.Value)
	for name, want := range step.Holds {
		if got := lookUp(state, name); !reflect.DeepEqual(got, want) {
			m.t.Errorf("step %d: %s is %#v, expected %#v", number, name, got, want)
		}
	}
	m.checkClean(number, step)
}

// apply makes the run itself, and gives what was planned and what was said.
func (m *Managed) apply(number int, step Step) (plancheck.ResourceActionType, string) {
	m.t.Helper()
	c := m.core()
	read, text := c.Refresh(m.Instance)
	if strings.Contains(text, "ERROR") {
		return "", text
	}
	m.Instance = read
	if step.Config == nil && read.Value.IsNull() {
		return plancheck.ResourceActionNoop, text
	}
	if step.Config == nil {
		after, said := m.core().Destroy(m.t.Context(), read)
		m.Instance = after
		return plancheck.ResourceActionDestroy, text + said
	}
	config := c.config(step.Config)
	plan, changes, said := c.planSure(read, config, step.Unsure, !step.Unvalidated)
	text += said
	if plan == nil {
		return "", text
	}
	action, old := plancheck.ResourceActionNoop, c.Absent()
	switch {
	case read.Value.IsNull():
		action = plancheck.ResourceActionCreate
	case len(plan.RequiresReplace) > 0:
		action, old = plancheck.ResourceActionReplace, read
		plan, _, _ = c.Plan(c.Absent(), config)
	case changes:
		action = plancheck.ResourceActionUpdate
	}
	unknown, want := unknownIn("", c.Static(plan.PlannedState)), slices.Sorted(slices.Values(step.Unknown))
	if step.Unknown != nil && !slices.Equal(unknown, want) {
		m.t.Errorf("step %d: unknown in the plan: %q, expected %q", number, unknown, step.Unknown)
	}
	if step.BeforeApply != nil {
		step.BeforeApply()
	}
	m.emulator.ResetRequests()
	if changes {
		text += m.change(old, read, config, plan, step.CreateFirst)
	}
	m.checkSent(number, step, action)
	return action, text
}

// planSure validates and plans a configuration, after the one with values that are not known yet if there is one: what that plan
// knows stays.
func (c *Core) planSure(
	read Instance, config tftypes.Value, unsure map[string]any, validates bool,
) (*tfprotov6.PlanResourceChangeResponse, bool, string) {
	c.t.Helper()
	first := tftypes.Value{}
	if unsure != nil {
		plan, _, text := c.planSure(read, c.config(unsure), nil, true)
		if plan == nil {
			return nil, false, text
		}
		first = c.Static(plan.PlannedState)
	}
	if said := c.validate(c.Dynamic(config)); validates && strings.Contains(said, "ERROR") {
		return nil, false, said
	}
	plan, changes, text := c.Plan(read, config)
	if plan == nil || unsure == nil {
		return plan, changes, text
	}
	if problem := keeps("plan", first, c.Static(plan.PlannedState)); problem != "" {
		return nil, false, "ERROR core: " + problem
	}
	return plan, changes, text
}

func (c *Core) validate(config *tfprotov6.DynamicValue) string {
	resp, err := c.ValidateResourceConfig(c.t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: c.TypeName, Config: config})
	if err != nil {
		panic(err)
	}
	return Describe(resp.Diagnostics)
}

// change applies a plan. old is what is replaced, if anything is.
func (m *Managed) change(old, prior Instance, config tftypes.Value, plan *tfprotov6.PlanResourceChangeResponse, createFirst bool) string {
	var text string
	c := m.core()
	if old.Value.IsNull() {
		m.Instance, text = c.Apply(m.t.Context(), prior, config, plan)
		return text
	}
	if createFirst {
		created, text := c.Apply(m.t.Context(), c.Absent(), config, plan)
		if strings.Contains(text, "ERROR") {
			return text // the old one stays
		}
		m.Instance = created
		_, said := c.Destroy(m.t.Context(), old)
		return text + said
	}
	if m.Instance, text = c.Destroy(m.t.Context(), old); strings.Contains(text, "ERROR") {
		return text
	}
	created, said := c.Apply(m.t.Context(), c.Absent(), config, plan)
	m.Instance = created
	return text + said
}

func (m *Managed) checkSent(number int, step Step, action plancheck.ResourceActionType) {
	m.t.Helper()
	posts := m.emulator.Calls(http.MethodPost)
	switch {
	case step.Sends != nil && (len(posts) != 1 || !reflect.DeepEqual(sortedForm(posts[0].Form), sortedForm(step.Sends))):
		m.t.Errorf("step %d sent %v, expected %v", number, forms(posts), step.Sends)
	case action == plancheck.ResourceActionNoop && len(posts) > 0:
		m.t.Errorf("step %d plans nothing and sent %v", number, forms(posts))
	}
}

// sortedForm is a form whose repeated parameters are in an order of their own.
func sortedForm(form url.Values) url.Values {
	sorted := url.Values{}
	for name, values := range form {
		sorted[name] = slices.Sorted(slices.Values(values))
	}
	return sorted
}

// checkClean plans once more.
func (m *Managed) checkClean(number int, step Step) {
	m.t.Helper()
	c := m.core()
	read, text := c.Refresh(m.Instance)
	plan, changes, said := c.PlanValues(read, step.Config)
	if plan == nil || changes != step.Differs {
		m.t.Errorf("step %d: the plan after it has changes: %t%s%s\nbefore %v\nafter  %v", number, changes, text, said, Plain(read.Value), plan)
	}
	m.Instance = read
}

// PlanValues is Plan for a configuration in Go's values.
func (c *Core) PlanValues(
	prior Instance, values map[string]any,
) (planned *tfprotov6.PlanResourceChangeResponse, changes bool, text string) {
	c.t.Helper()
	return c.Plan(prior, c.config(values))
}

// Configured is a configuration in Go's values.
func (c *Core) Configured(values map[string]any) tftypes.Value { return c.config(values) }

func (c *Core) config(values map[string]any) tftypes.Value {
	c.t.Helper()
	dynamic := c.Value(c.Schemas.ResourceSchemas[c.TypeName], values)
	return c.Static(&dynamic)
}

// PlanUnknown lists what is unknown in the plan of a configuration, children as auto_creation.enabled, and sets with unknown
// elements with [].
func (c *Core) PlanUnknown(prior Instance, values map[string]any) []string {
	c.t.Helper()
	plan, _, text := c.PlanValues(prior, values)
	if plan == nil || text != "" {
		c.t.Fatal(text)
	}
	return unknownIn("", c.Static(plan.PlannedState))
}

// Change plans and applies a change, and returns the new state and what was said.
func (c *Core) Change(prior Instance, values map[string]any) (Instance, string) {
	c.t.Helper()
	plan, _, text := c.PlanValues(prior, values)
	if plan == nil {
		return prior, text
	}
	after, said := c.Apply(c.t.Context(), prior, c.config(values), plan)
	return after, text + said
}

// Create creates a resource, which has to succeed without a word.
func (c *Core) Create(values map[string]any) Instance {
	c.t.Helper()
	created, text := c.Change(c.Absent(), values)
	if text != "" {
		c.t.Fatal(text)
	}
	return created
}
