//go:build unix

package acctest_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/acctest/plot"
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
	// processor is the provider's own time, in seconds, of the last of its processes.
	processor float64
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
	stop, peak := make(chan struct{}), make(chan measurement)
	go watch(command.Process.Pid, stop, peak)
	err := command.Wait()
	m := measurement{wall: time.Since(start)}
	close(stop)
	watched := <-peak
	m.peakMB, m.processor = watched.peakMB, watched.processor
	if err != nil {
		w.t.Fatalf("terraform %v: %v\n%s", arguments, err, out)
	}
	m.calls = len(w.Requests())
	return m
}

var peakMemory = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// watch gives the highest peak of memory of a process's children, in MiB, and the processor time of the busiest one; 0 where the system
// does not tell.
func watch(pid int, stop <-chan struct{}, peak chan<- measurement) {
	highest, busiest := 0.0, 0.0
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
			stat, _ := os.ReadFile("/proc/" + child + "/stat")
			if _, after, ok := strings.Cut(string(stat), ") "); ok { // the state is the third field, utime and stime are the 14th and 15th
				fields := strings.Fields(after)
				user, _ := strconv.ParseFloat(fields[11], 64)
				system, _ := strconv.ParseFloat(fields[12], 64)
				busiest = max(busiest, (user+system)/ticksPerSecond)
			}
		}
		select {
		case <-stop:
			peak <- measurement{peakMB: highest, processor: busiest}
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// ticksPerSecond is the unit of /proc/PID/stat, the same on every Linux of today.
const ticksPerSecond = 100

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
func newEstate(b *testing.B, flows int, options flexemulator.Options) *workspace {
	b.Helper()
	options.Load.Unchecked = true
	// A second passes whenever the API looks at its clock, so that flows are as far apart in time as in an account that grew.
	start, looks := time.Now().Add(-365*24*time.Hour), atomic.Int64{}
	options.Now = func() time.Time { return start.Add(time.Duration(looks.Add(1)) * time.Second) }
	w := newWorkspaceWith(b, options)
	w.write("main.tf", requiredProviders+`
variable "shared_reads" {
  default = true
}

variable "name" {
  default = "Flow $"
}

provider "twilio" {
  shared_reads = var.shared_reads
}

resource "twilio_flex_flow" "test" {
  count            = `+strconv.Itoa(flows)+`
  friendly_name    = replace(var.name, "$", count.index)
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

// among adds others to the account until it holds so many: evenly among the flows, or all after them.
func (w *workspace) among(total int, evenly bool) {
	flows := w.Flows()
	for i := range total - len(flows) {
		date := flows[i*len(flows)/(total-len(flows))].DateCreated
		if !evenly {
			date = flows[len(flows)-1].DateCreated.Add(time.Duration(i+1) * 10 * time.Second)
		}
		w.Add(flexemulator.Flow{
			FriendlyName: fmt.Sprint("Other ", i), ChatServiceSID: "IS11111111111111111111111111111111", ChannelType: "web", DateCreated: date,
			Integration: map[string]any{"flow_sid": "FW22222222222222222222222222222222", "retry_count": 3}, IntegrationType: new("studio"),
		})
	}
}

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
			name := fmt.Sprintf("%d flows in an account of %d", c.flows, c.account)
			if !c.evenly {
				name = fmt.Sprintf("the %d oldest flows of %d, listed %s", c.flows, c.account, cmp.Or(string(order), "oldest-first"))
			}
			b.Run(name, func(b *testing.B) {
				w := newEstate(b, c.flows, flexemulator.Options{Behavior: flexemulator.Behavior{Order: order}})
				w.terraform("apply", "-auto-approve")
				w.among(c.account, c.evenly)
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
					"s-processor":       instant.processor,
				})
				if c.flows == c.account {
					curves = append(curves, plot.Point{Flows: c.flows, Calls: on.calls, CallsUnshared: off.calls, Seconds: on.wall.Seconds(), SecondsUnshared: off.wall.Seconds()})
				}
			})
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
	const flows, parallel = 100, 10
	own := func(b *testing.B) time.Duration { // Terraform's own time
		return newEstate(b, flows, flexemulator.Options{}).measure("apply", "-auto-approve").wall
	}
	for _, c := range []struct {
		name      string
		load      flexemulator.Load
		floor     time.Duration
		arguments []string
	}{
		{"without limit", flexemulator.Load{Latency: latency}, flows / parallel * latency, nil},
		{"alike in every value", flexemulator.Load{Latency: latency}, flows / parallel * latency, []string{"-var=name=Flow"}},
		{"20 a second", flexemulator.Load{Latency: latency, PerSecond: 20}, (flows - 20) * time.Second / 20, nil},
		{"5 at one time", flexemulator.Load{Latency: latency, AtOnce: 5}, flows / 5 * latency, nil},
	} {
		b.Run(c.name, func(b *testing.B) {
			var m measurement
			for b.Loop() {
				w := newEstate(b, flows, flexemulator.Options{Load: c.load})
				m = w.measure(append([]string{"apply", "-auto-approve"}, c.arguments...)...)
				if made := len(w.Flows()); made != flows {
					b.Errorf("%d flows were made", made)
				}
			}
			report(b, m, map[string]float64{"of-floor": m.wall.Seconds() / (c.floor + own(b)).Seconds()})
		})
	}
}

func BenchmarkUpdate100(b *testing.B) {
	benchmarkChange(b, "apply", "-auto-approve", "-var=name=Renamed $")
}
func BenchmarkDestroy100(b *testing.B) { benchmarkChange(b, "destroy", "-auto-approve") }

func benchmarkChange(b *testing.B, arguments ...string) {
	var m measurement
	for b.Loop() {
		w := newEstate(b, 100, flexemulator.Options{})
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
