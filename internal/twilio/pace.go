package twilio

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How a pace changes. The figures trade calls that are refused against time lost: cut once for each refusal that comes as news,
// to just under what went well; grow fast while far from where the last refusal came, and slowly near there.
const (
	paceCut        = 0.9
	paceCutAgain   = 0.7
	paceGrowthFar  = 1.25
	paceGrowthNear = 1.01
	// leastFirstPace is the least that a first cut leaves, in calls a second.
	leastFirstPace = 10
	// noPace is the pace, in calls a second, from which on there is none.
	noPace = 500
	// paceWindow is the time over which it is counted what went well.
	paceWindow = time.Second
)

// A pace holds all calls of a client to what the API accepts. It begins without a limit, learns one from answers of 429, and
// loses it again while all goes well.
type pace struct {
	mu      sync.Mutex
	limiter *rate.Limiter
	// good are the times of the latest answers that were not 429, within paceWindow.
	good []time.Time
	// pausedUntil is when a Retry-After lets calls go on.
	pausedUntil time.Time
	// cut is when the pace was last cut, grown when it last grew, ceiling where it was refused.
	cut, grown time.Time
	ceiling    rate.Limit
}

func newPace() *pace {
	return &pace{limiter: rate.NewLimiter(rate.Inf, 1)}
}

// wait waits until a call may be made, or ctx is done.
func (p *pace) wait(ctx context.Context) error {
	for {
		p.mu.Lock()
		pause := time.Until(p.pausedUntil)
		p.mu.Unlock()
		if pause <= 0 {
			return p.limiter.Wait(ctx)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// observe takes in the response to a call that began at start. A Retry-After of the answer is already capped.
func (p *pace) observe(start time.Time, status int, retryAfter time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.good = slices.DeleteFunc(p.good, func(t time.Time) bool { return now.Sub(t) > paceWindow })
	if status != http.StatusTooManyRequests {
		p.good = append(p.good, now)
		p.grow(now)
		return
	}
	if until := now.Add(retryAfter); until.After(p.pausedUntil) {
		p.pausedUntil = until
	}
	if !start.After(p.cut) {
		return // it was under way when the pace was cut, and tells nothing new
	}
	limit, good := p.limiter.Limit(), rate.Limit(len(p.good))
	switch {
	case limit != rate.Inf:
		// What went well in the window, if that is less than the pace: then the pace was not what was used.
		p.ceiling = min(limit, max(good, limit*paceCutAgain))
		p.set(p.ceiling*paceCut, now)
	case good > leastFirstPace:
		p.ceiling = good
		p.set(p.ceiling*paceCut, now)
	default:
		p.ceiling = noPace // too little is known to say where it is
		p.set(leastFirstPace, now)
	}
	p.cut = now
}

func (p *pace) grow(now time.Time) {
	limit := p.limiter.Limit()
	if limit == rate.Inf || now.Sub(p.grown) < time.Second {
		return
	}
	factor := rate.Limit(paceGrowthFar)
	if limit*factor > p.ceiling*paceCut && limit < p.ceiling*2 {
		factor = paceGrowthNear
	}
	if limit *= factor; limit > noPace {
		limit = rate.Inf
	}
	p.set(limit, now)
}

func (p *pace) set(limit rate.Limit, now time.Time) {
	p.limiter.SetLimit(limit)
	p.grown = now
}
