package tfresource

import (
	"context"
	"strings"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// resourceSchema is the schema of the managed resource.
func (d *Definition) resourceSchema(ctx context.Context) schema.Schema {
	attributes := map[string]schema.Attribute{
		"id": attribute.Text.Resource(attribute.Place{Description: "Same as `sid`.", Computed: true, Kept: true}),
	}
	for _, a := range d.Attributes {
		attributes[a.Name] = a.Type.Resource(attribute.Place{
			Description: a.Description + a.Remark, Validators: a.Validators, Default: a.Default,
			Required: a.Role == Required, Optional: a.Role == Optional, Computed: a.Role != Required,
			Kept: a.Role != Required && a.Default == nil && !a.Changing,
		})
	}
	// Optional and computed without plan modifiers: ModifyPlan decides what each one is planned to be.
	inner := map[string]schema.Attribute{}
	for _, r := range d.Block.Rules {
		inner[r.Name] = r.Type.Resource(attribute.Place{
			Description: r.Description + " " + d.sentence(r), Optional: true, Computed: true, Validators: r.Validators,
		})
	}
	return schema.Schema{
		Version: d.SchemaVersion, MarkdownDescription: d.Texts.Resource, Attributes: attributes,
		Blocks: map[string]schema.Block{
			d.Block.Name: schema.SingleNestedBlock{MarkdownDescription: d.Block.Description + d.Block.Remark, Attributes: inner},
			"timeouts":   timeoutsBlock(ctx),
		},
	}
}

// computedAttributes are all attributes of a resource as Twilio has it, for data sources.
func (d *Definition) computedAttributes() map[string]datasource.Attribute {
	attributes := map[string]datasource.Attribute{
		"id": attribute.Text.DataSource(attribute.Place{Description: "Same as `sid`.", Computed: true}),
	}
	for _, a := range d.Attributes {
		attributes[a.Name] = a.Type.DataSource(attribute.Place{Description: a.Description, Computed: true})
	}
	inner := map[string]datasource.Attribute{}
	for _, r := range d.Block.Rules {
		inner[r.Name] = r.Type.DataSource(attribute.Place{Description: r.Description + " " + d.answered(r), Computed: true})
	}
	attributes[d.Block.Name] = datasource.SingleNestedAttribute{
		Computed: true, MarkdownDescription: d.Block.Description + " " + d.Block.Texts.Nothing, Attributes: inner,
	}
	return attributes
}

// sentence says in words what a rule is, for the documentation.
func (d *Definition) sentence(r Rule) string {
	if r.Name == d.Block.TypeName {
		return strings.TrimSpace(r.Remark)
	}
	of := " when `" + d.Block.TypeName + "` is "
	var parts []string
	if len(r.RequiredFor) > 0 {
		parts = append(parts, "Required"+of+attribute.Quoted(r.RequiredFor))
	}
	switch {
	case len(r.OptionalFor) == len(d.Block.Types):
		parts = append(parts, "Optional for every "+strings.ReplaceAll(d.Block.Name, "_", "-")+" type")
	case len(r.OptionalFor) > 0:
		parts = append(parts, "Optional"+of+attribute.Quoted(r.OptionalFor))
	}
	sentence := strings.Join(parts, "; ")
	if !d.appliesToAll(r) {
		sentence += ", not applicable otherwise"
	}
	if text := attribute.Literal(r.Default); text != "" {
		sentence += ". Defaults to `" + text + "`"
	}
	return sentence + "." + r.Remark
}

// answered says in words when there is a value, for the documentation.
func (d *Definition) answered(r Rule) string {
	if d.appliesToAll(r) {
		return "May be null."
	}
	return "Null unless `" + d.Block.TypeName + "` is " + attribute.Quoted(r.types()) + "."
}
