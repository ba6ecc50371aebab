package flexflow_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// expectUnknown checks that exactly these attributes of the flow, children as integration.channel, are unknown in the plan.
func expectUnknown(names ...string) plancheck.PlanCheck { return unknownCheck(names) }

type unknownCheck []string

func (c unknownCheck) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Address != address {
			continue
		}
		got := unknownNames("", change.Change.AfterUnknown)
		want := slices.Sorted(slices.Values(c))
		if !slices.Equal(got, want) {
			resp.Error = fmt.Errorf("unknown in the plan: [%s], expected: [%s]", strings.Join(got, " "), strings.Join(want, " "))
		}
		return
	}
	resp.Error = fmt.Errorf("%s is not in the plan", address)
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

// beforeApply is a plan check that checks nothing, but does something between a plan and its apply.
type beforeApply func()

func (do beforeApply) CheckPlan(context.Context, plancheck.CheckPlanRequest, *plancheck.CheckPlanResponse) {
	do()
}
