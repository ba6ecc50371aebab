package flexemulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// inject makes the trouble that a fault is; work does what the call asks for.
func (s *Server) inject(f *Fault, w http.ResponseWriter, r *http.Request, send func(*httpAnswer), work func() *httpAnswer) {
	if f.WorkAfterMS > 0 {
		defer s.workLater(time.Duration(f.WorkAfterMS)*time.Millisecond, work)
		work = func() *httpAnswer { return jsonAnswer(http.StatusOK, map[string]any{}) }
	}
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

// workLater does what a call asked for after a delay, unless the server is closed before.
func (s *Server) workLater(delay time.Duration, work func() *httpAnswer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.closed:
		return
	default:
	}
	s.later.Go(func() {
		select {
		case <-time.After(delay):
			work()
		case <-s.closed:
		}
	})
}

// sidIn is the SID of what an answer shows, the first one in a list; empty for none.
func (s *Server) sidIn(body []byte) string {
	var single struct {
		SID string `json:"sid"`
	}
	if json.Unmarshal(body, &single) == nil && single.SID != "" {
		return single.SID
	}
	first, sid := len(body), ""
	for _, r := range s.resources {
		prefix := r.about().sidPrefix
		if at := regexp.MustCompile(prefix + "[0-9a-f]{32}").FindIndex(body); prefix != "" && at != nil && at[0] < first {
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

// wait waits for so long, or for ever when that is 0, and reports whether the caller is still there.
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
