package flexemulator

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed addresses.yaml
var addressDocument []byte

// addressContract is made once, because that takes much longer than all the rest of a server.
var addressContract = sync.OnceValues(func() (*contract, error) { return newContract(addressDocument, "Address") })

// An Address is an address configuration as the emulator stores it. Nil means that nothing was ever sent, or that it was cleared.
type Address struct {
	SID, AccountSID string
	Type, Address   string
	FriendlyName    *string
	AddressCountry  *string
	// AutoCreation has the keys of an answer (enabled, webhook_filters, …) and holds strings, int64s, bools and []string.
	AutoCreation map[string]any
	DateCreated  time.Time
	// DateUpdated is zero until the first update.
	DateUpdated time.Time
}

// String describes an address configuration in a test's output.
func (a Address) String() string { return fmt.Sprintf("%s (%s)", a.SID, a.Address) }

func (a *Address) common() common {
	return common{sid: &a.SID, accountSID: &a.AccountSID, created: &a.DateCreated, updated: &a.DateUpdated}
}

func (a *Address) clone() *Address {
	c := *a
	c.AutoCreation = maps.Clone(a.AutoCreation)
	if filters, ok := c.AutoCreation["webhook_filters"].([]string); ok {
		c.AutoCreation["webhook_filters"] = slices.Clone(filters)
	}
	return &c
}

// Addresses returns a copy of all address configurations, in the order of their creation.
func (s *Server) Addresses() []Address {
	s.mu.Lock()
	defer s.mu.Unlock()
	return values(s.addresses.all())
}

// AddAddress stores an address configuration behind the API's back and returns it with the account that it was given, and a SID
// and a date if it had none.
func (s *Server) AddAddress(a Address) Address {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.addresses.add(&a)
}

// ChangeAddress alters an address configuration behind the API's back. It reports whether it exists.
func (s *Server) ChangeAddress(sid string, change func(*Address)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addresses.change(sid, change)
}

// RemoveAddress deletes an address configuration behind the API's back. It reports whether it existed.
func (s *Server) RemoveAddress(sid string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addresses.remove(sid)
}

// addressHandler is what is particular to address configurations.
type addressHandler struct {
	behavior     *Behavior
	autoCreation *part
	addresses    *store[*Address]
	flows        *store[*Flow]
}

func (h *addressHandler) about() about {
	a := about{path: "/v1/Configuration/Addresses", listKey: "address_configurations", sidPrefix: "IG", filter: "Type"}
	if h.behavior.StrictTypeFilter {
		a.filterValues = []string{"whatsapp", "sms"}
	}
	return a
}

func (*addressHandler) fresh() *Address { return &Address{} }

func (h *addressHandler) apply(a *Address, form map[string]any, update bool) {
	set(form, "Type", &a.Type)
	a.Type = strings.ToLower(a.Type)
	set(form, "Address", &a.Address)
	if value, sent := form["AddressCountry"].(string); sent {
		a.AddressCountry = &value
	}
	if value, sent := form["FriendlyName"].(string); sent {
		a.FriendlyName = &value
		if value == "" {
			a.FriendlyName = nil
		}
	}
	a.AutoCreation = h.autoCreation.apply(a.AutoCreation, form, update && h.behavior.ReplaceAutoCreation)
	if filters, ok := a.AutoCreation["webhook_filters"].([]any); ok {
		names := make([]string, len(filters))
		for i, f := range filters {
			names[i], _ = f.(string)
		}
		a.AutoCreation["webhook_filters"] = names
	}
	if a.AutoCreation["conversation_service_sid"] == "" {
		delete(a.AutoCreation, "conversation_service_sid")
	}
}

func (h *addressHandler) missing(a *Address, form map[string]any) *apiError {
	return h.autoCreation.missing(a.AutoCreation, form)
}

func (h *addressHandler) complete(a *Address) {
	if a.FriendlyName == nil && h.behavior.NameAddresses {
		name := a.Address
		a.FriendlyName = &name
	}
}

// conflict refuses a new address that another configuration or a Flex Flow has. Updates cannot change an address.
func (h *addressHandler) conflict(a *Address) *apiError {
	if a.SID != "" {
		return nil
	}
	if h.behavior.RefuseDuplicateAddresses {
		for _, other := range h.addresses.known() {
			if other.Type == a.Type && other.Address == a.Address {
				return h.behavior.duplicate("Address", "An address configuration with this Type and Address exists already: "+other.SID)
			}
		}
	}
	if h.behavior.RefuseAddressesOfFlows {
		for _, flow := range h.flows.known() {
			if channels[flow.ChannelType] == a.Type && flow.ContactIdentity != "" && bareAddress(flow.ContactIdentity) == bareAddress(a.Address) {
				return h.behavior.duplicate("Address", "A Flex Flow has this Address as its ContactIdentity: "+flow.SID)
			}
		}
	}
	return nil
}

// channels are the address types of the channels that Flex Flows may share an address with.
var channels = map[string]string{"sms": "sms", "whatsapp": "whatsapp", "facebook": "messenger", "web": "chat"}

// bareAddress is an address without the prefix of its channel.
func bareAddress(address string) string {
	for _, prefix := range []string{"whatsapp:", "messenger:"} {
		if bare, found := strings.CutPrefix(address, prefix); found {
			return bare
		}
	}
	return address
}

func (*addressHandler) matches(a *Address, filter string) bool {
	return strings.EqualFold(a.Type, filter)
}

func (h *addressHandler) named(a *Address, name string) bool {
	return !h.behavior.SIDPaths && a.Address == name
}

func (h *addressHandler) show(a *Address) map[string]any {
	shown := map[string]any{
		"type":            a.Type,
		"address":         a.Address,
		"friendly_name":   a.FriendlyName,
		"address_country": a.AddressCountry,
		"auto_creation":   h.showAutoCreation(a),
	}
	if a.FriendlyName == nil && h.behavior.EmptyFriendlyName {
		shown["friendly_name"] = ""
	}
	if a.AddressCountry == nil && h.behavior.DefaultCountry {
		shown["address_country"] = "US"
	}
	return shown
}

func (h *addressHandler) showAutoCreation(a *Address) any {
	kind, _ := a.AutoCreation["type"].(string)
	has := a.clone().AutoCreation
	shown := map[string]any{}
	switch h.behavior.AutoCreation {
	case AutoCreationNull:
		return nil
	case AutoCreationAllKeys:
		shown = h.autoCreation.nulls()
	case AutoCreationForeignKeys:
		if kind != "webhook" {
			shown["webhook_filters"] = []string{}
		}
		if kind != "studio" {
			shown["studio_retry_count"] = 0
		}
	case AutoCreationWithDefaults:
		shown = h.autoCreation.defaults(kind)
	case AutoCreationAsSent:
	}
	if h.behavior.AutoCreation != AutoCreationForeignKeys {
		maps.DeleteFunc(has, func(key string, _ any) bool { return foreign(kind, key) })
	}
	if h.behavior.AutoCreate {
		shown["enabled"] = true
	}
	maps.Copy(shown, has)
	if method, ok := shown["webhook_method"].(string); ok && !h.behavior.MethodAsSent {
		shown["webhook_method"] = strings.ToUpper(method)
	}
	if filters, ok := shown["webhook_filters"].([]string); ok && h.behavior.SortFilters {
		slices.Sort(filters)
	}
	return shown
}

// foreign reports whether a key of an auto-creation belongs to another type than it has.
func foreign(kind, key string) bool {
	owner, _, _ := strings.Cut(key, "_")
	return kind != "" && owner != kind && (owner == "webhook" || owner == "studio")
}
