package twilio

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// How a resource is found whose creation's response was lost. Nothing in the API tells whose a resource is, so it is taken for the one that
// a create made when
//
//   - it is the same in every value,
//   - this client has not written it otherwise,
//   - it was made while an attempt of this create was under way, as far as dates in whole seconds tell: one that shows up late, and
//     may as well have been made in the same second but after the attempt ended, is not taken,
//   - there are no more such resources than lost creates of this client that could have made them: those are then shared out, first to
//     the creates of which the API said that they were done.
//
// Creates that are alike run side by side. Only who decides whose a resource is waits until no attempt at one of them is under way.

const (
	// searchTime is for how long a search goes on when its own calls fail, over and above the time in which a resource shows up.
	searchTime = 2 * time.Minute
	// interruptedSearchTime is for how long a search goes on after Terraform was interrupted, and waits for the provider.
	interruptedSearchTime = 5 * time.Second
	// everyone is all of a semaphore.
	everyone = math.MaxInt64
)

// creates keeps the creates of one client apart.
type creates struct {
	mu     sync.Mutex
	groups map[string]*alikeCreates
}

// alikeCreates are creates of resources of which one could be taken for the other.
type alikeCreates struct {
	// underWay is held by each attempt, a share of it, and all of it by who decides whose a resource is.
	underWay *semaphore.Weighted
	mu       sync.Mutex
	lost     []*pendingCreate
	// ours holds the resources that one of the lost creates made in all likelihood, whichever has them in the end.
	ours map[string]bool
}

// A pendingCreate is a create that has no resource yet.
type pendingCreate struct {
	Creation
	alike *alikeCreates
	// attempts are those whose outcome is not known. certain tells that the API said that it created a resource.
	attempts []attempt
	certain  bool
	// early holds the resources that showed up at once when this one was looked for, nil before that.
	early map[string]bool
}

// begin returns the create's place among those that are alike.
func (c *creates) begin(creation Creation, key string) *pendingCreate {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.groups == nil {
		c.groups = map[string]*alikeCreates{}
	}
	group, ok := c.groups[key]
	if !ok {
		group = &alikeCreates{underWay: semaphore.NewWeighted(everyone), ours: map[string]bool{}}
		c.groups[key] = group
	}
	return &pendingCreate{Creation: creation, alike: group}
}

// likeness is the same for resources of which one could be taken for the other. The rest of the parameters may be left for Twilio to
// decide, so they tell nothing apart.
func (k Kind) likeness(params url.Values) string {
	var parts []string
	for _, name := range k.Distinguishing {
		parts = append(parts, strconv.Quote(params.Get(name)))
	}
	return strings.Join(parts, " ")
}

func orEmpty(s *string) string {
	return *cmp.Or(s, new(""))
}

// lose takes down an attempt whose outcome is not known.
func (p *pendingCreate) lose(made attempt, outcome outcome) {
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()
	if !slices.Contains(p.alike.lost, p) {
		p.alike.lost = append(p.alike.lost, p)
	}
	p.attempts, p.certain, p.early = append(p.attempts, made), p.certain || outcome == done, nil
}

// noteEarly takes down the resources that the first list after an attempt shows.
func (p *pendingCreate) noteEarly(objects []*Object) {
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()
	p.early = map[string]bool{}
	for _, object := range objects {
		p.early[object.SID] = true
	}
}

// resolve takes down that the create has its resource, or that there is none.
func (p *pendingCreate) resolve() {
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()
	p.alike.remove(p)
}

// remove takes a create out of those that are lost. The caller holds the lock.
func (a *alikeCreates) remove(p *pendingCreate) {
	a.lost = slices.DeleteFunc(a.lost, func(other *pendingCreate) bool { return other == p })
}

// findLost looks for the resource that a create of unknown outcome may have made. It gives that resource, adopted; nil if there is none; an
// error if it can't tell. Lists may lag, so it looks for as long as a resource may take to show up.
func (c *Client) findLost(ctx context.Context, p *pendingCreate) (*Object, *UnknownOutcomeError) {
	search, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.config.PropagationTime+searchTime)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(interruptedSearchTime, cancel) })()

	begin := time.Now()
	for lists, last := 1, math.MaxInt; ; lists++ {
		left := c.config.PropagationTime - time.Since(begin) // when the list begins: it may take longer than that
		objects, err := c.listFiltered(search, p.Params.Get(c.Filter))
		if err != nil {
			return nil, &UnknownOutcomeError{Reason: fmt.Sprintf("it was looked for, but that failed too: %v", err)}
		}
		if p.early == nil {
			p.noteEarly(objects)
		}
		object, doubt := c.decide(search, p, objects)
		if object != nil {
			return object, nil
		}
		pause, interrupted := c.config.PropagationTime/40<<min(lists-1, 10), ctx.Done()
		if ctx.Err() != nil {
			// One more list, a little later, is all that there is time for.
			pause, interrupted, last = c.config.PropagationTime/10, nil, min(last, lists+1)
		}
		switch {
		case doubt != nil && (lists >= last || left <= 0):
			return nil, doubt // with all that have shown up by now
		case lists >= last:
			return nil, &UnknownOutcomeError{Reason: "Terraform was interrupted, and it had not shown up by then"}
		case left <= 0:
			return nil, nil
		}
		select {
		case <-time.After(min(pause, left)):
		case <-interrupted:
		}
	}
}

// decide gives the one of the resources that the create made, adopted; nil if it is not among them; an error if it can't tell.
func (c *Client) decide(ctx context.Context, p *pendingCreate, objects []*Object) (*Object, *UnknownOutcomeError) {
	if p.alike.underWay.Acquire(ctx, everyone) != nil {
		return nil, &UnknownOutcomeError{Reason: "it was looked for, but others that are alike were still being created"}
	}
	defer p.alike.underWay.Release(everyone)
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()

	var candidates []*Object
	rivals := map[*Object]likelihood{}           // how well it fits other lost creates
	creators := map[*pendingCreate]bool{p: true} // of the candidates
	doubtful := false
	for _, object := range objects {
		mine, others := c.mayHaveMade(p, object), no
		switch {
		case mine == no:
			continue
		case mine == likely:
			p.alike.ours[object.SID] = true
		case p.alike.ours[object.SID]:
			mine = likely // the create that made it took another one
		}
		var claims []*pendingCreate
		for _, other := range p.alike.lost {
			if other == p {
				continue
			}
			if theirs := c.mayHaveMade(other, object); theirs != no {
				claims, others = append(claims, other), max(others, theirs)
				rivals[object] += theirs
			}
		}
		if mine < others {
			continue // it is left to one that it fits better
		}
		candidates, doubtful = append(candidates, object), doubtful || mine == perhaps
		for _, other := range claims {
			creators[other] = true
		}
	}
	certain := 0 // other creates that did make one of the candidates each
	for other := range creators {
		if other != p && other.certain {
			certain++
		}
	}
	switch {
	case len(candidates) == 0, !p.certain && len(candidates) <= certain:
		return nil, nil
	case doubtful, len(candidates) > len(creators):
		return nil, &UnknownOutcomeError{
			Reason:     "several " + c.name() + "s could be it, or one of which it can't be told whether it was made by this create",
			Candidates: candidates,
		}
	}
	object := slices.MinFunc(candidates, func(a, b *Object) int { return int(rivals[a] - rivals[b]) })
	if !c.writes.adopted(object.SID, object.Text(c.FilterKey)) {
		return nil, nil // it is being deleted
	}
	p.alike.remove(p)
	return object, nil
}

// mayHaveMade tells whether the create may have made the resource.
func (c *Client) mayHaveMade(p *pendingCreate, object *Object) likelihood {
	if object.SID == "" || !p.Matches(object) || !c.writes.at(object.SID).IsZero() {
		return no
	}
	created, err := time.Parse(time.RFC3339, object.DateCreated)
	if err != nil {
		return perhaps
	}
	late := p.early != nil && !p.early[object.SID] && !p.certain
	most := no
	for _, attempt := range p.attempts {
		most = max(most, attempt.made(created, late, &c.clock))
	}
	return most
}
