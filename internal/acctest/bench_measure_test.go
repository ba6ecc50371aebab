//go:build unix

package acctest_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
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

// report takes a measurement into the benchmark's output and the table, and returns its seconds. more is further metrics, by unit. flows are
// the seconds that the same took with flows, 0 where this is it.
func report(b *testing.B, m measurement, flows float64, more map[string]float64) float64 {
	b.Helper()
	b.ReportMetric(float64(m.calls), "calls")
	b.ReportMetric(m.wall.Seconds(), "s/run")
	b.ReportMetric(m.peakMB, "peak-MiB")
	all := map[string]float64{}
	maps.Copy(all, more)
	if flows > 0 {
		all["of-flows"] = m.wall.Seconds() / flows
	}
	notes := ""
	for _, unit := range slices.Sorted(maps.Keys(all)) {
		b.ReportMetric(all[unit], unit)
		notes += fmt.Sprintf("%s %.2f ", unit, all[unit])
	}
	name := strings.ReplaceAll(strings.TrimPrefix(b.Name(), "Benchmark"), "_", " ")
	table = append(table, fmt.Sprintf("| %s | %d | %.2f s | %.0f MiB | %s |", name, m.calls, m.wall.Seconds(), m.peakMB, strings.TrimSpace(notes)))
	if file := os.Getenv("BENCH_TABLE"); file != "" {
		content := "| case | calls | wall time | provider's peak memory | more |\n| --- | ---: | ---: | ---: | --- |\n" + strings.Join(table, "\n") + "\n"
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return m.wall.Seconds()
}
