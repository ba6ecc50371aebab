package provider

import "testing"

func TestDefinitions(t *testing.T) {
	for _, d := range definitions {
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", d.TypeName, err)
		}
	}
}
