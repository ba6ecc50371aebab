package flexemulator

import (
	"cmp"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
)

// A Fault is a trouble that a [Server] makes for some of the calls it receives. A fault that gives no choice of calls (Nth,
// Every, Count) is for every call that matches Method and Path.
type Fault struct {
	// Method and Path choose calls: an HTTP method, and a pattern as of [path.Match] (/v1/FlexFlows, /v1/FlexFlows/*).
	// Empty means any.
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	// Nth begins with the n-th call that matches, counted from 1, and means that one alone unless Every or Count is given.
	// Every takes each k-th call. Count ends after so many faults.
	Nth   int `json:"nth,omitempty"`
	Every int `json:"every,omitempty"`
	Count int `json:"count,omitempty"`
	// Kind is what goes wrong.
	Kind FaultKind `json:"kind"`
	// AfterWork does what the call asks for before things go wrong, so that only the answer is lost.
	AfterWork bool `json:"after_work,omitempty"`
	// WorkAfterMS does what the call asks for so many milliseconds after the call has failed: the API goes on after the connection
	// broke. It does not go with FaultSlow and FaultFields.
	WorkAfterMS int `json:"work_after_ms,omitempty"`
	// Status is the HTTP status of FaultStatus; HTML gives it a page as a gateway would, instead of the API's JSON.
	Status int  `json:"status,omitempty"`
	HTML   bool `json:"html,omitempty"`
	// Code and Message are those of the API's JSON; 20001 and so on follow from Status where Code is 0.
	Code    int    `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
	// RetryAfter is the header of FaultStatus, in whichever form; empty for none.
	RetryAfter string `json:"retry_after,omitempty"`
	// DelayMS is for how many milliseconds it waits before things go wrong, or FaultSlow before it answers.
	DelayMS int `json:"delay_ms,omitempty"`
	// Body is what FaultBody answers instead of what it should, with ContentType. $sid stands for the SID in that answer.
	Body        string `json:"body,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	// Fields replace those of everything in the answer of FaultFields, or of what has the SID alone where one is given; an object
	// within them replaces only the fields that it has.
	Fields map[string]any `json:"fields,omitempty"`
	SID    string         `json:"sid,omitempty"`
}

// FaultKind is a way in which a call goes wrong.
type FaultKind string

// The kinds of fault.
const (
	// FaultStatus answers with a status that refuses the call.
	FaultStatus FaultKind = "status"
	// FaultReset closes the connection without an answer.
	FaultReset FaultKind = "reset"
	// FaultHang never answers; the connection stays open until the caller leaves.
	FaultHang FaultKind = "hang"
	// FaultSlow answers right, but late.
	FaultSlow FaultKind = "slow"
	// FaultTruncate does the work and sends half of the answer's body.
	FaultTruncate FaultKind = "truncate"
	// FaultBody does the work and answers its status with another body.
	FaultBody FaultKind = "body"
	// FaultFields does the work and answers it with some fields changed.
	FaultFields FaultKind = "fields"
)

var faultKinds = []FaultKind{FaultStatus, FaultReset, FaultHang, FaultSlow, FaultTruncate, FaultBody, FaultFields}

// faultState is a fault with its choice of calls made plain and the calls counted so far.
type faultState struct {
	Fault
	given             Fault
	first, seen, done int
}

func newFaultState(f Fault) *faultState {
	state := &faultState{Fault: f, given: f, first: cmp.Or(f.Nth, f.Every, 1)}
	if f.Nth > 0 && f.Every == 0 {
		state.Count = max(f.Count, 1)
	}
	state.Every = max(f.Every, 1)
	return state
}

// checkFault reports a fault that can't occur.
func (s *Server) checkFault(f Fault) error {
	if !slices.Contains(faultKinds, f.Kind) {
		return fmt.Errorf("there is no kind %q; the kinds are %q", f.Kind, faultKinds)
	}
	if f.Kind == FaultStatus && (f.Status < 200 || f.Status > 599) {
		return fmt.Errorf("%d is not a status that a response can have", f.Status)
	}
	if f.WorkAfterMS != 0 && (f.WorkAfterMS < 0 || f.AfterWork || f.Kind == FaultSlow || f.Kind == FaultFields) {
		return fmt.Errorf("work_after_ms must be positive, and goes neither with after_work nor with the kinds %q and %q", FaultSlow, FaultFields)
	}
	if _, err := path.Match(f.Path, "/"); err != nil {
		return fmt.Errorf("path %q: %w", f.Path, err)
	}
	return s.checkPath(f.Path)
}

// checkPath reports a pattern that matches no path of the APIs, in which any name may stand for a SID.
func (s *Server) checkPath(pattern string) error {
	var paths []string
	for _, r := range s.resources {
		for _, template := range r.rules().paths {
			if pattern == "" || fits(pattern, template) {
				return nil
			}
			paths = append(paths, template)
		}
	}
	return fmt.Errorf("path %q matches no path of the APIs, which are %q; * stands for anything but a slash", pattern, paths)
}

// fits reports whether a pattern may match paths of a template, in which * stands for a parameter.
func fits(pattern, template string) bool {
	patterns, parts := strings.Split(pattern, "/"), strings.Split(template, "/")
	if len(patterns) != len(parts) {
		return false
	}
	for i, part := range parts {
		if matches, _ := path.Match(patterns[i], part); !matches && (part != "*" || patterns[i] == "") {
			return false
		}
	}
	return true
}

// SetFaults replaces the faults that are injected from now on. Calls are counted anew.
func (s *Server) SetFaults(faults ...Fault) error {
	states := make([]*faultState, len(faults))
	for i, f := range faults {
		if err := s.checkFault(f); err != nil {
			return fmt.Errorf("fault %d: %w", i+1, err)
		}
		states[i] = newFaultState(f)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = states
	return nil
}

// nextFault counts a call and returns the fault that it is to meet, nil for none.
func (s *Server) nextFault(r *http.Request) *Fault {
	var hit *Fault
	for _, f := range s.faults {
		if f.Method != "" && f.Method != r.Method {
			continue
		}
		if matched, _ := path.Match(f.Path, r.URL.Path); f.Path != "" && !matched {
			continue
		}
		f.seen++
		since := f.seen - f.first
		if hit != nil || since < 0 || since%f.Every != 0 || (f.Count > 0 && f.done >= f.Count) {
			continue
		}
		f.done++
		hit = &f.Fault
	}
	return hit
}

// UnusedFaults returns the faults that no call has met so far.
func (s *Server) UnusedFaults() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	var unused []Fault
	for _, f := range s.faults {
		if f.done == 0 {
			unused = append(unused, f.given)
		}
	}
	return unused
}
