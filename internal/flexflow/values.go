package flexflow

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
)

// The attributes of a Flex Flow are strings, whole numbers and booleans. What differs between those three stands here, so
// that the rest of the package needs no switch over types.

func nullLike(v attr.Value) attr.Value {
	switch v.(type) {
	case types.String:
		return types.StringNull()
	case attribute.WholeNumber:
		return attribute.WholeNumberOrNull(nil)
	case types.Bool:
		return types.BoolNull()
	}
	panic(unexpected(v))
}

func unknownLike(v attr.Value) attr.Value {
	switch v.(type) {
	case types.String:
		return types.StringUnknown()
	case attribute.WholeNumber:
		return attribute.WholeNumber{Int64Value: types.Int64Unknown()}
	case types.Bool:
		return types.BoolUnknown()
	}
	panic(unexpected(v))
}

func attributeType(v attr.Value) attr.Type {
	switch v.(type) {
	case types.String:
		return types.StringType
	case attribute.WholeNumber:
		return attribute.WholeNumberType{}
	case types.Bool:
		return types.BoolType
	}
	panic(unexpected(v))
}

func unexpected(v attr.Value) string {
	return fmt.Sprintf("no attribute of a Flex Flow has values of %T", v)
}

// The functions below turn a known value into a request's parameter.

func stringPointer(v attr.Value) *string { return v.(types.String).ValueStringPointer() }
func boolPointer(v attr.Value) *bool     { return v.(types.Bool).ValueBoolPointer() }

func intPointer(v attr.Value) *int {
	// The schema bounds whole numbers to 32 bits, so that this holds on every platform.
	value := int(v.(attribute.WholeNumber).ValueInt64())
	return &value
}

// isKnown tells whether a value is set and known.
func isKnown(v attr.Value) bool { return !v.IsNull() && !v.IsUnknown() }

// textOrNull takes an empty string of an answer for an absent one.
func textOrNull(s *string) types.String {
	if s == nil || *s == "" {
		return types.StringNull()
	}
	return types.StringValue(*s)
}
