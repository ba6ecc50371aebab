// Package sid has the kinds of SID (Twilio's resource identifiers) that the provider uses: their prefixes, and the form of a well-formed
// SID.
package sid

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// Length is the number of characters of every SID: a prefix of two and 32 hexadecimal digits.
const Length = 34

// A Kind is one kind of SID.
type Kind struct {
	// Prefix is the two capital letters that every SID of the kind begins with.
	Prefix string
	// Name is what Twilio calls the resource that the SID stands for, as it reads in a sentence.
	Name string
}

// The kinds of SID that the resources and their credentials involve.
var (
	Account             = Kind{Prefix: "AC", Name: "account"}
	Address             = Kind{Prefix: "IG", Name: "address configuration"}
	APIKey              = Kind{Prefix: "SK", Name: "API key"}
	ChatService         = Kind{Prefix: "IS", Name: "chat service"}
	ConversationService = Kind{Prefix: "IS", Name: "Conversation Service"}
	FlexFlow            = Kind{Prefix: "FO", Name: "Flex Flow"}
	StudioFlow          = Kind{Prefix: "FW", Name: "Studio flow"}
	TaskChannel         = Kind{Prefix: "TC", Name: "Task Channel"}
	Workflow            = Kind{Prefix: "WW", Name: "TaskRouter Workflow"}
	Workspace           = Kind{Prefix: "WS", Name: "TaskRouter Workspace"}
)

var kinds = []Kind{Account, Address, APIKey, ChatService, FlexFlow, StudioFlow, TaskChannel, Workflow, Workspace}

var shape = regexp.MustCompile(`^[A-Z]{2}[0-9a-fA-F]{32}$`)

// Pattern is the regular expression, without anchors, of a SID of the kind.
func (k Kind) Pattern() string {
	return k.Prefix + "[0-9a-fA-F]{32}"
}

// Format describes a SID of the kind in words, for messages and documentation.
func (k Kind) Format() string {
	return fmt.Sprintf("%q followed by 32 hexadecimal digits", k.Prefix)
}

// Markdown is Format for documentation.
func (k Kind) Markdown() string {
	return "`" + k.Prefix + "` followed by 32 hexadecimal digits"
}

// Valid reports whether value is a well-formed SID of the kind.
func (k Kind) Valid(value string) bool {
	return shape.MatchString(value) && value[:2] == k.Prefix
}

// Check returns nil for a well-formed SID of the kind, and otherwise an error that says what is wrong with the value and what
// the form of a SID is.
func (k Kind) Check(value string) error {
	if k.Valid(value) {
		return nil
	}
	return fmt.Errorf("%s is not %s SID: %s", redact.Shown(value), k.WithArticle(), k.Fault(value))
}

// CheckOrUniqueName is Check for a value that may also be a unique name of the user's choosing, as for a Task Channel.
// A value counts as a SID if it has the form of a SID of any kind, or begins with the prefix and either has a SID's
// length or continues with hexadecimal digits alone.
func (k Kind) CheckOrUniqueName(value string) error {
	if value == "" {
		return fmt.Errorf("an empty value is neither %s SID nor a unique name", k.WithArticle())
	}
	if shape.MatchString(value) {
		return k.Check(value)
	}
	return k.CheckOrAddress(value)
}

// CheckOrAddress is Check for a value that may also be an address, which may itself be a SID of another kind.
func (k Kind) CheckOrAddress(value string) error {
	if regexp.MustCompile(`^` + k.Prefix + `(.{32}|[0-9a-fA-F]+)$`).MatchString(value) {
		return k.Check(value)
	}
	return nil
}

// Fault says what is wrong with a value that is not a SID of the kind, and what the form of a SID is. It does not repeat the value, which
// may be a secret in the wrong place.
func (k Kind) Fault(value string) string {
	article := k.WithArticle()
	return fmt.Sprintf("%s. %s SID is %s", k.fault(value), strings.ToUpper(article[:1])+article[1:], k.Format())
}

// WithArticle is the name with its article: an account.
func (k Kind) WithArticle() string {
	if strings.ContainsRune("aeiouAEIOU", rune(k.Name[0])) {
		return "an " + k.Name
	}
	return "a " + k.Name
}

func (k Kind) fault(value string) string {
	switch {
	case value == "":
		return "it is empty"
	case shape.MatchString(value):
		for _, other := range kinds {
			if other.Valid(value) {
				return fmt.Sprintf("%q is the prefix of %s SID", other.Prefix, other.WithArticle())
			}
		}
		return fmt.Sprintf("it begins with %q", value[:2])
	case len(value) != Length:
		characters := "characters"
		if len(value) == 1 {
			characters = "character"
		}
		return fmt.Sprintf("it has %d %s instead of %d", len(value), characters, Length)
	case value[:2] != k.Prefix:
		return fmt.Sprintf("it does not begin with %q", k.Prefix)
	default:
		return fmt.Sprintf("what follows %q is not hexadecimal", k.Prefix)
	}
}
