package twilio

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// sharedFor is for how long after its latest page a list serves reads. A plan over thousands of flows takes longer, most of it
// Terraform's own time, and makes a new list then.
const sharedFor = 15 * time.Second

// ReadFlexFlow returns the flow with the SID, as [Client.FetchFlexFlow] does. When several reads come together, one list serves
// all those whose flow it shows unchanged, as the caller tells; a list may lag, so that what it shows otherwise, or not at all,
// is fetched by itself.
func (c *Client) ReadFlexFlow(ctx context.Context, flowSID string, unchanged func(*FlexFlow) bool) (*FlexFlow, error) {
	if c.config.SharedReads {
		leave := c.reads.enter()
		defer leave()
		if flow := c.reads.find(ctx, c, flowSID, unchanged); flow != nil {
			return flow, nil
		}
	}
	return c.FetchFlexFlow(ctx, flowSID)
}

// sharedReads are what the reads of one client share.
//
// A read alone is a call alone. When another one is under way, the first page of a list is fetched, and each further page only
// while the list pays: while it has served as many reads as it has pages, and shows so much of what is looked for that its end is
// not far. So all reads together never make more than one call above their number, and that one only where the first page showed
// none of what was read. A list that did not pay is the last one.
type sharedReads struct {
	mu sync.Mutex
	// underWay counts the reads that have not ended.
	underWay int
	// off tells that a list did not pay.
	off  bool
	list *sharedList
}

// A sharedList is a list as far as it was fetched.
type sharedList struct {
	began, latest time.Time
	flows         map[string]*FlexFlow
	// pages counts the pages fetched, served the reads that they made needless, looked all reads that looked for their flow.
	pages, served, looked int
	// over tells that no further page follows, because there is none or it could not be fetched.
	over bool
	// number and token name the next page.
	number, token string
	// coming is closed when the page that is being fetched is there, nil when none is. waiting counts the reads that wait for
	// it, by SID, and abandon ends it.
	coming  chan struct{}
	waiting map[string]int
	abandon context.CancelFunc
}

// longestList is how many pages an account may seem to have for a list to be waited for. Each takes about as long as ten reads
// that Terraform makes at one time.
const longestList = 10

// pays tells whether the list's next page is worth a call and a wait. Pages that show one in so many of the flows looked for
// suggest an account of so many times their number.
func (l *sharedList) pays() bool {
	return l.pages == 0 || l.served >= l.pages && l.served*longestList >= l.looked*l.pages
}

func (s *sharedReads) enter() (leave func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.underWay++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.underWay--
	}
}

// find returns the flow from a list, nil where it has to be fetched by itself.
func (s *sharedReads) find(ctx context.Context, c *Client, flowSID string, unchanged func(*FlexFlow) bool) *FlexFlow {
	s.mu.Lock()
	defer s.mu.Unlock()
	for waited := false; ; waited = true {
		list := s.current()
		if list == nil {
			return nil
		}
		if flow, ok := list.flows[flowSID]; ok {
			usable := c.writes.at(flowSID).Before(list.began) && unchanged(flow)
			switch {
			case usable && !waited:
				list.served++
				list.looked++
			case !usable && waited:
				list.served-- // was counted when the page came
			}
			if usable {
				return flow
			}
			return nil
		}
		if !waited {
			list.looked++
		}
		if list.coming == nil && (list.over || !list.pays()) {
			return nil
		}
		if list.coming == nil {
			s.fetch(ctx, c, list)
		}
		if !s.await(ctx, list, flowSID) {
			return nil
		}
	}
}

// current is the list that serves reads now, a new one if that pays, nil if none is to.
func (s *sharedReads) current() *sharedList {
	if list := s.list; list != nil && list.coming == nil && time.Since(list.latest) > sharedFor {
		s.off = s.off || list.pages > list.served
		s.list = nil
	}
	if s.list == nil && s.underWay > 1 && !s.off {
		now := time.Now()
		s.list = &sharedList{began: now, latest: now, flows: map[string]*FlexFlow{}}
	}
	return s.list
}

// await waits for the page that is being fetched, and tells whether it came. Whoever waits last and leaves ends it.
func (s *sharedReads) await(ctx context.Context, list *sharedList, flowSID string) bool {
	coming := list.coming
	list.waiting[flowSID]++
	s.mu.Unlock()
	came := true
	select {
	case <-coming:
	case <-ctx.Done():
		came = false
	}
	s.mu.Lock()
	if !came && list.coming == coming {
		if list.waiting[flowSID]--; list.waiting[flowSID] == 0 {
			delete(list.waiting, flowSID)
		}
		if len(list.waiting) == 0 {
			list.abandon()
		}
	}
	return came
}

// fetch begins to fetch the list's next page, for all who wait for it.
func (s *sharedReads) fetch(ctx context.Context, c *Client, list *sharedList) {
	ctx, list.abandon = context.WithCancel(context.WithoutCancel(ctx))
	list.coming, list.waiting = make(chan struct{}), map[string]int{}
	number, token := list.number, list.token
	go func() {
		got, err := c.listPage(ctx, "", number, token)
		s.mu.Lock()
		defer s.mu.Unlock()
		list.abandon()
		list.pages++
		list.latest = time.Now()
		if err != nil {
			tflog.Debug(ctx, "Reading each Flex Flow by itself: the list could not be fetched", map[string]any{"error": err.Error()})
			list.over = true
		} else {
			for _, flow := range got.flows {
				list.flows[flow.SID] = flow
			}
			for flowSID, count := range list.waiting {
				if _, ok := list.flows[flowSID]; ok {
					list.served += count
				}
			}
			list.number, list.token, list.over = got.number, got.token, got.number == ""
		}
		close(list.coming)
		list.coming = nil
	}()
}
