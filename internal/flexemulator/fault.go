package flexemulator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
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
	// broke. It applies to FaultStatus, FaultReset and FaultHang.
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
	first, seen, done int
}

func newFaultState(f Fault) *faultState {
	state := &faultState{Fault: f, first: cmp.Or(f.Nth, f.Every, 1)}
	if f.Nth > 0 && f.Every == 0 {
		state.Count = max(f.Count, 1)
	}
	state.Every = max(f.Every, 1)
	return state
}

// SetFaults replaces the faults that are injected from now on. Calls are counted anew.
func (s *Server) SetFaults(faults ...Fault) error {
	states := make([]*faultState, len(faults))
	for i, f := range faults {
		if !slices.Contains(faultKinds, f.Kind) {
			return fmt.Errorf("fault %d: there is no kind %q; the kinds are %q", i+1, f.Kind, faultKinds)
		}
		if f.Kind == FaultStatus && (f.Status < 200 || f.Status > 599) {
			return fmt.Errorf("fault %d: %d is not a status that an answer can have", i+1, f.Status)
		}
		if _, err := path.Match(f.Path, "/"); err != nil {
			return fmt.Errorf("fault %d: path %q: %w", i+1, f.Path, err)
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

func (s *Server) inject(f *Fault, w http.ResponseWriter, r *http.Request, send func(*httpAnswer), work func() *httpAnswer) {
	if f.AfterWork || f.Kind == FaultTruncate || f.Kind == FaultBody || f.Kind == FaultFields {
		done := work()
		work = func() *httpAnswer { return done }
	}
	if f.DelayMS > 0 && !s.wait(r, time.Duration(f.DelayMS)*time.Millisecond) {
		return
	}
	switch f.Kind {
	case FaultStatus:
		send(s.faultyRefusal(f))
	case FaultReset:
		panic(http.ErrAbortHandler)
	case FaultHang:
		s.wait(r, 0)
		panic(http.ErrAbortHandler)
	case FaultSlow:
		send(work())
	case FaultTruncate:
		a := work()
		a.header.Set("Content-Length", strconv.Itoa(len(a.body)+1))
		a.body = a.body[:len(a.body)/2]
		send(a)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case FaultBody:
		a := work()
		a.body = []byte(strings.ReplaceAll(f.Body, "$sid", s.sidIn(a.body)))
		a.header.Set("Content-Type", f.ContentType)
		send(a)
	case FaultFields:
		a := work()
		a.body = f.replaceFields(a.body, s.resources)
		send(a)
	}
}

// sidIn is the first SID of a resource in an answer, empty for none.
func (s *Server) sidIn(body []byte) string {
	first, sid := len(body), ""
	for _, r := range s.resources {
		pattern := regexp.MustCompile(r.about().sidPrefix + "[0-9a-f]{32}")
		if at := pattern.FindIndex(body); at != nil && at[0] < first {
			first, sid = at[0], string(body[at[0]:at[1]])
		}
	}
	return sid
}

// replaceFields changes fields of what an answer shows, of all of it if that is a list.
func (f *Fault) replaceFields(body []byte, resources []resource) []byte {
	var content map[string]any
	if json.Unmarshal(body, &content) != nil {
		return body
	}
	shown := []any{content}
	for _, r := range resources {
		if list, ok := content[r.about().listKey].([]any); ok {
			shown = list
		}
	}
	for _, one := range shown {
		if object, ok := one.(map[string]any); ok && (f.SID == "" || object["sid"] == f.SID) {
			merge(object, f.Fields)
		}
	}
	changed, err := json.Marshal(content)
	if err != nil {
		return body
	}
	return changed
}

func merge(into, from map[string]any) {
	for name, value := range from {
		inner, isObject := value.(map[string]any)
		if target, ok := into[name].(map[string]any); ok && isObject {
			merge(target, inner)
			continue
		}
		into[name] = value
	}
}

// wait waits for so long, or for ever when that is 0, and tells whether the caller is still there.
func (s *Server) wait(r *http.Request, delay time.Duration) bool {
	var over <-chan time.Time
	if delay > 0 {
		over = time.After(delay)
	}
	select {
	case <-over:
		return true
	case <-r.Context().Done():
	case <-s.closed:
	}
	return false
}

func (s *Server) faultyRefusal(f *Fault) *httpAnswer {
	text := f.Message
	if text == "" {
		text = http.StatusText(f.Status)
	}
	code := f.Code
	if code == 0 {
		code = 20000 + f.Status
	}
	a := s.refusal(refuse(f.Status, code, text))
	if f.HTML {
		a.header.Set("Content-Type", "text/html")
		a.body = fmt.Appendf(nil, "<html><head><title>%d %s</title></head>\n<body><center><h1>%d %[2]s</h1></center></body></html>\n",
			f.Status, text, f.Status)
	}
	if f.RetryAfter != "" {
		a.header.Set("Retry-After", f.RetryAfter)
	}
	return a
}
