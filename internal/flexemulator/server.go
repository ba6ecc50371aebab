// Package flexemulator is the Flex Flows API in memory: a stateful HTTP server for tests, demonstrations and people who test
// their own modules. Its contract is the OpenAPI document beside this file. It shares no code with the provider, because a
// mistake made in both would hide itself.
package flexemulator

import (
	"cmp"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"golang.org/x/time/rate"
)

// Credentials that a [Server] accepts when its options name no others. They open nothing but an emulator.
const (
	AccountSID = "ACeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
	AuthToken  = "emulatorauthtoken"
	APIKey     = "SKeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
	APISecret  = "emulatorapisecret"
)

// Options configure a [Server].
type Options struct {
	Behavior Behavior
	// Faults are injected from the first call on; see [Server.SetFaults].
	Faults []Fault
	// Load is how the API bears calls.
	Load Load
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// A Request is one call that a [Server] received, in the order of their arrival.
type Request struct {
	Method, Path string
	// Query and Form are what was sent in the URL and in the body.
	Query, Form url.Values
	// Header is what was sent beside them.
	Header http.Header
	// Status is what it was answered with; 0 while it is under way, and where no answer was given.
	Status int
}

// A Server is the emulated API: an http.Handler. It is safe for concurrent use.
type Server struct {
	contract *contract
	behavior Behavior
	load     Load
	limiter  *rate.Limiter
	now      func() time.Time

	mu    sync.Mutex
	flows []*record
	bySID map[string]*record
	// ordered are the flows in the order of lists, nil when that is not known.
	ordered    []*record
	running    int
	requests   []*Request
	faults     []*faultState
	violations []error
	// Closed by Close, so that calls that hang come to an end.
	closed    chan struct{}
	closeOnce sync.Once
}

// A record is a stored flow with what lagging lists still show of it.
type record struct {
	Flow
	before *Flow
	// added is when it was stored, to more than the second that its date has.
	added time.Time
}

// New returns a Server without flows.
func New(options Options) (*Server, error) {
	if !slices.Contains(integrationAnswers, options.Behavior.Integration) {
		return nil, fmt.Errorf("there is no way %q to answer an integration; the ways are %q", options.Behavior.Integration, integrationAnswers)
	}
	if !slices.Contains(listOrders, options.Behavior.Order) {
		return nil, fmt.Errorf("there is no order %q; the orders are %q", options.Behavior.Order, listOrders)
	}
	contract, err := newContract()
	if err != nil {
		return nil, fmt.Errorf("the emulator's OpenAPI document: %w", err)
	}
	s := &Server{
		contract: contract, behavior: options.Behavior, load: options.Load, limiter: rate.NewLimiter(rate.Inf, 0), now: options.Now,
		bySID: map[string]*record{}, closed: make(chan struct{}),
	}
	if perSecond := options.Load.PerSecond; perSecond > 0 {
		s.limiter = rate.NewLimiter(rate.Limit(perSecond), perSecond)
	}
	if s.now == nil {
		s.now = time.Now
	}
	return s, s.SetFaults(options.Faults...)
}

// Close ends calls that a fault makes hang.
func (s *Server) Close() { s.closeOnce.Do(func() { close(s.closed) }) }

// Flows returns a copy of all flows, in the order of their creation.
func (s *Server) Flows() []Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	flows := make([]Flow, len(s.flows))
	for i, r := range s.flows {
		flows[i] = r.clone()
	}
	return flows
}

// Change alters a flow behind the API's back, as somebody in Twilio's console would. It tells whether the flow exists.
func (s *Server) Change(sid string, change func(*Flow)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.find(sid)
	if r == nil {
		return false
	}
	change(&r.Flow)
	return true
}

// Remove deletes a flow behind the API's back. It tells whether the flow existed.
func (s *Server) Remove(sid string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.find(sid)
	s.remove(r)
	return r != nil
}

func (s *Server) remove(gone *record) {
	if gone != nil {
		delete(s.bySID, gone.SID)
		s.flows = slices.DeleteFunc(s.flows, func(r *record) bool { return r == gone })
		s.ordered = nil
	}
}

// Add stores a flow behind the API's back and returns it with the account that it was given, and a SID and a date if it had none.
func (s *Server) Add(f Flow) Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.add(f)
}

func (s *Server) add(f Flow) Flow {
	f.SID = cmp.Or(f.SID, "FO"+randomHex())
	f.AccountSID = AccountSID
	if f.DateCreated.IsZero() {
		f.DateCreated = s.now().Truncate(time.Second)
	}
	r := &record{Flow: f, added: s.now()}
	s.flows, s.bySID[f.SID], s.ordered = append(s.flows, r), r, nil
	return f.clone()
}

// Requests returns all calls received since the start or the last ResetRequests.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := make([]Request, len(s.requests))
	for i, r := range s.requests {
		requests[i] = *r
	}
	return requests
}

// ResetRequests forgets the calls received so far.
func (s *Server) ResetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

// Violations returns answers of the emulator itself that broke its contract: mistakes in the emulator.
func (s *Server) Violations() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// ServeHTTP answers one call of the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return // the caller is gone
	}
	form, _ := url.ParseQuery(string(body))
	request := &Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Form: form, Header: r.Header.Clone()}
	s.mu.Lock()
	s.requests = append(s.requests, request)
	fault := s.nextFault(r)
	s.mu.Unlock()
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))

	send := func(a *httpAnswer) {
		s.mu.Lock()
		request.Status = a.status
		s.mu.Unlock()
		a.write(w)
	}
	if refused := s.bear(); refused != nil {
		send(refusal(refused))
		return
	}
	defer s.rest()
	if fault == nil {
		send(s.handle(r, body))
		return
	}
	s.inject(fault, w, r, send, func() *httpAnswer { return s.handle(r, body) })
}

// handle does what a call asks for.
func (s *Server) handle(r *http.Request, body []byte) *httpAnswer {
	if !authorized(r) {
		return refusal(unauthorized())
	}
	input, form, refused := s.contract.check(r, body)
	if refused != nil {
		return refusal(refused)
	}
	status, content, refused := s.operate(input, r, form)
	if refused != nil {
		status, content = refused.Status, refused
	}
	a := jsonAnswer(status, content)
	if s.load.Unchecked {
		return a
	}
	if err := s.contract.checkAnswer(input, a.status, a.header, a.body); err != nil {
		s.mu.Lock()
		s.violations = append(s.violations, fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, err))
		s.mu.Unlock()
		return refusal(refuse(http.StatusInternalServerError, 20500, "The emulator broke its own contract: "+err.Error()))
	}
	return a
}

func (s *Server) operate(input *openapi3filter.RequestValidationInput, r *http.Request, form map[string]any) (int, any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	baseURL := "http://" + r.Host
	var found *record
	if sid, ok := input.PathParams["Sid"]; ok {
		found = s.find(sid)
		lagging := found != nil && r.Method == http.MethodGet && s.now().Sub(found.added) < s.behavior.ReadLag
		if found == nil || lagging {
			return 0, nil, notFound(r.URL.Path)
		}
	}
	switch input.Route.Operation.OperationID {
	case "create":
		return s.create(form, baseURL)
	case "fetch":
		return http.StatusOK, s.answer(&found.Flow, baseURL), nil
	case "update":
		return s.update(found, form, baseURL)
	case "delete":
		s.remove(found)
		return http.StatusNoContent, nil, nil
	default:
		return s.list(r.URL.Query(), baseURL)
	}
}

func (s *Server) create(form map[string]any, baseURL string) (int, any, *apiError) {
	f := Flow{Enabled: s.behavior.EnabledByDefault}
	f.apply(form, false)
	if refused := s.contract.checkIntegration(&f); refused != nil && !s.behavior.AcceptIncomplete {
		return 0, nil, refused
	}
	if f.IntegrationType == nil && !s.behavior.NullIntegrationType {
		studio := "studio"
		f.IntegrationType = &studio
	}
	if refused := s.duplicate(&f); refused != nil {
		return 0, nil, refused
	}
	added := s.add(f)
	return http.StatusCreated, s.answer(&added, baseURL), nil
}

func (s *Server) update(r *record, form map[string]any, baseURL string) (int, any, *apiError) {
	changed := r.clone()
	changed.apply(form, s.behavior.ReplaceIntegration)
	if _, sent := form["IntegrationType"]; sent {
		if refused := s.contract.checkIntegration(&changed); refused != nil && !s.behavior.AcceptIncomplete {
			return 0, nil, refused
		}
	}
	if refused := s.duplicate(&changed); refused != nil {
		return 0, nil, refused
	}
	before := r.Flow
	changed.DateUpdated = s.now().Truncate(time.Second)
	r.Flow, r.before = changed, &before
	return http.StatusOK, s.answer(&changed, baseURL), nil
}

func (s *Server) find(sid string) *record { return s.bySID[sid] }

func authorized(r *http.Request) bool {
	username, password, ok := r.BasicAuth()
	if !ok {
		return false
	}
	is := func(wantName, wantPassword string) bool {
		return subtle.ConstantTimeCompare([]byte(username+":"+password), []byte(wantName+":"+wantPassword)) == 1
	}
	return is(AccountSID, AuthToken) || is(APIKey, APISecret)
}

// httpAnswer is an answer before it is sent.
type httpAnswer struct {
	status int
	header http.Header
	body   []byte
}

func jsonAnswer(status int, content any) *httpAnswer {
	a := &httpAnswer{status: status, header: http.Header{"Twilio-Request-Id": {"RQ" + randomHex()}}}
	if content == nil {
		return a
	}
	a.header.Set("Content-Type", "application/json")
	a.body, _ = json.Marshal(content)
	return a
}

func refusal(e *apiError) *httpAnswer { return jsonAnswer(e.Status, e) }

func (a *httpAnswer) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

func randomHex() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
