package acctest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// foreignAddress is an address configuration in the state of another provider.
type foreignAddress struct {
	typeName, name string
	key            any // of count or for_each, nil for neither
	attributes     map[string]any
}

func readForeignAddresses(t *testing.T, file string) (content string, all []foreignAddress) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata/migration/addresses", file))
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Mode, Type, Name string
			Instances        []struct {
				IndexKey   any `json:"index_key"`
				Attributes map[string]any
			}
		}
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		t.Fatal(err)
	}
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			all = append(all, foreignAddress{r.Type, r.Name, i.IndexKey, i.Attributes})
		}
	}
	return string(raw), all
}

// blockNames are what the other providers call the attributes of the block.
var blockNames = map[string][]string{
	"enabled": {"auto_creation_enabled", "enabled"}, "type": {"auto_creation_type", "integration_type"},
	"conversation_service_sid": {"auto_creation_conversation_service_sid", "service_sid"},
	"studio_flow_sid":          {"auto_creation_studio_flow_sid", "flow_sid"},
	"studio_retry_count":       {"auto_creation_studio_retry_count", "retry_count"},
	"webhook_url":              {"auto_creation_webhook_url", "webhook_url"},
	"webhook_method":           {"auto_creation_webhook_method", "webhook_method"},
	"webhook_filters":          {"auto_creation_webhook_filters", "webhook_filters"},
}

// block is the auto-creation as it was configured, nil for none.
func (a foreignAddress) block() map[string]any {
	block := map[string]any{}
	for name, others := range blockNames {
		for _, other := range others {
			value := a.attributes[other]
			if list, ok := value.([]any); value == nil || value == "" || ok && len(list) == 0 {
				continue
			}
			block[name] = value
		}
	}
	if block["type"] == nil {
		return nil
	}
	return block
}

// configuration is the address configuration for this provider, which has a resource of its own for each instance.
func (a foreignAddress) configuration() string {
	var s strings.Builder
	from, name := a.typeName+"."+a.name, a.name
	if a.key != nil {
		key, _ := json.Marshal(a.key)
		from, name = from+"["+string(key)+"]", fmt.Sprintf("%s_%v", name, a.key)
	}
	fmt.Fprintf(&s, "moved {\n  from = %s\n  to = twilio_conversations_address_configuration.%s\n}\n", from, name)
	fmt.Fprintf(&s, "resource \"twilio_conversations_address_configuration\" %q {\n", name)
	write := func(name string, value any) {
		if encoded, _ := json.Marshal(value); value != nil && value != "" {
			fmt.Fprintf(&s, "%s = %s\n", name, encoded)
		}
	}
	for _, name := range []string{"type", "address", "address_country", "friendly_name"} {
		write(name, a.attributes[name])
	}
	if block := a.block(); block != nil {
		s.WriteString("auto_creation {\n")
		for name, value := range block {
			write(name, value)
		}
		s.WriteString("}\n")
	}
	if timeouts, _ := a.attributes["timeouts"].(map[string]any); timeouts["create"] != nil {
		s.WriteString("timeouts {\n")
		for name, value := range timeouts {
			write(name, value)
		}
		s.WriteString("}\n")
	}
	s.WriteString("}\n")
	return s.String()
}

// emulated is the address configuration as Twilio has it.
func (a foreignAddress) emulated() flexemulator.Address {
	text := func(name string) string { value, _ := a.attributes[name].(string); return value }
	emulated := flexemulator.Address{SID: text("sid"), Type: text("type"), Address: text("address"), AutoCreation: map[string]any{}}
	if name := text("friendly_name"); name != "" {
		emulated.FriendlyName = &name
	}
	if country := text("address_country"); country != "" {
		emulated.AddressCountry = &country
	}
	for name, value := range a.block() {
		switch value := value.(type) {
		case float64:
			emulated.AutoCreation[name] = int64(value)
		case []any:
			var filters []string
			for _, filter := range value {
				filters = append(filters, filter.(string))
			}
			emulated.AutoCreation[name] = filters
		default:
			emulated.AutoCreation[name] = value
		}
	}
	return emulated
}

// moved blocks take over, without a write, the address configurations of both other providers, as these wrote them into their states.
func TestAccMigration_addresses(t *testing.T) {
	for file, owner := range map[string]string{"twilio.tfstate": "twilio/twilio", "rjpearson94.tfstate": "rjpearson94/twilio"} {
		for name, behavior := range map[string]flexemulator.Behavior{
			"as sent": {}, "all keys": {AutoCreation: flexemulator.AutoCreationAllKeys},
		} {
			t.Run(owner+"/"+name, func(t *testing.T) {
				t.Parallel()
				acctest.NeedTerraform(t, "1.8.0")
				w := newWorkspaceWith(t, flexemulator.Options{Behavior: behavior})
				state, all := readForeignAddresses(t, file)
				configuration := requiredProviders
				for _, a := range all {
					w.AddAddress(a.emulated())
					configuration += a.configuration()
				}
				w.write("terraform.tfstate", state)
				w.write("main.tf", configuration)
				w.terraform("state", "replace-provider", "-auto-approve", "registry.terraform.io/"+owner, host()+"/"+provider.Source)
				w.terraform("init")
				out := w.terraform("apply", "-auto-approve")
				if strings.Count(out, "has moved to") != len(all) || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
					t.Error(out)
				}
				w.terraform("plan", "-detailed-exitcode")
				if writes := w.Calls(http.MethodPost, http.MethodDelete); len(writes) > 0 {
					t.Errorf("%d writes", len(writes))
				}
			})
		}
	}
}

// Beside the older provider, which stays in the state, one moved block takes over a resource with for_each in a module, without a write.
func TestAccMigration_besideTwilio(t *testing.T) {
	t.Parallel()
	acctest.NeedTerraform(t, "1.8.0")
	w := newWorkspaceWith(t, flexemulator.Options{}, "examples/migration/beside-twilio")
	raw, all := readForeignAddresses(t, "twilio.tfstate")
	for _, a := range all {
		if a.name == "for_each" {
			w.AddAddress(a.emulated())
		}
	}
	var state map[string]any
	if err := json.Unmarshal([]byte(raw), &state); err != nil {
		t.Fatal(err)
	}
	resources, _ := state["resources"].([]any)
	state["resources"] = slices.DeleteFunc(resources, func(one any) bool { return one.(map[string]any)["name"] != "for_each" })
	for _, one := range state["resources"].([]any) {
		one.(map[string]any)["module"] = "module.channels"
	}
	content, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	w.write("terraform.tfstate", string(content))
	w.terraform("init")
	out := w.terraform("apply", "-auto-approve")
	if strings.Count(out, "has moved to") != 2 || !strings.Contains(out, "0 added, 0 changed, 0 destroyed") {
		t.Error(out)
	}
	w.terraform("plan", "-detailed-exitcode")
	if writes := w.Calls(http.MethodPost, http.MethodDelete); len(writes) > 0 {
		t.Errorf("%d writes", len(writes))
	}
}
