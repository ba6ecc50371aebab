package acctest

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A Core does for one resource what Terraform does in a run, and checks what Terraform checks.
type Core struct {
	*Protocol
	// TypeName is the resource's type, and Block the name of its nested block.
	TypeName, Block string
	objectType      tftypes.Object
}

// NewCore returns a core for resources of a type.
func NewCore(p *Protocol, typeName, block string) *Core {
	object := p.Schemas.ResourceSchemas[typeName].ValueType().(tftypes.Object) //nolint:forcetypeassert // a schema is an object
	return &Core{p, typeName, block, object}
}

// An Instance is a resource in a state; a null value is none.
type Instance struct {
	Value   tftypes.Value
	Private []byte
}

// Absent is a resource that does not exist.
func (c *Core) Absent() Instance { return Instance{Value: tftypes.NewValue(c.objectType, nil)} }

// Dynamic is a value as it goes over the wire.
func (c *Core) Dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	dynamic, err := tfprotov6.NewDynamicValue(c.objectType, value)
	if err != nil {
		panic(err)
	}
	return &dynamic
}

// Static is a value that came over the wire.
func (c *Core) Static(dynamic *tfprotov6.DynamicValue) tftypes.Value {
	value, err := dynamic.Unmarshal(c.objectType)
	if err != nil {
		panic(err)
	}
	return value
}

// Refresh reads an instance.
func (c *Core) Refresh(old Instance) (Instance, string) {
	if old.Value.IsNull() {
		return old, ""
	}
	resp, err := c.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{
		TypeName: c.TypeName, CurrentState: c.Dynamic(old.Value), Private: old.Private,
	})
	if err != nil {
		panic(err)
	}
	text := Describe(resp.Diagnostics)
	if strings.Contains(text, "ERROR") {
		return old, text
	}
	return Instance{c.Static(resp.NewState), resp.Private}, text
}

// Import imports a resource.
func (c *Core) Import(sid string) (Instance, string) {
	resp, err := c.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: c.TypeName, ID: sid})
	if err != nil || len(resp.ImportedResources) != 1 {
		panic(fmt.Sprint(err, Describe(resp.Diagnostics)))
	}
	return c.Refresh(Instance{c.Static(resp.ImportedResources[0].State), resp.ImportedResources[0].Private})
}

// Plan plans the change of an instance to a configuration. changes reports whether there is anything to apply.
func (c *Core) Plan(prior Instance, config tftypes.Value) (planned *tfprotov6.PlanResourceChangeResponse, changes bool, text string) {
	proposed := config
	if !prior.Value.IsNull() {
		proposed = c.Propose(config, prior.Value)
	}
	resp, err := c.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.TypeName, Config: c.Dynamic(config),
		PriorState: c.Dynamic(prior.Value), PriorPrivate: prior.Private, ProposedNewState: c.Dynamic(proposed),
	})
	if err != nil {
		panic(err)
	}
	text = Describe(resp.Diagnostics)
	if strings.Contains(text, "ERROR") {
		return nil, false, text
	}
	value := c.Static(resp.PlannedState)
	if problem := keeps("plan", config, value); problem != "" {
		return nil, false, "ERROR core: " + problem
	}
	return resp, !value.Equal(prior.Value), text
}

// Propose is what Terraform proposes: what is configured, and the prior value of what the provider may compute.
func (c *Core) Propose(config, prior tftypes.Value) tftypes.Value {
	configured, before := AttributesOf(config), AttributesOf(prior)
	proposed := maps.Clone(configured)
	for name, value := range configured {
		switch {
		case name == "timeouts":
		case name == c.Block && !value.IsNull() && !before[name].IsNull():
			proposed[name] = c.Propose(value, before[name])
		case name != c.Block && value.IsNull():
			proposed[name] = before[name]
		}
	}
	return tftypes.NewValue(config.Type(), proposed)
}

// AttributesOf takes an object apart, one level deep.
func AttributesOf(value tftypes.Value) map[string]tftypes.Value {
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
		inner := AttributesOf(after)
		for name, value := range AttributesOf(before) {
			if problem := keeps(what+" of "+name, value, inner[name]); problem != "" {
				return problem
			}
		}
		return ""
	}
	if before.IsFullyKnown() && !before.Equal(after) {
		return fmt.Sprintf("%s: %s became %s", what, before, after)
	}
	return ""
}

// Apply makes a planned change. Terraform keeps whatever the provider returns, also beside an error.
func (c *Core) Apply(
	ctx context.Context, prior Instance, config tftypes.Value, plan *tfprotov6.PlanResourceChangeResponse,
) (Instance, string) {
	resp, err := c.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: c.TypeName, PriorState: c.Dynamic(prior.Value), Config: c.Dynamic(config),
		PlannedState: plan.PlannedState, PlannedPrivate: plan.PlannedPrivate,
	})
	if err != nil {
		panic(err)
	}
	after, text := Instance{c.Static(resp.NewState), resp.Private}, Describe(resp.Diagnostics)
	if !strings.Contains(text, "ERROR") {
		planned := c.Static(plan.PlannedState)
		problem := keeps("result", planned, after.Value)
		if problem != "" || !after.Value.IsFullyKnown() || planned.IsNull() != after.Value.IsNull() {
			text += "ERROR core: inconsistent result: " + problem
		}
	}
	return after, text
}

// Destroy deletes an instance.
func (c *Core) Destroy(ctx context.Context, old Instance) (Instance, string) {
	none := c.Absent()
	plan := &tfprotov6.PlanResourceChangeResponse{PlannedState: c.Dynamic(none.Value), PlannedPrivate: old.Private}
	return c.Apply(ctx, old, none.Value, plan)
}

// SID is the SID in a state, empty for none.
func (i Instance) SID() string {
	if i.Value.IsNull() {
		return ""
	}
	var sid string
	if err := AttributesOf(i.Value)["sid"].As(&sid); err != nil {
		panic(err)
	}
	return sid
}

// RefreshAll reads instances side by side, as Terraform does.
func RefreshAll(c *Core, states []Instance) []Instance {
	read := make([]Instance, len(states))
	var wait sync.WaitGroup
	limit := make(chan struct{}, 10)
	for i := range states {
		wait.Go(func() {
			limit <- struct{}{}
			read[i], _ = c.Refresh(states[i])
			<-limit
		})
	}
	wait.Wait()
	return read
}
