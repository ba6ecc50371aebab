package twilio

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

const (
	// sharedFor is for how long after its latest page a list serves reads. A plan over thousands of resources takes longer, most of it
	// Terraform's own time, and makes a new list then.
	sharedFor = 15 * time.Second
	// pagePatience is for how long reads wait for a page, and pageTimeout for how long it may take to serve later ones. So a list
	// that hangs costs a plan one second.
	pagePatience = time.Second
	pageTimeout  = 10 * time.Second
	// longestList is how many pages an account may seem to have for a list to be waited for. Each takes about as long as ten reads
	// that Terraform makes at one time.
	longestList = 10
	// longestDebt is how many pages a list may have cost beyond the time that single reads would have taken.
	longestDebt = 7
)

// Held is what Terraform holds of a resource that it reads.
type Held struct {
	SID string
	// DateCreated is as the API answered it; empty where it is not known.
	DateCreated string
	// Matches tells whether a resource is as Terraform holds it.
	Matches func(*Object) bool
}

// Read returns the resource, as [Client.Fetch] does. When several reads come together, one list serves all those whose
// resource it shows as Terraform holds it; a list may lag, so that what it shows otherwise, or not at all, is fetched by itself.
func (c *Client) Read(ctx context.Context, held Held) (*Object, error) {
	c.read.Store(held.SID, true)
	if c.config.SharedReads {
		read := c.reads.enter(held)
		defer c.reads.leave(read)
		if object := c.reads.find(ctx, c, read); object != nil {
			return object, nil
		}
	}
	return c.Fetch(ctx, held.SID)
}

// HasRead tells whether the client has read the resource on Terraform's behalf, which happens before a plan, but not when that is applied.
func (c *Client) HasRead(resourceSID string) bool {
	_, ok := c.read.Load(resourceSID)
	return ok
}

// sharedReads are what the reads of one client share.
//
// A read alone is a call alone. When another one is under way, the first page of a list is fetched, and each further page only while
// that is worth it: see worthContinuing. A page is one attempt at one call, and reads wait for it for a second at most. A list that
// failed, or served fewer reads than it has pages, is the last one.
type sharedReads struct {
	mu       sync.Mutex
	underWay map[*sharedRead]bool
	off      bool
	list     *sharedList
}

// A sharedRead is a read that has not ended.
type sharedRead struct {
	Held
	// created is DateCreated, zero where that can't be told.
	created time.Time
	// waiting tells that it waits for a page, served that the page showed its resource, and alone that its resource is fetched by itself.
	waiting, served, alone bool
}

// A sharedList is a list as far as it was fetched.
type sharedList struct {
	began, latest time.Time
	objects       map[string]*Object
	dates         dateOrder
	// pages counts the pages fetched, served the reads that they made needless, looked all reads that looked for their resource.
	pages, served, looked int
	// next is the page that follows, nil where there is none or it could not be fetched.
	next *pageRequest
	// goal is up to which page dates say that the list is worth it.
	goal int
	// missed are the dates of the resources that were fetched by themselves. weighed is for how many of them and which page it was last
	// weighed whether further pages would serve more like them.
	missed  []time.Time
	weighed struct{ missed, pages int }
	// inFlight is closed when the page that is being fetched since asked is there, nil when none is.
	inFlight chan struct{}
	asked    time.Time
	// slow tells that a page was not there in time, so that no other is fetched.
	slow bool
}

// worthContinuing tells whether the list's next page is worth a call.
//
// Where the dates on its pages run in one direction, it is if it is on the way to the goal, or serves reads to come. Otherwise it is while
// pages show so much of what is looked for that the end is not far, and no more pages were fetched than reads were served, and a tenth of
// those that looked. So all reads together make no more than a tenth more calls than their number, and one, as long as dates do not mislead.
func (l *sharedList) worthContinuing() bool {
	switch {
	case l.pages == 0:
		return true
	case !l.dates.ordered():
		return l.served+l.looked/10 >= l.pages && (l.served+1)*longestList >= l.looked*l.pages
	}
	return l.goal > l.pages || l.servesLater()
}

// aim sets the goal: up to where the resources that are being read are so near that they pay for all pages up to there, in calls and nearly in
// time.
func (l *sharedList) aim(underWay map[*sharedRead]bool) {
	if l.pages == 0 || !l.dates.ordered() {
		return
	}
	on := map[int]int{} // how many reads are under way for resources of each page to come
	for read := range underWay {
		if distance := l.dates.pagesTo(read.created); distance > 0 && !read.alone {
			on[distance]++
		}
	}
	near := 0
	for distance := 1; l.pages+distance <= longestDebt+l.served/longestList; distance++ {
		near += on[distance]
		goal := l.pages + distance
		inCalls := goal <= l.served+near+1
		inTime := 2*near >= 3*distance || l.served >= goal*longestList
		if on[distance] > 0 && inCalls && inTime {
			l.goal = goal
		}
	}
}

// servesLater tells whether the next page is worth a call though no read waits for it. It is if the reads to come, taken to be as many and
// alike to those that came too early, would find as many of their resources on some of the pages to come as those are: for each page, ten
// reads go by until it is there. Should there be no such reads, the pages fetched so cost a hundredth of the calls.
func (l *sharedList) servesLater() bool {
	if l.pages > l.served+len(l.missed)/100 {
		return false
	}
	if l.pages == l.weighed.pages && len(l.missed) < l.weighed.missed*9/8 {
		return false // as it was found to be before
	}
	l.weighed.pages, l.weighed.missed = l.pages, max(8, len(l.missed))
	on := map[int]int{}
	for _, created := range l.missed {
		on[l.dates.pagesTo(created)]++
	}
	gain := 0.0
	for distance := 1; distance*longestList < len(l.missed); distance++ {
		gain += float64(on[distance]) * (1 - float64(distance*longestList)/float64(len(l.missed)))
		if gain >= float64(distance) {
			l.weighed.missed = 0 // the page after that one is weighed anew
			return true
		}
	}
	return false
}

// waitsFor tells whether a read is to wait for the page in flight: not where dates say that it is for others.
func (l *sharedList) waitsFor(read *sharedRead) bool {
	switch distance := l.dates.pagesTo(read.created); {
	case l.dates.passed(read.created):
		return false
	case l.pages == 0, !l.dates.ordered():
		return true
	default:
		return distance == 1 || l.pages+distance <= l.goal
	}
}

func (s *sharedReads) enter(held Held) *sharedRead {
	read := &sharedRead{Held: held}
	read.created, _ = time.Parse(time.RFC3339, held.DateCreated)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.underWay == nil {
		s.underWay = map[*sharedRead]bool{}
	}
	s.underWay[read] = true
	return read
}

func (s *sharedReads) leave(read *sharedRead) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.underWay, read)
}

// find returns the resource from a list, nil where it has to be fetched by itself.
func (s *sharedReads) find(ctx context.Context, c *Client, read *sharedRead) (found *Object) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		if read.alone = found == nil; read.alone && s.list != nil && !read.created.IsZero() {
			s.list.missed = append(s.list.missed, read.created)
		}
	}()
	for waited := false; ; waited = true {
		list := s.current()
		if list == nil {
			return nil
		}
		if !waited {
			list.looked++
		}
		if object, ok := list.objects[read.SID]; ok {
			usable := c.writes.at(read.SID).Before(list.began) && read.Matches(object)
			switch {
			case usable && !read.served:
				list.served++
			case !usable && read.served:
				list.served-- // was counted when the page came
			}
			if usable {
				return object
			}
			return nil
		}
		list.aim(s.underWay)
		if list.inFlight == nil && list.next != nil && !list.slow && list.worthContinuing() {
			s.fetch(ctx, c, list)
		}
		if list.inFlight == nil || !list.waitsFor(read) || !s.await(ctx, list, read) {
			return nil
		}
	}
}

// current is the list that serves reads now, a new one if that pays, nil if none is to.
func (s *sharedReads) current() *sharedList {
	if list := s.list; list != nil && list.inFlight == nil && time.Since(list.latest) > sharedFor {
		s.off = s.off || list.pages > list.served
		s.list = nil
	}
	if s.list == nil && len(s.underWay) > 1 && !s.off {
		now := time.Now()
		s.list = &sharedList{began: now, latest: now, objects: map[string]*Object{}, next: &pageRequest{once: true}}
	}
	return s.list
}

// await waits for the page that is being fetched, and tells whether it came.
func (s *sharedReads) await(ctx context.Context, list *sharedList, read *sharedRead) bool {
	page, patience := list.inFlight, time.NewTimer(pagePatience-time.Since(list.asked))
	defer patience.Stop()
	read.waiting = true
	s.mu.Unlock()
	select {
	case <-page:
	case <-patience.C:
	case <-ctx.Done():
	}
	s.mu.Lock()
	read.waiting = false
	came := list.inFlight != page
	list.slow = list.slow || !came && ctx.Err() == nil
	return came
}

// fetch begins to fetch the list's next page, for all who wait for it.
func (s *sharedReads) fetch(ctx context.Context, c *Client, list *sharedList) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pageTimeout)
	page := make(chan struct{})
	list.inFlight, list.asked = page, time.Now()
	go func() {
		defer cancel()
		got, err := c.listPage(ctx, *list.next)
		s.mu.Lock()
		defer s.mu.Unlock()
		list.pages++
		list.latest, list.inFlight = time.Now(), nil
		close(page)
		if err != nil {
			tflog.Debug(ctx, "Reading each "+c.name()+" by itself: the list could not be fetched", map[string]any{"error": err.Error()})
			list.next, s.off = nil, true
			return
		}
		for _, object := range got.objects {
			list.objects[object.SID] = object
		}
		list.dates.add(got.objects)
		list.next = got.next
		for read := range s.underWay {
			if _, ok := list.objects[read.SID]; ok && read.waiting {
				read.served = true
				list.served++
			}
		}
	}()
}
