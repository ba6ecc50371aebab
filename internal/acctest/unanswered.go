package acctest

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// TestUnanswered checks that an API that takes a parameter and does not answer it causes no perpetual difference: for each argument of a
// configuration, nothing is planned after a create, an update, and an import with at most one write; and another value that shows up
// is drift.
func TestUnanswered(t *testing.T, config, changed Configuration, others map[string]any) {
	t.Helper()
	for name := range fieldsOf(config) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emulator := NewMemoryEmulator(t, flexemulator.Options{Behavior: flexemulator.Behavior{Unanswered: []string{name}}})
			Steps(t, emulator, config.Type, config.BlockName,
				Step{Config: config.Values(), Plans: plancheck.ResourceActionCreate},
				Step{Config: config.Values(), Plans: plancheck.ResourceActionNoop},
				Step{Config: changed.Values(), Plans: plancheck.ResourceActionUpdate},
				Step{Config: changed.Values(), Plans: plancheck.ResourceActionNoop},
			)
			importOnce(t, emulator, config)
			if other, ok := others[name]; ok {
				showsUp(t, emulator, config, name, other)
			}
		})
	}
}

// importOnce imports what a configuration made, and brings it to that configuration with one write at the most.
func importOnce(t *testing.T, emulator *Emulator, config Configuration) {
	t.Helper()
	c := NewCore(NewConfiguredProtocol(t, emulator), config.Type, config.BlockName)
	created := c.Create(config.Values())
	imported, text := c.Import(created.SID())
	if text != "" {
		t.Fatal(text)
	}
	emulator.ResetRequests()
	applied, _ := c.Change(imported, config.Values())
	read, text := c.Refresh(applied)
	_, changes, said := c.PlanValues(read, config.Values())
	if writes := len(emulator.Calls(http.MethodPost)); writes > 1 || changes || text+said != "" || applied.SID() != created.SID() {
		t.Errorf("%d writes after an import, and then changes: %t %s%s", writes, changes, text, said)
	}
	if _, text := c.Destroy(t.Context(), read); text != "" {
		t.Error(text)
	}
}

// showsUp checks that a value that was not answered, and then shows up as another one, is drift.
func showsUp(t *testing.T, emulator *Emulator, config Configuration, name string, other any) {
	t.Helper()
	c := NewCore(NewConfiguredProtocol(t, emulator), config.Type, config.BlockName)
	created := c.Create(config.Values())
	emulator.Inject(OddFields(nested(name, other)))()
	read, _ := c.Refresh(created)
	if _, changes, text := c.PlanValues(read, config.Values()); !changes {
		t.Errorf("another value is no drift: %s", text)
	}
	emulator.Inject()()
	if _, text := c.Destroy(t.Context(), created); text != "" {
		t.Error(text)
	}
}
