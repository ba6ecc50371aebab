package flexemulator

import (
	"fmt"
	"slices"
	"time"
)

// Behavior chooses how the emulator acts where the documentation of its APIs is silent. The zero value is one plausible API; a
// test that runs under others shows that the code under test does not depend on the choice.
type Behavior struct {
	// ReadLag is for how long after its creation something is not found by reads, nor shown in lists.
	ReadLag time.Duration
	// ListLag is for how long after an update lists still show what was there before.
	ListLag time.Duration
	// Order is the order of lists.
	Order ListOrder
	// NullDateUpdated answers null for the update date of what was never updated.
	NullDateUpdated bool
	// AcceptIncomplete accepts an integration or an auto-creation that lacks what its type requires.
	AcceptIncomplete bool
	// RoundDates rounds date_created and date_updated to the nearest second, instead of cutting off the fraction.
	RoundDates bool
	// ClockAhead is by how much the clock of the Date header is ahead of the one that dates resources; negative if it is behind.
	ClockAhead time.Duration
	// ForgetLag is for how long after a deletion or an update the checks for duplicates still know what was there before. It
	// applies to RefuseDuplicates, RefuseDuplicateAddresses and RefuseAddressesOfFlows.
	ForgetLag time.Duration
	// DuplicateStatus is the status of the refusal of a duplicate, 409 when 0; DuplicateCode is its code, 20409 when 0.
	DuplicateStatus, DuplicateCode int
	// Unanswered are the fields that no response has, such as "enabled", "integration" or "auto_creation.webhook_filters".
	Unanswered []string
	// Unlisted are the fields that the entries of lists leave out, in the notation of Unanswered.
	Unlisted []string
	// Rewrites are the values that the API stores in another form than the one sent.
	Rewrites []Rewrite
	// ProblemDetails makes errors application/problem+json (RFC 9457).
	ProblemDetails bool

	// Flex Flows

	// Integration says what the integration object of an answer holds.
	Integration IntegrationAnswer
	// ReplaceIntegration makes an update that sends any Integration.* parameter drop all those that it does not send.
	ReplaceIntegration bool
	// EnabledByDefault is what a create without Enabled gives.
	EnabledByDefault bool
	// EmptyIdentity answers "" for a contact identity that is not set or was cleared, instead of null.
	EmptyIdentity bool
	// NullIntegrationType answers null for a flow created without IntegrationType, instead of studio.
	NullIntegrationType bool
	// RefuseDuplicates refuses a second flow with the same channel type and contact identity.
	RefuseDuplicates bool

	// Address configurations

	// AutoCreation says what the auto_creation object of an answer holds.
	AutoCreation AutoCreationAnswer
	// ReplaceAutoCreation makes an update that sends any AutoCreation.* parameter drop all those that it does not send.
	ReplaceAutoCreation bool
	// MethodAsSent answers a webhook's method in the case it was sent in, instead of upper case.
	MethodAsSent bool
	// SortFilters answers a webhook's filters in alphabetical order, instead of the order they were sent in.
	SortFilters bool
	// EmptyFriendlyName answers "" for an address's friendly name that is not set or was cleared, instead of null.
	EmptyFriendlyName bool
	// NameAddresses gives an address that is created without FriendlyName its address as the name.
	NameAddresses bool
	// DefaultCountry answers US for an address that was created without AddressCountry, instead of null.
	DefaultCountry bool
	// AutoCreate answers that auto-creation is enabled where AutoCreation.Enabled was never sent.
	AutoCreate bool
	// RefuseDuplicateAddresses refuses a second configuration of the same type and address.
	RefuseDuplicateAddresses bool
	// RefuseAddressesOfFlows refuses an address that a Flex Flow still has as its contact identity.
	RefuseAddressesOfFlows bool
	// StrictTypeFilter refuses every Type filter of lists but whatsapp and sms with 400.
	StrictTypeFilter bool
	// SIDPaths makes the path of an address configuration take its SID alone. By default, the percent-encoded address works in
	// place of the SID, as documented.
	SIDPaths bool
}

// ListOrder is one of the ways in which lists may be ordered.
type ListOrder string

// The ways in which lists may be ordered.
const (
	OldestFirst ListOrder = ""
	NewestFirst ListOrder = "newest-first"
	BySID       ListOrder = "by-sid"
	// Shuffled is an order that tells nothing, but stays the same.
	Shuffled ListOrder = "shuffled"
)

var listOrders = []ListOrder{OldestFirst, NewestFirst, BySID, Shuffled}

// IntegrationAnswer is one of the ways in which an answer may show a flow's integration.
type IntegrationAnswer string

// The known and suspected ways.
const (
	// IntegrationAsSent shows the parameters that were sent and no others.
	IntegrationAsSent IntegrationAnswer = ""
	// IntegrationWithDefaults adds the documented defaults of the flow's type.
	IntegrationWithDefaults IntegrationAnswer = "defaults"
	// IntegrationAllKeys shows all nine keys, null where nothing was sent.
	IntegrationAllKeys IntegrationAnswer = "all-keys"
	// IntegrationForeignKeys adds keys that do not belong to the flow's type.
	IntegrationForeignKeys IntegrationAnswer = "foreign-keys"
	// IntegrationNull shows null, whatever was sent.
	IntegrationNull IntegrationAnswer = "null"
)

var integrationAnswers = []IntegrationAnswer{
	IntegrationAsSent, IntegrationWithDefaults, IntegrationAllKeys, IntegrationForeignKeys, IntegrationNull,
}

// AutoCreationAnswer is one of the ways in which an answer may show an address's auto-creation.
type AutoCreationAnswer string

// The known and suspected ways.
const (
	// AutoCreationAsSent shows what was sent, but not what belongs to other types.
	AutoCreationAsSent AutoCreationAnswer = ""
	// AutoCreationWithDefaults adds the defaults: not enabled, of type default, a webhook by POST, and no retries of a Studio flow.
	AutoCreationWithDefaults AutoCreationAnswer = "defaults"
	// AutoCreationAllKeys shows all eight keys, null where nothing was sent.
	AutoCreationAllKeys AutoCreationAnswer = "all-keys"
	// AutoCreationForeignKeys adds keys that belong to other types.
	AutoCreationForeignKeys AutoCreationAnswer = "foreign-keys"
	// AutoCreationNull shows null, whatever was sent.
	AutoCreationNull AutoCreationAnswer = "null"
)

var autoCreationAnswers = []AutoCreationAnswer{
	AutoCreationAsSent, AutoCreationWithDefaults, AutoCreationAllKeys, AutoCreationForeignKeys, AutoCreationNull,
}

// validate tells what the emulator cannot do.
func (b *Behavior) validate() error {
	if !slices.Contains(integrationAnswers, b.Integration) {
		return fmt.Errorf("there is no way %q to answer an integration; the ways are %q", b.Integration, integrationAnswers)
	}
	if !slices.Contains(autoCreationAnswers, b.AutoCreation) {
		return fmt.Errorf("there is no way %q to answer an auto-creation; the ways are %q", b.AutoCreation, autoCreationAnswers)
	}
	if !slices.Contains(listOrders, b.Order) {
		return fmt.Errorf("there is no order %q; the orders are %q", b.Order, listOrders)
	}
	if b.DuplicateStatus != 0 && (b.DuplicateStatus < 400 || b.DuplicateStatus > 499) {
		return fmt.Errorf("%d is not a status that refuses a duplicate; those are 400 to 499", b.DuplicateStatus)
	}
	for _, r := range b.Rewrites {
		if !slices.Contains(rewrites, r) {
			return fmt.Errorf("there is no rewrite %q; the rewrites are %q", r, rewrites)
		}
	}
	return nil
}
