package twilio

import "testing"

// A resource is adopted or deleted, whichever comes first.
func TestWrites_adoptionAndDeletion(t *testing.T) {
	var w writes
	if !w.adopted("FO1", nil) || w.deleting("FO1") {
		t.Error("what was adopted is deleted")
	}
	if !w.deleting("FO2") || w.adopted("FO2", nil) {
		t.Error("what is being deleted is adopted")
	}
}
