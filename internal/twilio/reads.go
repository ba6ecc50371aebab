package twilio

import (
	"context"
	"sync"
	"sync/atomic"
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
	// pageCost is how many reads take about as long as one page: Terraform makes so many at one time.
	pageCost = 10
)

// Known is what Terraform knows of a resource that it reads.
type Known struct {
	SID string
	// IsUnchanged reports whether an entry of a list tells all that Terraform knows of the resource, and nothing else.
	IsUnchanged func(*Object) bool
}

// Read returns the resource, as [Client.Fetch] does. When several reads come together, one list serves all those whose
// resource it shows unchanged; a list may lag, so that what it shows otherwise, or not at all, is fetched by itself.
func (c *Client) Read(ctx context.Context, known Known) (*Object, error) {
	if c.config.SharedReads {
		c.reads.underWay.Add(1)
		defer c.reads.underWay.Add(-1)
		if object := c.reads.find(ctx, c, known); object != nil {
			return object, nil
		}
	}
	return c.Fetch(ctx, known.SID)
}

// sharedReads are what the reads of one client share.
//
// A read alone is a call alone. When another one is under way, the first page of a list is fetched, and each further page only while
// that is worth it: see isWorthContinuing. A page is one attempt at one call, and reads wait for it for a second at most. A list that
// failed is the last one.
type sharedReads struct {
	underWay atomic.Int32
	mu       sync.Mutex
	off      bool
	list     *sharedList
}

// A sharedList is a list as far as it was fetched.
type sharedList struct {
	// latest is when a page was last asked for, or came.
	began, latest time.Time
	objects       map[string]*Object
	// pages counts the pages fetched, served the reads that they made needless, looked all reads that looked for their resource.
	pages, served, looked int
	// waiting counts the reads that wait for a page, by the SID of their resource.
	waiting map[string]int
	// next is the page that follows, nil where there is none or it could not be fetched.
	next *pageRequest
	// inFlight is closed when the page that is being fetched is there, nil when none is.
	inFlight chan struct{}
	// slow means that a page was not there in time, so that no other is fetched.
	slow bool
}

// isWorthContinuing reports whether the list's next page is worth a call: pages may cost a tenth of the reads and one more than they save.
func (l *sharedList) isWorthContinuing() bool { return l.pages <= l.served+l.looked/10 }

// isWorthWaiting reports whether a read is to wait for the page in flight: the first one, and further ones while the pages so far served so
// many reads that waiting is no slower than a read of its own.
func (l *sharedList) isWorthWaiting() bool {
	return l.pages == 0 || (l.served+1)*pageCost >= l.looked*l.pages
}

// find returns the resource from a list, nil where it has to be fetched by itself.
func (s *sharedReads) find(ctx context.Context, c *Client, known Known) *Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	for waited := false; ; waited = true {
		list := s.current()
		if list == nil {
			return nil
		}
		if !waited {
			list.looked++
		}
		if object, ok := list.objects[known.SID]; ok {
			if !waited { // else it was counted when the page came, so that all who waited go by the same figures
				list.served++
			}
			if !c.writes.of(known.SID).at.Before(list.began) || !known.IsUnchanged(object) {
				list.served--
				return nil
			}
			return object
		}
		if list.inFlight == nil && list.next != nil && !list.slow && list.isWorthContinuing() {
			s.fetch(ctx, c, list)
		}
		if list.inFlight == nil || !list.isWorthWaiting() || !s.await(ctx, list, known.SID) {
			return nil
		}
	}
}

// current is the list that serves reads now, a new one if that pays, nil if none is to.
func (s *sharedReads) current() *sharedList {
	if list := s.list; list != nil && list.inFlight == nil && time.Since(list.latest) > sharedFor {
		s.list = nil
	}
	if s.list == nil && s.underWay.Load() > 1 && !s.off {
		now := time.Now()
		s.list = &sharedList{
			began: now, latest: now, objects: map[string]*Object{}, waiting: map[string]int{}, next: &pageRequest{once: true},
		}
	}
	return s.list
}

// await waits for the page that is being fetched, and reports whether it came.
func (s *sharedReads) await(ctx context.Context, list *sharedList, resourceSID string) bool {
	page, patience := list.inFlight, time.NewTimer(pagePatience-time.Since(list.latest))
	defer patience.Stop()
	list.waiting[resourceSID]++
	s.mu.Unlock()
	select {
	case <-page:
	case <-patience.C:
	case <-ctx.Done():
	}
	s.mu.Lock()
	list.waiting[resourceSID]--
	came := list.inFlight != page
	list.slow = list.slow || !came && ctx.Err() == nil
	return came
}

// fetch begins to fetch the list's next page, for all who wait for it.
func (s *sharedReads) fetch(ctx context.Context, c *Client, list *sharedList) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pageTimeout)
	list.inFlight, list.latest = make(chan struct{}), time.Now()
	go func() {
		defer cancel()
		objects, next, err := c.listPage(ctx, *list.next)
		s.mu.Lock()
		defer s.mu.Unlock()
		close(list.inFlight)
		list.pages++
		list.latest, list.inFlight = time.Now(), nil
		if err != nil {
			tflog.Debug(ctx, "Reading each "+c.name()+" by itself: the list could not be fetched", map[string]any{"error": err.Error()})
			list.next, s.off = nil, true
			return
		}
		for _, object := range objects {
			list.objects[object.SID] = object
			list.served += list.waiting[object.SID]
		}
		list.next = next
	}()
}
