//go:build unix

package acctest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/terraformcli"
)

// The benchmarks drive the real Terraform against an emulator with a latency. Each prints calls, wall time and the provider's
// peak memory; together they give a Markdown table, in the file that BENCH_TABLE names.

const latency = 50 * time.Millisecond

// A measurement is what one run of terraform took.
type measurement struct {
	calls  int
	wall   time.Duration
	peakMB float64
}

// measure runs terraform, and watches the provider's memory meanwhile.
func (w *workspace) measure(arguments ...string) measurement {
	w.t.Helper()
	w.ResetRequests()
	command := installation.Command(w.t.Context(), w.dir, w.environment, arguments...)
	out := &strings.Builder{}
	command.Stdout, command.Stderr = out, out
	start := time.Now()
	if err := command.Start(); err != nil {
		w.t.Fatal(err)
	}
	stop, peak := make(chan struct{}), make(chan float64)
	go watchMemory(command.Process.Pid, stop, peak)
	err := command.Wait()
	m := measurement{wall: time.Since(start)}
	close(stop)
	m.peakMB = <-peak
	if err != nil {
		w.t.Fatalf("terraform %v: %v\n%s", arguments, err, out)
	}
	m.calls = len(w.Requests())
	return m
}

var peakMemory = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// watchMemory gives the highest peak of a process's children, in MiB; 0 where the system does not tell.
func watchMemory(pid int, stop <-chan struct{}, peak chan<- float64) {
	highest := 0.0
	for {
		children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", pid))
		tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
		for _, task := range tasks {
			more, _ := os.ReadFile(task)
			children = append(append(children, ' '), more...)
		}
		for child := range strings.FieldsSeq(string(children)) {
			if name, _ := os.Readlink("/proc/" + child + "/exe"); !strings.Contains(name, "terraform-provider-") {
				continue // between its fork and its start, a child is still its parent
			}
			status, _ := os.ReadFile("/proc/" + child + "/status")
			if match := peakMemory.FindSubmatch(status); match != nil {
				kB, _ := strconv.ParseFloat(string(match[1]), 64)
				highest = max(highest, kB/1024)
			}
		}
		select {
		case <-stop:
			peak <- highest
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

var table []string

// report takes a measurement into the benchmark's output and the table. More is further metrics, by unit.
func report(b *testing.B, m measurement, more map[string]float64) {
	b.Helper()
	b.ReportMetric(float64(m.calls), "calls")
	b.ReportMetric(m.wall.Seconds(), "s/run")
	b.ReportMetric(m.peakMB, "peak-MiB")
	notes := ""
	for unit, value := range more {
		b.ReportMetric(value, unit)
		notes += fmt.Sprintf("%s %.2f ", unit, value)
	}
	name := strings.ReplaceAll(strings.TrimPrefix(b.Name(), "Benchmark"), "_", " ")
	table = append(table, fmt.Sprintf("| %s | %d | %.2f s | %.0f MiB | %s |", name, m.calls, m.wall.Seconds(), m.peakMB, strings.TrimSpace(notes)))
	if file := os.Getenv("BENCH_TABLE"); file != "" {
		content := "| case | calls | wall time | provider's peak memory | more |\n| --- | ---: | ---: | ---: | --- |\n" + strings.Join(table, "\n") + "\n"
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// newEstate is a workspace with a configuration of so many flows.
func newEstate(b *testing.B, flows int, load flexemulator.Load) *workspace {
	b.Helper()
	load.Unchecked = true
	// The clock stands still, so that flows can be put elsewhere in the account and stay the same.
	now := time.Now()
	w := newWorkspaceWith(b, flexemulator.Options{Load: load, Now: func() time.Time { return now }})
	w.write("main.tf", requiredProviders+`
variable "shared_reads" {
  default = true
}

variable "name" {
  default = "Flow"
}

provider "twilio" {
  shared_reads = var.shared_reads
}

resource "twilio_flex_flow" "test" {
  count            = `+strconv.Itoa(flows)+`
  friendly_name    = "${var.name} ${count.index}"
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  integration_type = "studio"
  integration {
    flow_sid = "FW22222222222222222222222222222222"
  }
}
`)
	w.terraform("init")
	return w
}

// among puts the flows evenly among others, so that the account holds so many.
func (w *workspace) among(total int) {
	flows := w.Flows()
	for _, f := range flows {
		w.Remove(f.SID)
	}
	stride := total / len(flows)
	for i := range total {
		if i%stride == stride-1 && i/stride < len(flows) {
			w.Add(flows[i/stride])
			continue
		}
		w.Add(flexemulator.Flow{
			FriendlyName: fmt.Sprint("Other ", i), ChatServiceSID: "IS11111111111111111111111111111111", ChannelType: "web",
			Integration: map[string]any{"flow_sid": "FW22222222222222222222222222222222", "retry_count": 3}, IntegrationType: new("studio"),
		})
	}
}

func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct{ flows, account int }{{1, 1}, {1, 5000}, {30, 30}, {300, 300}, {1000, 1000}, {3000, 3000}, {300, 5000}, {300, 50_000}} {
		b.Run(fmt.Sprintf("%d flows in an account of %d", c.flows, c.account), func(b *testing.B) {
			w := newEstate(b, c.flows, flexemulator.Load{})
			w.terraform("apply", "-auto-approve")
			if c.account > c.flows {
				w.among(c.account)
			}
			var on, off, instant measurement
			for b.Loop() {
				w.SetLatency(0)
				instant = w.measure("plan", "-detailed-exitcode")
				w.SetLatency(latency)
				on = w.measure("plan", "-detailed-exitcode")
				off = w.measure("plan", "-detailed-exitcode", "-var=shared_reads=false")
			}
			report(b, on, map[string]float64{
				"calls-unshared": float64(off.calls), "s-unshared": off.wall.Seconds(), "ratio": on.wall.Seconds() / off.wall.Seconds(),
				"s-without-latency": instant.wall.Seconds(), // Terraform's own time, the provider's and the emulator's
			})
		})
	}
}

func BenchmarkCreate100(b *testing.B) {
	const flows, parallel = 100, 10
	own := func(b *testing.B) time.Duration { // Terraform's own time
		return newEstate(b, flows, flexemulator.Load{}).measure("apply", "-auto-approve").wall
	}
	for name, c := range map[string]struct {
		load  flexemulator.Load
		floor time.Duration
	}{
		"without limit": {flexemulator.Load{Latency: latency}, flows / parallel * latency},
		"20 a second":   {flexemulator.Load{Latency: latency, PerSecond: 20}, (flows - 20) * time.Second / 20},
		"5 at one time": {flexemulator.Load{Latency: latency, AtOnce: 5}, flows / 5 * latency},
	} {
		b.Run(name, func(b *testing.B) {
			var m measurement
			for b.Loop() {
				w := newEstate(b, flows, c.load)
				m = w.measure("apply", "-auto-approve")
				if made := len(w.Flows()); made != flows {
					b.Errorf("%d flows were made", made)
				}
			}
			report(b, m, map[string]float64{"of-floor": m.wall.Seconds() / (c.floor + own(b)).Seconds()})
		})
	}
}

func BenchmarkUpdate100(b *testing.B) {
	benchmarkChange(b, "apply", "-auto-approve", "-var=name=Renamed")
}
func BenchmarkDestroy100(b *testing.B) { benchmarkChange(b, "destroy", "-auto-approve") }

func benchmarkChange(b *testing.B, arguments ...string) {
	var m measurement
	for b.Loop() {
		w := newEstate(b, 100, flexemulator.Load{})
		w.terraform("apply", "-auto-approve")
		w.SetLatency(latency)
		m = w.measure(arguments...)
	}
	report(b, m, nil)
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
	report(b, measurement{wall: our / rounds}, map[string]float64{"ratio-to-empty": our.Seconds() / their.Seconds()})
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
	report(b, measurement{}, map[string]float64{"MB": float64(info.Size()) / 1e6})
}
