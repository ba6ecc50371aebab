//go:build unix

package acctest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A pauseMeter adds up the pauses of a second that responses ask for.
type pauseMeter struct {
	http.Handler

	mu    sync.Mutex
	total time.Duration
	until time.Time
}

func (p *pauseMeter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.Handler.ServeHTTP(w, r)
	if w.Header().Get("Retry-After") == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.total += time.Second - max(p.until.Sub(now), 0)
	p.until = now.Add(time.Second)
}

// 429 responses that ask for a pause of a second, where 20 calls a second are allowed. Pauses aside, of-allowed is the time against what
// the limit and Terraform ask for.
func BenchmarkThrottled100(b *testing.B) {
	const count, perSecond = 100, 20
	for _, parallel := range []int{10, 50} {
		arguments := []string{"apply", "-auto-approve", fmt.Sprint("-parallelism=", parallel)}
		own := newEstate(b, kinds[0], count, flexemulator.Options{}).measure(arguments...).wall
		for _, c := range []struct {
			name  string
			fault flexemulator.Fault
			calls int
		}{
			{"5 in a row", flexemulator.Fault{Count: 5}, count + 5},
			{"20 in a row", flexemulator.Fault{Count: 20}, count + 20},
			{"100 in a row", flexemulator.Fault{Count: 100}, count + 100},
			{"every 2nd", flexemulator.Fault{Every: 2}, count * 2},
			{"every 3rd", flexemulator.Fault{Every: 3}, count * 3 / 2},
			{"every 10th", flexemulator.Fault{Every: 10}, count * 10 / 9},
		} {
			b.Run(fmt.Sprintf("%s, %d at one time", c.name, parallel), func(b *testing.B) {
				c.fault.Kind, c.fault.Status, c.fault.RetryAfter = flexemulator.FaultStatus, http.StatusTooManyRequests, "1"
				for b.Loop() {
					w := newEstate(b, kinds[0], count, flexemulator.Options{
						Load: flexemulator.Load{Latency: latency, PerSecond: perSecond}, Faults: []flexemulator.Fault{c.fault},
					})
					meter := &pauseMeter{Handler: w.Server}
					server := httptest.NewServer(meter)
					b.Cleanup(server.Close)
					w.environment = append(w.environment, "TWILIO_BASE_URL="+server.URL)
					m := w.measure(arguments...)
					allowed := time.Duration(c.calls-perSecond)*time.Second/perSecond + own
					report(b, m, 0, map[string]float64{
						"s-paused": meter.total.Seconds(), "of-allowed": (m.wall - meter.total).Seconds() / allowed.Seconds(),
					})
				}
			})
		}
	}
}
