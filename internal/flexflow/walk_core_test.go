package flexflow_test

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
)

// A core does for one resource what Terraform does in a run, and checks what Terraform checks.
type core struct {
	*acctest.Protocol
	objectType tftypes.Object
}

func newCore(p *acctest.Protocol) *core {
	return &core{p, p.Schemas.ResourceSchemas[typeName].ValueType().(tftypes.Object)} //nolint:forcetypeassert // a schema is an object
}

// An instance is a resource in a state; a null value is none.
type instance struct {
	value   tftypes.Value
	private []byte
}

func (c *core) none() instance { return instance{value: tftypes.NewValue(c.objectType, nil)} }

func (c *core) dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	dynamic, err := tfprotov6.NewDynamicValue(c.objectType, value)
	if err != nil {
		panic(err)
	}
	return &dynamic
}

func (c *core) static(dynamic *tfprotov6.DynamicValue) tftypes.Value {
	value, err := dynamic.Unmarshal(c.objectType)
	if err != nil {
		panic(err)
	}
	return value
}

// refresh reads an instance.
func (c *core) refresh(old instance) (instance, string) {
	if old.value.IsNull() {
		return old, ""
	}
	resp, err := c.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: c.dynamic(old.value), Private: old.private,
	})
	if err != nil {
		panic(err)
	}
	text := acctest.Describe(resp.Diagnostics)
	if strings.Contains(text, "ERROR") {
		return old, text
	}
	return instance{c.static(resp.NewState), resp.Private}, text
}

// adopt imports a flow.
func (c *core) adopt(sid string) (instance, string) {
	resp, err := c.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: sid})
	if err != nil || len(resp.ImportedResources) != 1 {
		panic(fmt.Sprint(err, acctest.Describe(resp.Diagnostics)))
	}
	return c.refresh(instance{c.static(resp.ImportedResources[0].State), resp.ImportedResources[0].Private})
}

// plan plans the change of an instance to a configuration. changes tells whether there is anything to apply.
func (c *core) plan(prior instance, config tftypes.Value) (planned *tfprotov6.PlanResourceChangeResponse, changes bool, text string) {
	proposed := config
	if !prior.value.IsNull() {
		proposed = propose(config, prior.value)
	}
	resp, err := c.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: c.dynamic(prior.value), ProposedNewState: c.dynamic(proposed), Config: c.dynamic(config), PriorPrivate: prior.private,
	})
	if err != nil {
		panic(err)
	}
	text = acctest.Describe(resp.Diagnostics)
	if strings.Contains(text, "ERROR") {
		return nil, false, text
	}
	value := c.static(resp.PlannedState)
	if problem := keeps("plan", config, value); problem != "" {
		return nil, false, "ERROR core: " + problem
	}
	return resp, !value.Equal(prior.value), text
}

// propose is what Terraform proposes: what is configured, and the prior value of what the provider may compute.
func propose(config, prior tftypes.Value) tftypes.Value {
	configured, before := attributesOf(config), attributesOf(prior)
	proposed := maps.Clone(configured)
	for name, value := range configured {
		switch {
		case name == "timeouts":
		case name == "integration" && !value.IsNull() && !before[name].IsNull():
			proposed[name] = propose(value, before[name])
		case name != "integration" && value.IsNull():
			proposed[name] = before[name]
		}
	}
	return tftypes.NewValue(config.Type(), proposed)
}

func attributesOf(value tftypes.Value) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	if err := value.As(&attributes); err != nil {
		panic(err)
	}
	return attributes
}

// keeps checks that known values stay as they are.
func keeps(what string, before, after tftypes.Value) string {
	if before.IsNull() || !before.IsKnown() {
		return ""
	}
	if before.Type().Is(tftypes.Object{}) {
		if after.IsNull() {
			return what + " loses an object"
		}
		inner := attributesOf(after)
		for name, value := range attributesOf(before) {
			if problem := keeps(what+" of "+name, value, inner[name]); problem != "" {
				return problem
			}
		}
		return ""
	}
	if !before.Equal(after) {
		return fmt.Sprintf("%s: %s became %s", what, before, after)
	}
	return ""
}

// apply makes a planned change. Terraform keeps whatever the provider returns, also beside an error.
func (c *core) apply(ctx context.Context, prior instance, config tftypes.Value, plan *tfprotov6.PlanResourceChangeResponse) (instance, string) {
	resp, err := c.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: c.dynamic(prior.value), PlannedState: plan.PlannedState, Config: c.dynamic(config), PlannedPrivate: plan.PlannedPrivate,
	})
	if err != nil {
		panic(err)
	}
	after, text := instance{c.static(resp.NewState), resp.Private}, acctest.Describe(resp.Diagnostics)
	if !strings.Contains(text, "ERROR") {
		planned := c.static(plan.PlannedState)
		if problem := keeps("result", planned, after.value); problem != "" || !after.value.IsFullyKnown() || planned.IsNull() != after.value.IsNull() {
			text += "ERROR core: inconsistent result: " + problem
		}
	}
	return after, text
}

// destroy deletes an instance.
func (c *core) destroy(ctx context.Context, old instance) (instance, string) {
	none := c.none()
	after, text := c.apply(ctx, old, none.value, &tfprotov6.PlanResourceChangeResponse{PlannedState: c.dynamic(none.value), PlannedPrivate: old.private})
	return after, text
}

// sidOfInstance is the SID in a state, empty for none.
func sidOfInstance(i instance) string {
	if i.value.IsNull() {
		return ""
	}
	var sid string
	if err := attributesOf(i.value)["sid"].As(&sid); err != nil {
		panic(err)
	}
	return sid
}
