package acctest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

// InVirtualTime runs a test in a bubble of [synctest], where waits take no time. An emulator in it comes from [NewMemoryEmulator].
func InVirtualTime(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

// NewMemoryEmulator is [NewEmulator] without a network: providers of [NewConfiguredProtocol] reach it through memory.
func NewMemoryEmulator(t testing.TB, options flexemulator.Options) *Emulator {
	t.Helper()
	api, err := flexemulator.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		api.Close()
		for _, violation := range api.Violations() {
			t.Errorf("the emulator broke its contract: %v", violation)
		}
	})
	return &Emulator{Server: api, URL: "http://127.0.0.1", transport: NewTransport(api), t: t}
}

// NewTransport returns a transport that carries requests to a handler, without a network.
func NewTransport(handler http.Handler) http.RoundTripper { return &transport{handler} }

type transport struct{ handler http.Handler }

// RoundTrip serves a request. The handler goes on when the caller leaves, as a server does.
func (m *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx := r.Context()
	if trace := httptrace.ContextClientTrace(ctx); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	body := []byte{}
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	served := r.Clone(ctx)
	served.Body, served.RequestURI = io.NopCloser(bytes.NewReader(body)), r.URL.RequestURI()
	w := &memoryResponse{header: http.Header{}, done: make(chan struct{})}
	go w.serve(m.handler, served)
	select {
	case <-w.done:
		return w.response(r)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// A memoryResponse is a response as it is written.
type memoryResponse struct {
	mu      sync.Mutex
	header  http.Header
	status  int
	body    bytes.Buffer
	aborted bool
	done    chan struct{}
}

func (w *memoryResponse) serve(handler http.Handler, r *http.Request) {
	defer close(w.done)
	defer func() {
		switch problem := recover(); {
		case problem == nil:
		case errors.Is(asError(problem), http.ErrAbortHandler):
			w.aborted = true
		default:
			panic(problem)
		}
	}()
	handler.ServeHTTP(w, r)
}

func asError(problem any) error {
	if err, ok := problem.(error); ok {
		return err
	}
	return fmt.Errorf("%v", problem)
}

func (w *memoryResponse) Header() http.Header { return w.header }

func (w *memoryResponse) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.status == 0 {
		w.status = status
	}
}

func (w *memoryResponse) Write(content []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(content)
}

func (w *memoryResponse) Flush() {}

// response is what the caller gets: nothing where the handler aborted before it wrote, and half a response where it did after.
func (w *memoryResponse) response(r *http.Request) (*http.Response, error) {
	if w.aborted && w.status == 0 {
		return nil, io.EOF
	}
	w.WriteHeader(http.StatusOK)
	body := io.Reader(bytes.NewReader(w.body.Bytes()))
	if w.aborted {
		body = io.MultiReader(body, failing{})
	}
	return &http.Response{
		StatusCode: w.status, Header: w.header, Body: io.NopCloser(body), Request: r, ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1,
	}, nil
}

// failing is a body that was cut.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// ProviderOptions are those of a provider for the emulator.
func (e *Emulator) ProviderOptions() []provider.Option {
	if e.transport == nil {
		return nil
	}
	return []provider.Option{provider.WithTransport(e.transport)}
}
