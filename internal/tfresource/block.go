package tfresource

import (
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// A Block is a nested block of a resource. It has a type, which decides what the rest of it may be.
type Block struct {
	Name, Description string
	// TypeName is the attribute that holds the type: beside the block, or in it if that has a rule for it.
	TypeName string
	Types    []string
	Rules    []Rule
	// Unmanaged says what becomes of the resource when the configuration does not have the block, and what to do instead, in sentences.
	Unmanaged string

	once sync.Once
	all  []field
}

// A Rule says what one attribute of a block is to the block's types.
type Rule struct {
	Attribute
	// RequiredFor and OptionalFor list types. The attribute does not apply to a type in neither. Default is the default for all of these.
	RequiredFor, OptionalFor []string
	// SurvivesTypeChange means that a value stays when the type changes.
	SurvivesTypeChange bool
	// Idle is a value that Twilio may answer for a resource without the block, nil for none. Any other value shows that the block is in use,
	// and so does a value of an attribute that a type requires.
	Idle attr.Value
}

func (r Rule) required(blockType string) bool { return slices.Contains(r.RequiredFor, blockType) }

func (r Rule) applies(blockType string) bool {
	return r.required(blockType) || slices.Contains(r.OptionalFor, blockType)
}

// types lists the types that the attribute applies to.
func (r Rule) types() []string { return slices.Concat(r.RequiredFor, r.OptionalFor) }

// fields are the block's attributes.
func (b *Block) fields() []field {
	b.once.Do(func() {
		for _, r := range b.Rules {
			b.all = append(b.all, field{Rule: r, name: b.fullName(r.Name), path: b.path().AtName(r.Name), block: b})
		}
	})
	return b.all
}

// title begins the summaries of diagnostics about the block, such as Auto-creation.
func (b *Block) title() string { return attribute.Capitalized(b.words()) }

// words is the block's name in a sentence, such as auto-creation.
func (b *Block) words() string { return strings.ReplaceAll(b.Name, "_", "-") }

func (b *Block) path() path.Path { return path.Root(b.Name) }

// fullName is the full name of one of the block's attributes, such as integration.priority.
func (b *Block) fullName(name string) string { return b.Name + "." + name }

// typeInside reports whether the block's type is one of its own attributes.
func (b *Block) typeInside() bool {
	return slices.ContainsFunc(b.Rules, func(r Rule) bool { return r.Name == b.TypeName })
}

// typeName is the full name of the attribute of the block's type.
func (b *Block) typeName() string {
	if b.typeInside() {
		return b.fullName(b.TypeName)
	}
	return b.TypeName
}

// typeOf is the type of a resource's block.
func (b *Block) typeOf(v values) types.String { return v.text(b.typeName()) }

// isTyped reports whether the rules have a type.
func (b *Block) isTyped(blockType types.String) bool {
	return slices.Contains(b.Types, blockType.ValueString())
}

// appliesToAll reports whether an attribute applies to every type of the block.
func (b *Block) appliesToAll(r Rule) bool { return len(r.types()) == len(b.Types) }

// misfits lists the attributes that the type requires and the values lack, and those that the values have and the type does not.
func (b *Block) misfits(blockType string, v values) (missing, inapplicable []field) {
	for _, f := range b.fields() {
		switch value := v[f.name]; {
		case f.required(blockType) && value.IsNull():
			missing = append(missing, f)
		case !f.applies(blockType) && attribute.IsKnown(value):
			inapplicable = append(inapplicable, f)
		}
	}
	return missing, inapplicable
}
