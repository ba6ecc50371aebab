package twilio

import (
	"context"
	"fmt"
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

// How a resource is found whose creation's response was lost. Nothing in the API tells whose a resource is, so each one is compared with
// the create in its values and its date:
//
//   - different: it has another value, is older than the attempt, or was written by this client. It is ignored.
//   - same: it has every value, and was created during an attempt. It is adopted, if no more such resources are there than lost creates of
//     this client that could have made them: those are then shared out, first to the creates of which the API said that they were done.
//   - unclear: a value is not in the response or in a form that can't be compared, or it was created around the attempt but not
//     certainly during it. An error names it, and the create is not repeated.
//
// Creates that are alike run side by side. A search locks out new attempts of creates that are alike while it assigns a resource.

const (
	// searchTime is for how long a search goes on when its own calls fail, over and above the time in which a resource shows up.
	searchTime = 2 * time.Minute
	// interruptedSearchTime is for how long a search goes on after Terraform was interrupted, and waits for the provider.
	interruptedSearchTime = 5 * time.Second
	// exclusive is all of a semaphore.
	exclusive = math.MaxInt64
)

// creates keeps the creates of one client apart.
type creates struct {
	mu     sync.Mutex
	groups map[string]*alikeCreates
}

// alikeCreates are creates of resources of which one could be taken for the other.
type alikeCreates struct {
	// underWay is held by each attempt, a share of it, and all of it by a search that assigns a resource.
	underWay *semaphore.Weighted
	mu       sync.Mutex
	lost     map[*pendingCreate]bool
	// ours holds the resources that one of the lost creates made in all likelihood, whichever has them in the end.
	ours map[string]bool
}

// A pendingCreate is a create that has no resource yet.
type pendingCreate struct {
	Creation
	alike *alikeCreates
	began time.Time
	tried int
	// attempts are those whose outcome is not known. confirmed means that the API said that it created a resource.
	attempts  []*attempt
	confirmed bool
	// seenAtOnce holds the resources that the first list after the last attempt shows, nil before that; others those that the create did not
	// make.
	seenAtOnce, others map[string]bool
}

// begin returns the create's place among those that are alike.
func (c *creates) begin(creation Creation, key string) *pendingCreate {
	c.mu.Lock()
	defer c.mu.Unlock()
	group, ok := c.groups[key]
	if !ok {
		group = &alikeCreates{underWay: semaphore.NewWeighted(exclusive), lost: map[*pendingCreate]bool{}, ours: map[string]bool{}}
		c.groups[key] = group
	}
	return &pendingCreate{Creation: creation, alike: group, began: time.Now(), others: map[string]bool{}}
}

// distinguishingKey is the same for resources of which one could be taken for the other, in whichever form the API has their values. The
// rest of the parameters may be left for Twilio to decide, so they tell nothing apart.
func (k Kind) distinguishingKey(params url.Values) string {
	var parts []string
	for _, name := range k.Distinguishing {
		parts = append(parts, compare.Key(params.Get(name)))
	}
	return strings.Join(parts, "\n")
}

// recordLost notes an attempt whose outcome is not known.
func (p *pendingCreate) recordLost(made *attempt) {
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()
	p.alike.lost[p] = true
	p.attempts, p.confirmed, p.seenAtOnce = append(p.attempts, made), made.response != nil && made.response.isSuccess(), nil
}

// noteSeen notes the resources that the first list after an attempt shows.
func (p *pendingCreate) noteSeen(objects []*Object) {
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()
	p.seenAtOnce = map[string]bool{}
	for _, object := range objects {
		p.seenAtOnce[object.SID] = true
	}
}

// resolve notes that the create has its resource, or that there is none.
func (p *pendingCreate) resolve() {
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()
	delete(p.alike.lost, p)
}

// findLost looks for the resource that a create of unknown outcome may have made. It returns that resource, adopted; nil if there is
// none; an error if it can't tell. Lists may lag, so it looks for as long as a resource may take to show up.
func (c *Client) findLost(ctx context.Context, p *pendingCreate) (*Object, *UnknownOutcomeError) {
	search, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.config.PropagationTime+searchTime)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(interruptedSearchTime, cancel) })()

	begin, isLast := time.Now(), false
	for pause := c.config.PropagationTime / 40; ; pause *= 2 {
		left := c.config.PropagationTime - time.Since(begin) // when the list begins: it may take longer than that
		objects, err := c.listAlike(search, p)
		if err != nil {
			return nil, &UnknownOutcomeError{Reason: fmt.Sprintf("it was looked for, but that failed too: %v", err)}
		}
		if p.seenAtOnce == nil {
			p.noteSeen(objects)
		}
		object, doubt := c.assign(search, p, objects)
		if object != nil {
			return object, nil
		}
		switch {
		case doubt != nil && isLast && left > 0:
			doubt.Reason += ", and Terraform was interrupted before all may have shown up"
			return nil, doubt
		case doubt != nil && left <= 0:
			return nil, doubt // with all that have shown up by now
		case isLast:
			return nil, &UnknownOutcomeError{Reason: "Terraform was interrupted, and it had not shown up by then"}
		case left <= 0:
			return nil, nil
		}
		if isLast = ctx.Err() != nil; isLast {
			// One more list, a little later, is all that there is time for.
			time.Sleep(min(c.config.PropagationTime/10, left))
		} else {
			_ = sleep(ctx, min(pause, left))
		}
	}
}

// listAlike lists the resources that a create may have made, or only the one that the alias finds, if that is the same.
func (c *Client) listAlike(ctx context.Context, p *pendingCreate) ([]*Object, error) {
	if object := c.FetchByAlias(ctx, p.Params.Get(c.Alias)); object != nil && c.compareCreate(p, object) == compare.Same {
		return []*Object{object}, nil
	}
	return c.listFiltered(ctx, c.narrowing(p.Params.Get(c.Filter)))
}

// findTwins lists once more, after a create that was repeated, and returns what the attempts before may have made all the same.
func (c *Client) findTwins(ctx context.Context, p *pendingCreate) []*Object {
	if len(p.attempts) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), interruptedSearchTime)
	defer cancel()
	objects, err := c.listAlike(ctx, p)
	if err != nil {
		return nil
	}
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()
	return slices.DeleteFunc(objects, func(object *Object) bool {
		for other := range p.alike.lost {
			if c.compareCreate(other, object) != compare.Different {
				return true
			}
		}
		return c.compareCreate(p, object) == compare.Different
	})
}

// A search is what is known of the resources that a create may have made.
type search struct {
	candidates []*Object
	rivals     map[*Object]compare.Outcome // how well each fits other lost creates
	creators   map[*pendingCreate]bool     // of the candidates
	unclear    bool
}

// assign returns the one of the resources that the create made, adopted; nil if it is not among them; an error if it can't tell.
func (c *Client) assign(ctx context.Context, p *pendingCreate, objects []*Object) (*Object, *UnknownOutcomeError) {
	if p.alike.underWay.Acquire(ctx, exclusive) != nil {
		return nil, &UnknownOutcomeError{Reason: "it was looked for, but others that are alike were still being created"}
	}
	defer p.alike.underWay.Release(exclusive)
	p.alike.mu.Lock()
	defer p.alike.mu.Unlock()

	found := c.candidates(p, objects)
	confirmed := 0 // creates that did make one of the candidates each
	for creator := range found.creators {
		if creator.confirmed {
			confirmed++
		}
	}
	switch {
	case len(found.candidates) == 0, !p.confirmed && len(found.candidates) <= confirmed:
		return nil, nil
	case found.unclear:
		return nil, &UnknownOutcomeError{Reason: "it is not certain whether this create made what was found", Candidates: found.candidates}
	case len(found.candidates) > len(found.creators):
		return nil, &UnknownOutcomeError{Reason: "more than one " + c.name() + " matches", Candidates: found.candidates}
	}
	object := slices.MinFunc(found.candidates, func(a, b *Object) int { return int(found.rivals[a] - found.rivals[b]) })
	if !c.writes.adopted(object.SID, object.Text(c.FilterKey())) {
		return nil, nil // it is being deleted
	}
	delete(p.alike.lost, p)
	return object, nil
}

// candidates are the resources that the create may have made, but for those that fit another lost create better.
func (c *Client) candidates(p *pendingCreate, objects []*Object) search {
	found := search{rivals: map[*Object]compare.Outcome{}, creators: map[*pendingCreate]bool{p: true}}
	for _, object := range objects {
		mine, others := c.compareCreate(p, object), compare.Different
		switch {
		case mine == compare.Different:
			p.others[object.SID] = true
			continue
		case mine == compare.Same:
			p.alike.ours[object.SID] = true
		case p.alike.ours[object.SID]:
			mine = p.Compare(object) // the create that made it took another one
		}
		claims := map[*pendingCreate]bool{}
		for other := range p.alike.lost {
			if theirs := c.compareCreate(other, object); other != p && theirs != compare.Different {
				claims[other], others = true, max(others, theirs)
				found.rivals[object] += theirs
			}
		}
		if mine < others {
			continue
		}
		found.candidates, found.unclear = append(found.candidates, object), found.unclear || mine == compare.Unclear
		maps.Copy(found.creators, claims)
	}
	return found
}

// compareCreate compares a resource with what a create of unknown outcome made, in its values and its date.
func (c *Client) compareCreate(p *pendingCreate, object *Object) compare.Outcome {
	if !c.writes.of(object.SID).at.IsZero() {
		return compare.Different
	}
	values := p.Compare(object)
	created, err := time.Parse(time.RFC3339, object.DateCreated)
	if err != nil {
		return min(values, compare.Unclear)
	}
	late := p.seenAtOnce != nil && !p.seenAtOnce[object.SID] && !p.confirmed
	date := compare.Different
	for _, attempt := range p.attempts {
		date = max(date, c.clock.compareDate(attempt, created, late))
	}
	return min(values, date)
}
