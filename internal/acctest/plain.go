package acctest

import (
	"encoding/json"
	"math/big"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// Unknown is an argument in [Args] that is not known yet.
const Unknown = "unknown"

// Values are the arguments as a [Protocol] takes them. Each is a literal, or [Unknown].
func (a Args) Values() map[string]any {
	values := map[string]any{}
	for name, literal := range a {
		values[name] = literalValue(literal)
	}
	return values
}

func literalValue(literal string) any {
	var value any
	if literal == Unknown {
		return tftypes.UnknownValue
	}
	if err := json.Unmarshal([]byte(literal), &value); err != nil {
		panic("not a literal: " + literal)
	}
	return value
}

// Values is the configuration for a [Protocol].
func (c Configuration) Values() map[string]any {
	values := c.Args.Values()
	if c.Block != nil {
		values[c.BlockName] = c.Block.Values()
	}
	if c.Timeouts != nil {
		values["timeouts"] = c.Timeouts.Values()
	}
	return values
}

// Plain is a value in Go: a map, a slice, a sorted slice of strings for a set, a string, a bool, an int, nil for null, or
// tftypes.UnknownValue.
func Plain(value tftypes.Value) any {
	switch t := value.Type(); {
	case !value.IsKnown():
		return tftypes.UnknownValue
	case value.IsNull():
		return nil
	case t.Is(tftypes.String):
		return as[string](value)
	case t.Is(tftypes.Bool):
		return as[bool](value)
	case t.Is(tftypes.Number):
		number := as[big.Float](value)
		whole, _ := number.Int64()
		return int(whole)
	case t.Is(tftypes.Object{}):
		object := map[string]any{}
		for name, attribute := range AttributesOf(value) {
			object[name] = Plain(attribute)
		}
		return object
	}
	if value.Type().Is(tftypes.List{}) {
		all := []any{}
		for _, element := range as[[]tftypes.Value](value) {
			all = append(all, Plain(element))
		}
		return all
	}
	texts := []string{}
	for _, element := range as[[]tftypes.Value](value) {
		text, _ := Plain(element).(string)
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return texts
}

func as[T any](value tftypes.Value) T {
	var target T
	if err := value.As(&target); err != nil {
		panic(err)
	}
	return target
}

// lookUp finds an attribute, a child as auto_creation.enabled.
func lookUp(object any, name string) any {
	first, rest, inside := strings.Cut(name, ".")
	attributes, _ := object.(map[string]any)
	if inside {
		return lookUp(attributes[first], rest)
	}
	return attributes[first]
}

// unknownIn lists the attributes of an object that are unknown, children as auto_creation.enabled.
func unknownIn(prefix string, value tftypes.Value) []string {
	names := []string{}
	if value.IsNull() {
		return names
	}
	for name, attribute := range AttributesOf(value) {
		switch {
		case !attribute.IsKnown():
			names = append(names, prefix+name)
		case attribute.Type().Is(tftypes.Object{}):
			names = append(names, unknownIn(prefix+name+".", attribute)...)
		case !attribute.IsFullyKnown():
			names = append(names, prefix+name+"[]")
		}
	}
	slices.Sort(names)
	return names
}

func forms(calls []flexemulator.Request) []url.Values {
	var all []url.Values
	for _, call := range calls {
		all = append(all, call.Form)
	}
	return all
}
