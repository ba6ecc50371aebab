package flexemulator

import (
	"cmp"
	"hash/crc32"
	"slices"
	"time"
)

// An entity is a pointer to one of the things that a store holds.
type entity[T any] interface {
	// common points to the fields that all entities have.
	common() common
	// clone returns a copy that shares nothing with the original that could change.
	clone() T
}

// common points to the fields that all entities have.
type common struct {
	sid, accountSID  *string
	created, updated *time.Time
}

// A store holds all entities of one kind. Its methods need the server's lock.
type store[T entity[T]] struct {
	prefix   string // of its SIDs
	behavior *Behavior
	now      func() time.Time

	records []*record[T]
	bySID   map[string]*record[T]
	// former is what was deleted or updated within ForgetLag.
	former []former[T]
	// ordered are the records in the order of lists, nil when that is not known.
	ordered []*record[T]
}

// A record is a stored entity with what lagging lists still show of it.
type record[T entity[T]] struct {
	entity T
	before T
	// updated is when it was last updated, to more than the second that its date has; zero if there is no before.
	updated time.Time
	// added is when it was stored, to more than the second that its date has.
	added time.Time
}

// A former entity is what an entity was until its deletion or an update.
type former[T entity[T]] struct {
	entity T
	until  time.Time
}

func newStore[T entity[T]](prefix string, behavior *Behavior, now func() time.Time) *store[T] {
	return &store[T]{prefix: prefix, behavior: behavior, now: now, bySID: map[string]*record[T]{}}
}

// all returns copies of all entities, in the order of their creation.
func (s *store[T]) all() []T {
	all := make([]T, len(s.records))
	for i, r := range s.records {
		all[i] = r.entity.clone()
	}
	return all
}

// add stores a copy of an entity, with a SID and a date if it has none, and returns another one.
func (s *store[T]) add(given T) T {
	added := given.clone()
	fields := added.common()
	*fields.sid = cmp.Or(*fields.sid, s.prefix+randomHex())
	*fields.accountSID = AccountSID
	if fields.created.IsZero() {
		*fields.created = s.today()
	}
	r := &record[T]{entity: added, added: s.now()}
	s.records, s.bySID[*fields.sid], s.ordered = append(s.records, r), r, nil
	return added.clone()
}

// update puts an entity in the place of the one that a record has.
func (s *store[T]) update(r *record[T], changed T) {
	*changed.common().updated = s.today()
	s.remember(r.entity)
	r.before, r.entity, r.updated = r.entity, changed, s.now()
}

// today is the date of what is made or updated now.
func (s *store[T]) today() time.Time {
	if s.behavior.RoundDates {
		return s.now().Round(time.Second)
	}
	return s.now().Truncate(time.Second)
}

// remember keeps what an entity was for as long as the checks for duplicates still know it.
func (s *store[T]) remember(e T) {
	if s.behavior.ForgetLag > 0 {
		s.former = append(s.former, former[T]{e, s.now()})
	}
}

// known returns the entities that the checks for duplicates know: all that there are, and what was there until shortly before.
func (s *store[T]) known() []T {
	s.former = slices.DeleteFunc(s.former, func(f former[T]) bool { return s.now().Sub(f.until) >= s.behavior.ForgetLag })
	known := make([]T, 0, len(s.records)+len(s.former))
	for _, r := range s.records {
		known = append(known, r.entity)
	}
	for _, f := range s.former {
		known = append(known, f.entity)
	}
	return known
}

// change alters an entity where it lies. It reports whether there is one.
func (s *store[T]) change(sid string, change func(T)) bool {
	r := s.bySID[sid]
	if r == nil {
		return false
	}
	change(r.entity)
	return true
}

// remove reports whether there was an entity to remove.
func (s *store[T]) remove(sid string) bool {
	gone := s.bySID[sid]
	if gone == nil {
		return false
	}
	delete(s.bySID, sid)
	s.remember(gone.entity)
	s.records = slices.DeleteFunc(s.records, func(r *record[T]) bool { return r == gone })
	s.ordered = nil
	return true
}

// readable reports whether reads find what a record has.
func (s *store[T]) readable(r *record[T]) bool { return s.now().Sub(r.added) >= s.behavior.ReadLag }

// inOrder returns all records in the order of lists.
func (s *store[T]) inOrder() []*record[T] {
	if s.ordered != nil {
		return s.ordered
	}
	s.ordered = slices.Clone(s.records)
	sid := func(r *record[T]) string { return *r.entity.common().sid }
	// What was made in one second keeps the order in which it was added.
	byDate := func(a, b *record[T]) int { return a.entity.common().created.Compare(*b.entity.common().created) }
	switch s.behavior.Order {
	case OldestFirst:
		slices.SortStableFunc(s.ordered, byDate)
	case NewestFirst:
		slices.SortStableFunc(s.ordered, byDate)
		slices.Reverse(s.ordered)
	case BySID:
		slices.SortFunc(s.ordered, func(a, b *record[T]) int { return cmp.Compare(sid(a), sid(b)) })
	case Shuffled:
		place := func(r *record[T]) uint32 { return crc32.ChecksumIEEE([]byte(sid(r))) }
		slices.SortStableFunc(s.ordered, func(a, b *record[T]) int { return cmp.Compare(place(a), place(b)) })
	}
	return s.ordered
}

// listed returns the first entities that a list shows now and that match, at most so many, after the one with the given SID.
func (s *store[T]) listed(matches func(T) bool, after string, most int) []T {
	records := s.inOrder()
	if after != "" {
		at := slices.Index(records, s.bySID[after])
		if at < 0 {
			return nil
		}
		records = records[at+1:]
	}
	var listed []T
	for _, r := range records {
		shown, visible := s.shown(r)
		if !visible || !matches(shown) {
			continue
		}
		if listed = append(listed, shown); len(listed) == most {
			break
		}
	}
	return listed
}

// shown is what lists show of a record now, and whether they show it.
func (s *store[T]) shown(r *record[T]) (T, bool) {
	if !r.updated.IsZero() && s.now().Sub(r.updated) < s.behavior.ListLag {
		return r.before, s.readable(r)
	}
	return r.entity, s.readable(r)
}

// previous is the SID after which the page of so many entities begins that ends with the given one; empty if it is the first page.
func (s *store[T]) previous(matches func(T) bool, last string, size int) string {
	records := s.inOrder()
	for at := slices.Index(records, s.bySID[last]); at >= 0; at-- {
		shown, visible := s.shown(records[at])
		if !visible || !matches(shown) {
			continue
		}
		if size == 0 {
			return *shown.common().sid
		}
		size--
	}
	return ""
}

// values are what pointers point to.
func values[T any](pointers []*T) []T {
	all := make([]T, len(pointers))
	for i, p := range pointers {
		all[i] = *p
	}
	return all
}
