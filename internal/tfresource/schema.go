package tfresource

import (
	"context"
	"fmt"
	"slices"
	"strings"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// resourceSchema is the schema of the managed resource.
func (d *Definition) resourceSchema(ctx context.Context) schema.Schema {
	attributes := map[string]schema.Attribute{
		"id": attribute.Text.Resource(attribute.SchemaOptions{Description: "Same as `sid`.", Computed: true, UseStateForUnknown: true}),
	}
	for _, a := range d.Attributes {
		decides := ""
		for _, b := range d.Blocks {
			if b.typeName() == a.Name {
				decides = b.decides()
			}
		}
		attributes[a.Name] = a.Type.Resource(attribute.SchemaOptions{
			Description: sentences(a.describe(), decides, d.remark(a)), Default: a.Default,
			Required: a.Role == Required, Optional: a.Role == Optional, Computed: a.Role != Required,
			UseStateForUnknown: a.Role != Required && a.Default == nil && a.Role != SetByUpdates,
		})
	}
	blocks := map[string]schema.Block{"timeouts": timeoutsBlock(ctx)}
	for _, b := range d.Blocks {
		// Optional and computed without plan modifiers: ModifyPlan decides what each one is planned to be.
		inner := map[string]schema.Attribute{}
		for _, r := range b.Rules {
			inner[r.Name] = r.Type.Resource(attribute.SchemaOptions{
				Description: sentences(r.describe(), d.sentence(b, r)), Optional: true, Computed: true,
			})
		}
		without := "Without the block, Terraform leaves the " + b.words() + " in Twilio as it is."
		blocks[b.Name] = schema.SingleNestedBlock{MarkdownDescription: sentences(b.Description, without), Attributes: inner}
	}
	return schema.Schema{Version: d.SchemaVersion, MarkdownDescription: d.Description, Attributes: attributes, Blocks: blocks}
}

// computedAttributes are all attributes of a resource as Twilio has it, for data sources.
func (d *Definition) computedAttributes() map[string]datasource.Attribute {
	attributes := map[string]datasource.Attribute{
		"id": attribute.Text.DataSource(attribute.SchemaOptions{Description: "Same as `sid`.", Computed: true}),
	}
	for _, a := range d.Attributes {
		attributes[a.Name] = a.Type.DataSource(attribute.SchemaOptions{Description: a.describe(), Computed: true})
	}
	for _, b := range d.Blocks {
		inner := map[string]datasource.Attribute{}
		for _, r := range b.Rules {
			inner[r.Name] = r.Type.DataSource(attribute.SchemaOptions{Description: sentences(r.describe(), b.answered(r)), Computed: true})
		}
		attributes[b.Name] = datasource.SingleNestedAttribute{
			Computed: true, MarkdownDescription: b.Description + " Null where nothing is set.", Attributes: inner,
		}
	}
	return attributes
}

// sentences joins sentences, without the empty ones.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(sentence string) bool { return sentence == "" }), " ")
}

// describe says what the attribute and its values are, for the documentation.
func (a Attribute) describe() string {
	values, _ := a.Type.Documentation()
	return sentences(a.Description, values)
}

// remark says what matters to those who set the attribute, for the documentation.
func (d *Definition) remark(a Attribute) string {
	if a.isComputed() {
		return ""
	}
	_, rule := a.Type.Documentation()
	all := []string{rule}
	switch {
	case a.Default != nil:
		all = append(all, "Defaults to `"+attribute.Literal(a.Default)+"`.")
	case a.Omitted != "":
		all = append(all, a.Omitted)
	case a.Role == Optional:
		all = append(all, "If omitted, Twilio chooses the value; no default is documented.")
	}
	if empty := a.empty(); empty != nil {
		all = append(all, fmt.Sprintf("If removed, it stays as it is in Twilio; `%s` clears it, although Twilio does not document that.", empty))
	}
	if a.Immutable {
		all = append(all, "A change replaces the "+d.noun()+".")
	}
	return sentences(all...)
}

// decides says what the block's type does, for the documentation.
func (b *Block) decides() string {
	return "It decides which attributes the `" + b.Name + "` block takes."
}

// sentence says what a rule is and what matters to those who set its attribute, for the documentation.
func (d *Definition) sentence(b *Block, r Rule) string {
	r.Role = Required
	if len(r.OptionalFor) > 0 {
		r.Role = Optional
	}
	if r.Name == b.TypeName {
		return sentences(b.decides(), d.remark(r.Attribute))
	}
	of := " when `" + b.TypeName + "` is "
	var parts []string
	if len(r.RequiredFor) > 0 {
		parts = append(parts, "Required"+of+attribute.Quoted(r.RequiredFor))
	}
	switch {
	case len(r.OptionalFor) == len(b.Types):
		parts = append(parts, "Optional for every "+b.words()+" type")
	case len(r.OptionalFor) > 0:
		parts = append(parts, "Optional"+of+attribute.Quoted(r.OptionalFor))
	}
	sentence := strings.Join(parts, "; ")
	if !b.appliesToAll(r) {
		sentence += ", not applicable otherwise"
	}
	return sentences(sentence+".", d.remark(r.Attribute))
}

// answered says in words when there is a value, for the documentation.
func (b *Block) answered(r Rule) string {
	if b.appliesToAll(r) {
		return "May be null."
	}
	return "Null unless `" + b.TypeName + "` is " + attribute.Quoted(r.types()) + "."
}
