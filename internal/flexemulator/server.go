// Package flexemulator is two of Twilio's APIs in memory, Flex Flows and the address configurations of Conversations, and single resources
// of others that these refer to: a stateful HTTP server for tests, demonstrations and people who test their own modules. Its contracts are
// the OpenAPI documents beside this file. It shares no code with the provider, because a mistake made in both would hide itself.
package flexemulator

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
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
	// Load is how the APIs bear calls.
	Load Load
	// References are what resources refer to, where it does not exist or does not work; see [Server.SetReferences].
	References map[string]Reference
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

// A Server is the emulated APIs: an http.Handler. It is safe for concurrent use.
type Server struct {
	behavior Behavior
	load     Load
	limiter  *rate.Limiter
	now      func() time.Time

	// mu guards what follows, and what is stored.
	mu         sync.Mutex
	flows      *store[*Flow]
	addresses  *store[*Address]
	references references
	// resources are what serves them.
	resources  []resource
	running    int
	requests   []*Request
	faults     []*faultState
	violations []error
	// later is the work that faults put off.
	later sync.WaitGroup
	// Closed by Close, so that calls that hang come to an end.
	closed    chan struct{}
	closeOnce sync.Once
}

// New returns a Server that holds nothing yet.
func New(options Options) (*Server, error) {
	if err := options.Behavior.validate(); err != nil {
		return nil, err
	}
	s := &Server{
		behavior: options.Behavior, load: options.Load, limiter: rate.NewLimiter(rate.Inf, 0), now: options.Now,
		closed: make(chan struct{}),
	}
	if perSecond := options.Load.PerSecond; perSecond > 0 {
		s.limiter = rate.NewLimiter(rate.Limit(perSecond), perSecond)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if err := s.addResources(); err != nil {
		return nil, fmt.Errorf("the emulator's OpenAPI documents: %w", err)
	}
	if err := s.behavior.checkFields(s.resources); err != nil {
		return nil, err
	}
	if err := s.SetReferences(options.References); err != nil {
		return nil, err
	}
	return s, s.SetFaults(options.Faults...)
}

func (s *Server) addResources() error {
	flowRules, err := flowContract()
	if err != nil {
		return err
	}
	addressRules, err := addressContract()
	if err != nil {
		return err
	}
	if s.references.contract, err = referencesContract(); err != nil {
		return err
	}
	behavior := &s.behavior
	flows := &flowHandler{behavior: behavior, integration: &flowRules.part}
	addresses := &addressHandler{behavior: behavior, autoCreation: &addressRules.part}
	s.flows = newStore[*Flow](flows.about().sidPrefix, behavior, s.now)
	s.addresses = newStore[*Address](addresses.about().sidPrefix, behavior, s.now)
	flows.flows = s.flows
	addresses.flows, addresses.addresses = s.flows, s.addresses
	s.resources = []resource{
		&collection[*Flow]{handler: flows, contract: flowRules, store: s.flows, behavior: behavior},
		&collection[*Address]{handler: addresses, contract: addressRules, store: s.addresses, behavior: behavior},
		&s.references,
	}
	return nil
}

// Close ends calls that a fault makes hang, and drops work that a fault put off.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		s.mu.Lock()
		close(s.closed)
		s.mu.Unlock()
	})
	s.later.Wait()
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

// ServeHTTP answers one call.
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
	w.Header().Set("Date", s.now().Add(s.behavior.ClockAhead).UTC().Format(http.TimeFormat))

	send := func(a *httpAnswer) {
		s.mu.Lock()
		request.Status = a.status
		s.mu.Unlock()
		a.write(w)
	}
	if refused := s.admit(); refused != nil {
		send(s.refusal(refused))
		return
	}
	defer s.release()
	if fault == nil {
		send(s.handle(r, body))
		return
	}
	// Work that was put off outlives the call.
	lasting := r.WithContext(context.WithoutCancel(r.Context()))
	s.inject(fault, w, r, send, func() *httpAnswer { return s.handle(lasting, body) })
}

// handle does what a call asks for.
func (s *Server) handle(r *http.Request, body []byte) *httpAnswer {
	if !authorized(r) {
		return s.refusal(unauthorized())
	}
	found, input := s.route(r)
	if found == nil {
		return s.refusal(notFound(r.URL.Path))
	}
	form, refused := found.rules().check(input, body)
	if refused != nil {
		return s.refusal(refused)
	}
	s.mu.Lock()
	status, content, refused := found.operate(&call{Request: r, input: input, form: form, baseURL: scheme(r) + "://" + r.Host})
	s.mu.Unlock()
	a := jsonAnswer(status, content)
	if refused != nil {
		a = s.refusal(refused)
	}
	if err := s.violated(found, input, a); err != nil {
		return s.refusal(refuse(http.StatusInternalServerError, 20500, "The emulator broke its own contract: "+err.Error()))
	}
	if refused == nil && content != nil && s.behavior.omits() {
		s.behavior.omit(content, found.about().listKey)
		a.body, _ = json.Marshal(content)
	}
	return a
}

// scheme is the one that the client used, which a proxy in front of the emulator names.
func scheme(r *http.Request) string {
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		return "https"
	}
	return "http"
}

// violated holds a response to its contract, and notes what is wrong.
func (s *Server) violated(found resource, input *openapi3filter.RequestValidationInput, a *httpAnswer) error {
	if s.load.Unchecked {
		return nil
	}
	err := found.rules().checkAnswer(input, a.status, a.header, a.body)
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.violations = append(s.violations, fmt.Errorf("%s %s: %w", input.Request.Method, input.Request.URL.Path, err))
	}
	return err
}

// route finds the resource that has a call's operation, nil for none.
func (s *Server) route(r *http.Request) (resource, *openapi3filter.RequestValidationInput) {
	for _, candidate := range s.resources {
		if input := candidate.rules().find(r); input != nil {
			return candidate, input
		}
	}
	return nil, nil
}

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
