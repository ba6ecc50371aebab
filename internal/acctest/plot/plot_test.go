package plot_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest/plot"
)

// Both variants are well-formed, and show the same points.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	points := []plot.Point{{1, 1, 1, 0.21, 0.2}, {30, 2, 30, 0.3, 0.4}, {3000, 4, 3000, 12.5, 27}}
	if err := plot.Write(dir, points); err != nil {
		t.Fatal(err)
	}
	type title struct {
		Text string `xml:",chardata"`
	}
	titles := map[string][]string{}
	for _, name := range []string{"plans-light.svg", "plans-dark.svg"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var picture struct {
			Circles []struct {
				Title title `xml:"title"`
			} `xml:"circle"`
		}
		if err := xml.Unmarshal(content, &picture); err != nil {
			t.Fatal(err)
		}
		for _, circle := range picture.Circles {
			titles[name] = append(titles[name], circle.Title.Text)
		}
	}
	light, dark := strings.Join(titles["plans-light.svg"], "\n"), strings.Join(titles["plans-dark.svg"], "\n")
	if light != dark || len(titles["plans-light.svg"]) != 4*len(points) {
		t.Errorf("light:\n%s\ndark:\n%s", light, dark)
	}
	for _, want := range []string{"3,000 flows, shared reads: 4", "3,000 flows, unshared: 3,000", "30 flows, shared reads: 0.3 s", "1 flows, unshared: 0.2 s"} {
		if !strings.Contains(light, want) {
			t.Errorf("no %q in\n%s", want, light)
		}
	}
}
