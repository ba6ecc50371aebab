package twilio

import (
	"context"
	"math"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// A limited is an API that answers so many calls a second and refuses the rest, each after a latency. The limit is that of a
// bucket that holds a second's worth.
type limited struct {
	mu               sync.Mutex
	bucket           *rate.Limiter
	accepted, denied int
}

func (l *limited) call(p *pace, retryAfter time.Duration) bool {
	_ = p.wait(context.Background())
	start := time.Now()
	l.mu.Lock()
	status := http.StatusOK
	if l.bucket != nil && !l.bucket.Allow() {
		status = http.StatusTooManyRequests
		l.denied++
	} else {
		l.accepted++
	}
	l.mu.Unlock()
	time.Sleep(50 * time.Millisecond)
	p.observe(start, status, time.Now().Add(retryAfter))
	return status == http.StatusOK
}

// drive makes so many calls, ten at a time, each until it is accepted, and returns how long that took.
func (l *limited) drive(p *pace, calls int, retryAfter time.Duration) time.Duration {
	start := time.Now()
	queue := make(chan struct{}, calls)
	for range calls {
		queue <- struct{}{}
	}
	close(queue)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for range queue {
				for !l.call(p, retryAfter) {
					time.Sleep(300 * time.Millisecond)
				}
			}
		})
	}
	wg.Wait()
	return time.Since(start)
}

func TestPace_unlimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limited{}
		if took := l.drive(newPace(), 100, 0); took != 500*time.Millisecond {
			t.Errorf("a hundred calls, ten at a time, took %s", took)
		}
	})
}

// Just under the limit, with few calls refused.
func TestPace_limited(t *testing.T) {
	for name, retryAfter := range map[string]time.Duration{"without Retry-After": 0, "with Retry-After": time.Second} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &limited{bucket: rate.NewLimiter(20, 20)}
				took := l.drive(newPace(), 400, retryAfter)
				if l.accepted != 400 || l.denied > 30 {
					t.Errorf("%d accepted, %d denied", l.accepted, l.denied)
				}
				if floor := 19 * time.Second; took > floor*13/10 {
					t.Errorf("took %s, where the limit asks for %s", took, floor)
				}
			})
		})
	}
}

// A limit that is lifted is forgotten in time.
func TestPace_recovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, p := &limited{bucket: rate.NewLimiter(20, 20)}, newPace()
		l.drive(p, 100, 0)
		l.bucket = nil
		l.drive(p, 10_000, 0)
		if limit := p.limitAt(time.Now()); !math.IsInf(limit, 1) {
			t.Errorf("still at %.1f calls a second", limit)
		}
	})
}

// A limit that is lowered is found again.
func TestPace_lowered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, p := &limited{bucket: rate.NewLimiter(50, 50)}, newPace()
		l.drive(p, 200, 0)
		l.denied = 0
		l.bucket = rate.NewLimiter(5, 5)
		took := l.drive(p, 100, 0)
		if l.denied > 40 || took > 30*time.Second {
			t.Errorf("%d denied, took %s", l.denied, took)
		}
	})
}

// A limit on calls at one time is met as well.
func TestPace_concurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace()
		var mu sync.Mutex
		running, denied := 0, 0
		var wg sync.WaitGroup
		queue := make(chan struct{}, 200)
		for range 200 {
			queue <- struct{}{}
		}
		close(queue)
		call := func() bool {
			_ = p.wait(context.Background())
			start := time.Now()
			mu.Lock()
			if running >= 5 {
				denied++
				mu.Unlock()
				p.observe(start, http.StatusTooManyRequests, time.Time{})
				return false
			}
			running++
			mu.Unlock()
			time.Sleep(50 * time.Millisecond)
			mu.Lock()
			running--
			mu.Unlock()
			p.observe(start, http.StatusOK, time.Time{})
			return true
		}
		begin := time.Now()
		for range 10 {
			wg.Go(func() {
				for range queue {
					for !call() {
						time.Sleep(300 * time.Millisecond)
					}
				}
			})
		}
		wg.Wait()
		if took := time.Since(begin); denied > 40 || took > 20*time.Second {
			t.Errorf("%d denied, took %s", denied, took)
		}
	})
}

// A pause holds all calls, and one that is interrupted does not wait for its end.
func TestPace_pause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace()
		p.observe(time.Now(), http.StatusTooManyRequests, time.Now().Add(time.Minute))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.wait(ctx); err == nil {
			t.Error("did not wait")
		}
		start := time.Now()
		if err := p.wait(t.Context()); err != nil || time.Since(start) < 58*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

// Refusals that follow each other leave a pace at which all who wait get their turn in time, and it grows while they wait.
func TestPace_least(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace()
		for range 100 {
			time.Sleep(time.Millisecond)
			p.observe(time.Now(), http.StatusOK, time.Time{})
			p.observe(time.Now(), http.StatusTooManyRequests, time.Time{})
		}
		if limit := p.limitAt(time.Now()); limit != leastPace {
			t.Errorf("%.1f calls a second", limit)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if err := p.wait(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// Calls that were under way, or are refused one after the other, cut the pace once.
func TestPace_news(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, start := newPace(), time.Now()
		p.observe(start, http.StatusOK, time.Time{})
		time.Sleep(time.Millisecond)
		for range 10 {
			p.observe(start.Add(time.Millisecond), http.StatusTooManyRequests, time.Now().Add(time.Second))
		}
		for range 10 {
			time.Sleep(time.Second)
			p.observe(time.Now(), http.StatusTooManyRequests, time.Now().Add(time.Second))
		}
		if limit := p.limitAt(time.Now()); limit < leastFirstPace {
			t.Errorf("%.1f calls a second", limit)
		}
	})
}

// Refusals that come one after the other pause calls for longer, but the time in which the pace is tried stays as long.
func TestPace_pauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, start := newPace(), time.Now()
		p.observe(start, http.StatusOK, time.Time{})
		for range 10 {
			time.Sleep(10 * time.Millisecond)
			p.observe(time.Now(), http.StatusTooManyRequests, time.Now().Add(time.Second))
		}
		if tried := p.trialUntil.Sub(p.pausedUntil); tried != paceTrial || p.pausedUntil.Sub(start) != 1100*time.Millisecond {
			t.Errorf("paused for %s, then tried for %s", p.pausedUntil.Sub(start), tried)
		}
	})
}
