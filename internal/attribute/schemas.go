package attribute

import (
	"fmt"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/numberplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// SchemaOptions are how an attribute stands in a schema.
type SchemaOptions struct {
	Description                  string // Markdown
	Required, Optional, Computed bool
	// Validators are those of a string in this schema, beside the type's own.
	Validators []validator.String
	// The rest is for resources, and not for sets. Default is the value of an attribute that is not configured, nil for none.
	// UseStateForUnknown keeps the value of the state until a plan changes it.
	Default            attr.Value
	UseStateForUnknown bool
}

// schemas are the kinds of schemas that an attribute of a type may stand in.
type schemas interface {
	Resource(o SchemaOptions) resource.Attribute
	DataSource(o SchemaOptions) datasource.Attribute
}

// A Filter is a type whose values can filter a list of resources.
type Filter interface {
	List(o SchemaOptions) list.Attribute
}

var _, _ Filter = String{}, boolean{}

// refuse panics where the options have what sets do not support.
func (o SchemaOptions) refuse(t Type) {
	if o.Default != nil || o.UseStateForUnknown {
		panic(fmt.Sprintf("%T has no defaults and plan modifiers", t))
	}
}

// validators are the type's checks and those of the schema, for an attribute that can be configured.
func (s String) validators(o SchemaOptions) []validator.String {
	if !o.Required && !o.Optional {
		return nil
	}
	var all []validator.String
	for _, c := range s.checks {
		if problem := c.problem; s.clearable {
			c.problem = func(value string) string {
				if value == "" {
					return ""
				}
				return problem(value)
			}
		}
		all = append(all, stringCheck{c})
	}
	return append(all, o.Validators...)
}

// Resource returns the attribute of a resource.
func (s String) Resource(o SchemaOptions) resource.Attribute {
	a := resource.StringAttribute{
		MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed, Validators: s.validators(o),
	}
	if o.Default != nil {
		a.Default = stringdefault.StaticString(TextOf(o.Default))
	}
	if o.UseStateForUnknown {
		a.PlanModifiers = append(a.PlanModifiers, stringplanmodifier.UseStateForUnknown())
	}
	return a
}

// DataSource returns the attribute of a data source.
func (s String) DataSource(o SchemaOptions) datasource.Attribute {
	return datasource.StringAttribute{
		MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed, Validators: s.validators(o),
	}
}

// List returns the attribute of a list resource.
func (s String) List(o SchemaOptions) list.Attribute {
	return list.StringAttribute{MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Validators: s.validators(o)}
}

func (n number) Resource(o SchemaOptions) resource.Attribute {
	a := resource.NumberAttribute{
		MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed,
		Validators: []validator.Number{numberCheck{n.check}},
	}
	if whole, ok := o.Default.(types.Number); ok {
		a.Default = numberdefault.StaticBigFloat(whole.ValueBigFloat())
	}
	if o.UseStateForUnknown {
		a.PlanModifiers = append(a.PlanModifiers, numberplanmodifier.UseStateForUnknown())
	}
	return a
}

func (number) DataSource(o SchemaOptions) datasource.Attribute {
	return datasource.NumberAttribute{MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed}
}

func (boolean) Resource(o SchemaOptions) resource.Attribute {
	a := resource.BoolAttribute{MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed}
	if truth, ok := o.Default.(types.Bool); ok {
		a.Default = booldefault.StaticBool(truth.ValueBool())
	}
	if o.UseStateForUnknown {
		a.PlanModifiers = append(a.PlanModifiers, boolplanmodifier.UseStateForUnknown())
	}
	return a
}

func (boolean) DataSource(o SchemaOptions) datasource.Attribute {
	return datasource.BoolAttribute{MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed}
}

func (boolean) List(o SchemaOptions) list.Attribute {
	return list.BoolAttribute{MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional}
}

func (s set) Resource(o SchemaOptions) resource.Attribute {
	o.refuse(s)
	return resource.SetAttribute{
		ElementType: types.StringType, MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed,
		Validators: []validator.Set{setCheck{s.check()}},
	}
}

func (set) DataSource(o SchemaOptions) datasource.Attribute {
	return datasource.SetAttribute{
		ElementType: types.StringType, MarkdownDescription: o.Description, Required: o.Required, Optional: o.Optional, Computed: o.Computed,
	}
}
