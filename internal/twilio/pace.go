package twilio

import (
	"context"
	"math"
	"net/http"
	"sync"
	"time"
)

// How a pace changes: paceCut and paceGrowth are factors, the rest are calls a second. TestThrottled says what the figures have to meet.
const (
	paceCut = 0.75
	// paceGrowth is for each second without a refusal, and counts for more the longer there is none; see [pace.limitAt].
	paceGrowth = 1.07
	// leastPace is the least that cuts leave, leastFirstPace the least that the first one leaves.
	leastPace, leastFirstPace = 1, 10
	// noPace is the pace from which on there is none.
	noPace = 500
)

// paceTrial is for how long calls are made at a pace, after the pause that a refusal asked for, before it is cut again.
const paceTrial = time.Second

// A pace holds all calls of a client to what the API accepts. It begins without a limit, learns one from 429 responses, and loses it again
// while no call is refused.
type pace struct {
	// turn is held by the call that goes next. Others wait for it in the order in which they came.
	turn chan struct{}

	mu sync.Mutex
	// limit is the pace as it was at the time of the last refusal, in calls a second.
	limit   float64
	refused time.Time
	// next is when the pace lets a call be made, pausedUntil when a Retry-After does.
	next, pausedUntil time.Time
	// A refusal says something new about the pace if its call began after trialUntil, and another one was accepted since the last cut. If
	// none was, then it is not the pace that is at fault.
	trialUntil time.Time
	accepted   bool
	// count are the calls accepted in the second that began at second, lastCount those in the one before.
	second           time.Time
	count, lastCount int
}

func newPace() *pace {
	return &pace{turn: make(chan struct{}, 1), limit: math.Inf(1)}
}

// wait waits until a call may be made, or ctx is done.
func (p *pace) wait(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-p.turn }()
	for {
		delay := p.take(time.Now())
		if delay <= 0 {
			return ctx.Err()
		}
		if err := sleep(ctx, delay); err != nil {
			return err
		}
	}
}

// take lets a call be made, or returns how long it has to wait.
func (p *pace) take(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if delay := max(p.next.Sub(now), p.pausedUntil.Sub(now)); delay > 0 {
		return delay
	}
	p.next = now.Add(time.Duration(float64(time.Second) / p.limitAt(now)))
	return 0
}

// limitAt returns the pace in calls a second. It grows by time, so that it does so without a response as well.
func (p *pace) limitAt(now time.Time) float64 {
	calm := now.Sub(p.refused).Seconds()
	if limit := p.limit * math.Pow(paceGrowth, calm+calm*calm/5); limit < noPace {
		return limit
	}
	return math.Inf(1)
}

// observe takes in the response to a call that began at start. retryAt is when it lets the next call begin, zero where it does not say.
func (p *pace) observe(start time.Time, status int, retryAt time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if now.Sub(p.second) >= time.Second {
		p.second, p.lastCount, p.count = now, p.count, 0
	}
	if status != http.StatusTooManyRequests {
		p.count++
		p.accepted = true
		return
	}
	p.limit, p.refused = p.limitAt(now), now
	p.pause(now, retryAt)
	if p.accepted && start.After(p.trialUntil) {
		p.cut(now)
	}
}

// pause makes all calls wait. A pause takes nothing from the time in which a pace is tried.
func (p *pace) pause(now, until time.Time) {
	if until.After(now) && until.After(p.pausedUntil) {
		p.trialUntil = p.trialUntil.Add(until.Sub(now) - max(p.pausedUntil.Sub(now), 0))
		p.pausedUntil = until
	}
}

// cut lowers the pace: the first time to less than what was accepted within the last second or two.
func (p *pace) cut(now time.Time) {
	if math.IsInf(p.limit, 1) {
		p.limit = max(float64(max(p.count, p.lastCount)), leastFirstPace/paceCut)
	}
	p.limit = max(p.limit*paceCut, leastPace)
	p.accepted = false
	p.trialUntil = now
	if p.pausedUntil.After(now) {
		p.trialUntil = p.pausedUntil.Add(paceTrial)
	}
}
