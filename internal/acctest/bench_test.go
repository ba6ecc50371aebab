//go:build unix

package acctest_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest/plot"
	"github.com/flex-iac/terraform-provider-twilio/internal/cmd/terraformcli"
	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

func BenchmarkPlan(b *testing.B) {
	const evenly, oldest = true, false
	for _, c := range []struct {
		flows, account int
		evenly         bool
		orders         []flexemulator.ListOrder
	}{
		{1, 1, evenly, nil},
		{1, 5000, evenly, nil},
		{30, 30, evenly, nil},
		{300, 300, evenly, nil},
		{1000, 1000, evenly, nil},
		{3000, 3000, evenly, nil},
		{300, 5000, evenly, nil},
		{300, 5300, oldest, []flexemulator.ListOrder{flexemulator.OldestFirst, flexemulator.NewestFirst, flexemulator.BySID, flexemulator.Shuffled}},
		{300, 50_000, evenly, nil},
		{300, 50_000, oldest, []flexemulator.ListOrder{flexemulator.NewestFirst, flexemulator.Shuffled}},
	} {
		if c.orders == nil {
			c.orders = []flexemulator.ListOrder{flexemulator.OldestFirst}
		}
		for _, order := range c.orders {
			flows := 0.0
			for _, of := range kinds {
				name := fmt.Sprintf("%d %s in an account of %d", c.flows, of.name, c.account)
				if !c.evenly {
					name = fmt.Sprintf("the %d oldest %s of %d, listed %s", c.flows, of.name, c.account, cmp.Or(string(order), "oldest-first"))
				}
				b.Run(name, func(b *testing.B) {
					w := newEstate(b, of, c.flows, flexemulator.Options{Behavior: flexemulator.Behavior{Order: order}})
					w.terraform("apply", "-auto-approve")
					w.among(of, c.account, c.evenly)
					var on, off, instant measurement
					for b.Loop() {
						w.SetLatency(0)
						instant = w.measure("plan", "-detailed-exitcode")
						w.SetLatency(latency)
						on = w.measure("plan", "-detailed-exitcode")
						off = w.measure("plan", "-detailed-exitcode", "-var=shared_reads=false")
					}
					flows = report(b, on, flows, map[string]float64{
						"calls-unshared": float64(off.calls), "s-unshared": off.wall.Seconds(), "ratio": on.wall.Seconds() / off.wall.Seconds(),
						"s-without-latency": instant.wall.Seconds(), // Terraform's own time, the provider's and the emulator's
						"s-processor":       instant.processor,
					})
					if c.flows == c.account && of.name == "flows" {
						curves = append(curves, plot.Point{Flows: c.flows, Calls: on.calls, CallsUnshared: off.calls, Seconds: on.wall.Seconds(), SecondsUnshared: off.wall.Seconds()})
					}
				})
			}
		}
	}
	if dir := os.Getenv("BENCH_PLOT"); dir != "" && len(curves) > 1 {
		if err := plot.Write(dir, curves); err != nil {
			b.Fatal(err)
		}
	}
}

// curves are what the plot shows.
var curves []plot.Point

func BenchmarkCreate100(b *testing.B) {
	const count, parallel = 100, 10
	own := func(b *testing.B, of kind) time.Duration { // Terraform's own time
		return newEstate(b, of, count, flexemulator.Options{}).measure("apply", "-auto-approve").wall
	}
	for _, c := range []struct {
		name      string
		load      flexemulator.Load
		floor     time.Duration
		arguments []string
	}{
		{"without limit", flexemulator.Load{Latency: latency}, count / parallel * latency, nil},
		{"alike in every value", flexemulator.Load{Latency: latency}, count / parallel * latency, []string{"-var=name=Alike", "-var=alike=true"}},
		{"20 a second", flexemulator.Load{Latency: latency, PerSecond: 20}, (count - 20) * time.Second / 20, nil},
		{"5 at one time", flexemulator.Load{Latency: latency, AtOnce: 5}, count / 5 * latency, nil},
	} {
		flows := 0.0
		for _, of := range kinds {
			b.Run(of.name+" "+c.name, func(b *testing.B) {
				var m measurement
				for b.Loop() {
					w := newEstate(b, of, count, flexemulator.Options{Load: c.load})
					m = w.measure(append([]string{"apply", "-auto-approve"}, c.arguments...)...)
					if made := len(of.dates(w)); made != count {
						b.Errorf("%d %s were made", made, of.name)
					}
				}
				flows = report(b, m, flows, map[string]float64{"of-floor": m.wall.Seconds() / (c.floor + own(b, of)).Seconds()})
			})
		}
	}
}

// A hundred creates that refer to one Studio flow, with the check of references and without.
func BenchmarkReferences100(b *testing.B) {
	for _, of := range kinds {
		b.Run(of.name, func(b *testing.B) {
			measured := map[string]measurement{}
			for b.Loop() {
				for _, check := range []string{"false", "true"} {
					w := newEstate(b, of, 100, flexemulator.Options{Load: flexemulator.Load{Latency: latency}})
					w.environment = append(w.environment, "TWILIO_CHECK_REFERENCES="+check)
					measured[check] = w.measure("apply", "-auto-approve")
				}
			}
			on, off := measured["true"], measured["false"]
			report(b, on, 0, map[string]float64{"calls-unchecked": float64(off.calls), "ratio": on.wall.Seconds() / off.wall.Seconds()})
		})
	}
}

func BenchmarkUpdate100(b *testing.B) {
	benchmarkChange(b, "apply", "-auto-approve", "-var=name=Renamed $")
}
func BenchmarkDestroy100(b *testing.B) { benchmarkChange(b, "destroy", "-auto-approve") }

func benchmarkChange(b *testing.B, arguments ...string) {
	flows := 0.0
	for _, of := range kinds {
		b.Run(of.name, func(b *testing.B) {
			var m measurement
			for b.Loop() {
				w := newEstate(b, of, 100, flexemulator.Options{})
				w.terraform("apply", "-auto-approve")
				w.SetLatency(latency)
				m = w.measure(arguments...)
			}
			flows = report(b, m, flows, nil)
		})
	}
}

// The start of the provider, against that of a provider that offers nothing.
func BenchmarkValidate(b *testing.B) {
	validate := func(dir string, from *terraformcli.Installation, config string) func() time.Duration {
		if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
			b.Fatal(err)
		}
		run := func(arguments ...string) {
			if out, err := from.Command(b.Context(), dir, nil, arguments...).CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
		}
		run("init")
		return func() time.Duration {
			start := time.Now()
			run("validate")
			return time.Since(start)
		}
	}
	emptyDir := b.TempDir()
	empty, err := terraformcli.InstallOther(b.Context(), emptyDir, "flex-iac/empty", module+"/internal/acctest/testdata/emptyprovider")
	if err != nil {
		b.Fatal(err)
	}
	ours := validate(b.TempDir(), installation, requiredProviders+"provider \"twilio\" {}\n")
	theirs := validate(b.TempDir(), empty, strings.ReplaceAll(requiredProviders, "twilio", "empty")+"provider \"empty\" {}\n")
	const rounds = 20
	var our, their time.Duration
	for b.Loop() {
		our, their = 0, 0
		for range rounds { // in turns, so that the machine's moods meet both
			our += ours()
			their += theirs()
		}
	}
	report(b, measurement{wall: our / rounds}, 0, map[string]float64{"ratio-to-empty": our.Seconds() / their.Seconds()})
}

// The size of the binary as it is released.
func BenchmarkBinary(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "provider")
	for b.Loop() {
		if out, err := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, module).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	report(b, measurement{}, 0, map[string]float64{"MB": float64(info.Size()) / 1e6})
}
