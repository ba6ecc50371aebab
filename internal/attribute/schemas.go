package attribute

import (
	"context"
	"fmt"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// A Place is how an attribute stands in a schema.
type Place struct {
	Description                  string // Markdown
	Required, Optional, Computed bool
	Validators                   []validator.Describer
	// The rest is for resources alone, and for strings and booleans. Default is what the attribute is without a configured value, nil where
	// that is open. Kept keeps the value that the state has until a plan gives another one; Replaced replaces the resource then.
	Default        attr.Value
	Kept, Replaced bool
}

// schemas puts an attribute into a schema.
type schemas interface {
	Resource(p Place) resource.Attribute
	DataSource(p Place) datasource.Attribute
}

// A Filter is a type whose values can narrow a list of resources down.
type Filter interface {
	List(p Place) list.Attribute
}

const replacesDescription = "Replaces the resource if another value is configured, and not the same in another form."

func replaces(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.ConfigValue.IsNull() && !SameButForForm(req.StateValue, req.PlanValue)
}

// plain panics where a place asks for what only strings and booleans have.
func (p Place) plain() {
	if p.Default != nil || p.Kept || p.Replaced {
		panic("defaults, kept values and replacement are for strings and booleans")
	}
}

// only are the validators, which are all for one type of value.
func only[V any](all []validator.Describer) []V {
	var fitting []V
	for _, v := range all {
		one, ok := v.(V)
		if !ok {
			panic(fmt.Sprintf("%T validates another type of value", v))
		}
		fitting = append(fitting, one)
	}
	return fitting
}

func (text) Resource(p Place) resource.Attribute {
	a := resource.StringAttribute{
		MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed, Validators: only[validator.String](p.Validators),
	}
	if p.Default != nil {
		a.Default = stringdefault.StaticString(TextOf(p.Default))
	}
	if p.Kept {
		a.PlanModifiers = append(a.PlanModifiers, stringplanmodifier.UseStateForUnknown())
	}
	if p.Replaced {
		a.PlanModifiers = append(a.PlanModifiers, stringplanmodifier.RequiresReplaceIf(replaces, replacesDescription, replacesDescription))
	}
	return a
}

func (text) DataSource(p Place) datasource.Attribute {
	return datasource.StringAttribute{
		MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed, Validators: only[validator.String](p.Validators),
	}
}

var _, _ Filter = text{}, boolean{}

func (text) List(p Place) list.Attribute {
	return list.StringAttribute{
		MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Validators: only[validator.String](p.Validators),
	}
}

func (number) Resource(p Place) resource.Attribute {
	p.plain()
	return resource.Int64Attribute{
		CustomType: WholeNumberType{}, MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed,
		Validators: only[validator.Int64](p.Validators),
	}
}

func (number) DataSource(p Place) datasource.Attribute {
	return datasource.Int64Attribute{
		CustomType: WholeNumberType{}, MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed,
		Validators: only[validator.Int64](p.Validators),
	}
}

func (boolean) Resource(p Place) resource.Attribute {
	a := resource.BoolAttribute{MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed}
	if truth, ok := p.Default.(types.Bool); ok {
		a.Default = booldefault.StaticBool(truth.ValueBool())
	}
	if p.Kept {
		a.PlanModifiers = append(a.PlanModifiers, boolplanmodifier.UseStateForUnknown())
	}
	if p.Replaced {
		a.PlanModifiers = append(a.PlanModifiers, boolplanmodifier.RequiresReplaceIfConfigured())
	}
	return a
}

func (boolean) DataSource(p Place) datasource.Attribute {
	return datasource.BoolAttribute{MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed}
}

func (boolean) List(p Place) list.Attribute {
	return list.BoolAttribute{MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional}
}

func (textSet) Resource(p Place) resource.Attribute {
	p.plain()
	return resource.SetAttribute{
		ElementType: types.StringType, MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed,
		Validators: only[validator.Set](p.Validators),
	}
}

func (textSet) DataSource(p Place) datasource.Attribute {
	return datasource.SetAttribute{
		ElementType: types.StringType, MarkdownDescription: p.Description, Required: p.Required, Optional: p.Optional, Computed: p.Computed,
		Validators: only[validator.Set](p.Validators),
	}
}
