package flexflow

import (
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// The integration types: what handles a Flex Flow's inbound messages.
const (
	typeStudio   = "studio"
	typeExternal = "external"
	typeTask     = "task"
)

var (
	integrationTypes = []string{typeStudio, typeExternal, typeTask}
	channelTypes     = []string{"web", "sms", "facebook", "whatsapp", "line", "custom"}
)

// A rule says what one attribute of the integration block is to the integration types. The table of rules is the one place
// where that stands: validation, plans, requests, answers and the documentation all read it.
type rule struct {
	// name is the attribute's name in the block, and its key in an answer's integration object.
	name string
	// requiredFor and optionalFor list integration types. The attribute does not apply to a type in neither.
	requiredFor, optionalFor []string
	// standard is the documented default for the types that the attribute applies to; null where none is documented. It
	// also tells the attribute's type.
	standard attr.Value
	// get takes the attribute out of an answer, send puts a known value into a request.
	get  func(*twilio.Integration) attr.Value
	send func(*twilio.Params, attr.Value)
}

var rules = []rule{
	{
		name: "flow_sid", requiredFor: []string{typeStudio}, standard: types.StringNull(),
		get:  func(i *twilio.Integration) attr.Value { return textOrNull(i.FlowSID) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationFlowSid = stringPointer(v) },
	},
	{
		name: "url", requiredFor: []string{typeExternal}, standard: types.StringNull(),
		get:  func(i *twilio.Integration) attr.Value { return textOrNull(i.URL) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationUrl = stringPointer(v) },
	},
	{
		name: "workspace_sid", requiredFor: []string{typeTask}, standard: types.StringNull(),
		get:  func(i *twilio.Integration) attr.Value { return textOrNull(i.WorkspaceSID) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationWorkspaceSid = stringPointer(v) },
	},
	{
		name: "workflow_sid", requiredFor: []string{typeTask}, standard: types.StringNull(),
		get:  func(i *twilio.Integration) attr.Value { return textOrNull(i.WorkflowSID) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationWorkflowSid = stringPointer(v) },
	},
	{
		// The API requires it, and its documentation gives a default: so it is always sent, and may be left out.
		name: "channel", optionalFor: []string{typeTask}, standard: types.StringValue("default"),
		get:  func(i *twilio.Integration) attr.Value { return textOrNull(i.Channel) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationChannel = stringPointer(v) },
	},
	{
		name: "timeout", optionalFor: []string{typeTask}, standard: attribute.NewWholeNumber(86400),
		get:  func(i *twilio.Integration) attr.Value { return attribute.WholeNumberOrNull(i.Timeout) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationTimeout = intPointer(v) },
	},
	{
		name: "priority", optionalFor: []string{typeTask}, standard: attribute.NewWholeNumber(0),
		get:  func(i *twilio.Integration) attr.Value { return attribute.WholeNumberOrNull(i.Priority) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationPriority = intPointer(v) },
	},
	{
		name: "retry_count", optionalFor: []string{typeStudio, typeExternal}, standard: attribute.NewWholeNumber(3),
		get:  func(i *twilio.Integration) attr.Value { return attribute.WholeNumberOrNull(i.RetryCount) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationRetryCount = intPointer(v) },
	},
	{
		name: "creation_on_message", optionalFor: integrationTypes, standard: types.BoolNull(),
		get:  func(i *twilio.Integration) attr.Value { return types.BoolPointerValue(i.CreationOnMessage) },
		send: func(p *twilio.Params, v attr.Value) { p.IntegrationCreationOnMessage = boolPointer(v) },
	},
}

func (r rule) required(integrationType string) bool {
	return slices.Contains(r.requiredFor, integrationType)
}

func (r rule) applies(integrationType string) bool {
	return r.required(integrationType) || slices.Contains(r.optionalFor, integrationType)
}

// types lists the integration types that the attribute applies to.
func (r rule) types() []string { return slices.Concat(r.requiredFor, r.optionalFor) }

// null and unknown are the attribute's null and unknown values.
func (r rule) null() attr.Value    { return nullLike(r.standard) }
func (r rule) unknown() attr.Value { return unknownLike(r.standard) }

func (r rule) description() string { return descriptions["integration."+r.name] }

// answered says in words when there is a value, for the documentation.
func (r rule) answered() string {
	if len(r.types()) == len(integrationTypes) {
		return "May be null."
	}
	return "Null unless `integration_type` is " + quoted(r.types()) + "."
}

// sentence says in words what the rule is, for the documentation.
func (r rule) sentence() string {
	var parts []string
	if len(r.requiredFor) > 0 {
		parts = append(parts, "Required when `integration_type` is "+quoted(r.requiredFor))
	}
	switch {
	case len(r.optionalFor) == len(integrationTypes):
		parts = append(parts, "Optional for every integration type")
	case len(r.optionalFor) > 0:
		parts = append(parts, "Optional when `integration_type` is "+quoted(r.optionalFor))
	}
	sentence := strings.Join(parts, "; ")
	if len(r.requiredFor)+len(r.optionalFor) < len(integrationTypes) {
		sentence += ", not applicable otherwise"
	}
	if text := literal(r.standard); text != "" {
		sentence += ". Defaults to `" + text + "`"
	}
	return sentence + "."
}

// integrationAttributeTypes are the attribute types of the block, as of its object value. Nobody changes the map.
var integrationAttributeTypes = sync.OnceValue(func() map[string]attr.Type {
	attributeTypes := make(map[string]attr.Type, len(rules))
	for _, r := range rules {
		attributeTypes[r.name] = attributeType(r.standard)
	}
	return attributeTypes
})

// integrationObject makes the block's value by asking for each attribute's.
func integrationObject(value func(rule) attr.Value) types.Object {
	values := make(map[string]attr.Value, len(rules))
	for _, r := range rules {
		values[r.name] = value(r)
	}
	return types.ObjectValueMust(integrationAttributeTypes(), values)
}

// quoted lists values as code, for documentation and messages: `a`, `b` or `c`.
func quoted(values []string) string {
	marked := make([]string, len(values))
	for i, v := range values {
		marked[i] = "`" + v + "`"
	}
	if len(marked) < 2 {
		return strings.Join(marked, "")
	}
	last := len(marked) - 1
	return strings.Join(marked[:last], ", ") + " or " + marked[last]
}

// literal is a value as it is written in a configuration, empty for null.
func literal(v attr.Value) string {
	if v.IsNull() {
		return ""
	}
	return v.String()
}
