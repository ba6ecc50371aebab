package twilio_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A roundTripper carries requests to a handler without a network, so that time can be virtual.
type roundTripper http.HandlerFunc

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder, done := httptest.NewRecorder(), make(chan struct{})
	go func() {
		defer close(done)
		f(recorder, r)
	}()
	select {
	case <-done:
		return recorder.Result(), nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

const studioPath = "/v2/Flows/FW00000000000000000000000000000001"

func fetchingClient(t *testing.T, handler http.HandlerFunc) *twilio.Client {
	t.Helper()
	client, err := newClient(twilio.Config{
		Username: username, Password: password, Transport: roundTripper(handler), CheckReferences: true, MaxRetries: 5,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestFetchOnce_isShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var requests atomic.Int32
		client := fetchingClient(t, func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			if got := r.URL.String(); got != "https://studio.twilio.com"+studioPath {
				t.Errorf("requested %s", got)
			}
			if user, _, _ := r.BasicAuth(); user != username {
				t.Errorf("the user name is %q", user)
			}
			time.Sleep(time.Second)
			_, _ = w.Write([]byte(`{"status":"published"}`))
		})
		var wait sync.WaitGroup
		for range 100 {
			wait.Go(func() {
				fields, err := client.FetchOnce(t.Context(), "studio", studioPath)
				if err != nil || string(fields["status"]) != `"published"` {
					t.Errorf("%s %v", fields, err)
				}
			})
		}
		wait.Wait()
		if requests.Load() != 1 {
			t.Errorf("%d requests, expected 1", requests.Load())
		}
	})
}

func TestFetchOnce_missing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := fetchingClient(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"code":20404,"message":"The requested resource was not found","status":404}`))
		})
		for _, path := range []string{studioPath, studioPath + "1"} { // the second shows that the host is still asked
			if _, err := client.FetchOnce(t.Context(), "studio", path); !twilio.IsNotFound(err) {
				t.Errorf("%s: %v", path, err)
			}
		}
	})
}

// After a response that tells nothing, the host gets no further request, and other hosts do.
func TestFetchOnce_hostFails(t *testing.T) {
	responses := map[string]http.HandlerFunc{
		"401":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) },
		"403":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) },
		"foreign 404":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); _, _ = w.Write([]byte("<html>")) },
		"429":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) },
		"503":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) },
		"not JSON":       func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
		"not an object":  func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[]")) },
		"hangs too long": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	}
	for name, respond := range responses {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var requests atomic.Int32
				client := fetchingClient(t, func(w http.ResponseWriter, r *http.Request) {
					if strings.HasPrefix(r.URL.Host, "studio") {
						requests.Add(1)
						respond(w, r)
						return
					}
					_, _ = w.Write([]byte(`{}`))
				})
				began := time.Now()
				for _, path := range []string{studioPath, studioPath, studioPath + "1"} {
					if _, err := client.FetchOnce(t.Context(), "studio", path); err == nil || twilio.IsNotFound(err) {
						t.Errorf("%s: %v", path, err)
					}
				}
				if requests.Load() != 1 {
					t.Errorf("%d requests, expected 1", requests.Load())
				}
				if waited := time.Since(began); waited > 2*time.Second {
					t.Errorf("waited for %s", waited)
				}
				if _, err := client.FetchOnce(t.Context(), "taskrouter", "/v1/Workspaces/1"); err != nil {
					t.Error("another host:", err)
				}
			})
		})
	}
}

// A caller waits no longer than it may, and one that gives up takes nothing from the others: a request has its own time.
func TestFetchOnce_callerGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := fetchingClient(t, func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(1100 * time.Millisecond)
			_, _ = w.Write([]byte(`{}`))
		})
		began := time.Now()
		for range 2 { // the first sends the request, and the second joins it
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			_, err := client.FetchOnce(ctx, "studio", studioPath)
			cancel()
			if err == nil {
				t.Error("no error")
			}
		}
		if waited := time.Since(began); waited != 200*time.Millisecond {
			t.Errorf("waited for %s", waited)
		}
		for _, path := range []string{studioPath, studioPath + "1"} {
			if _, err := client.FetchOnce(t.Context(), "studio", path); err != nil {
				t.Error(path, err)
			}
		}
	})
}

// A refusal of one path says nothing of another one.
func TestFetchOnce_pathRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := fetchingClient(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == studioPath {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"code":20001,"message":"Bad","status":400}`))
				return
			}
			_, _ = w.Write([]byte(`{}`))
		})
		if _, err := client.FetchOnce(t.Context(), "studio", studioPath); err == nil || twilio.IsNotFound(err) {
			t.Error(err)
		}
		if _, err := client.FetchOnce(t.Context(), "studio", studioPath+"1"); err != nil {
			t.Error(err)
		}
	})
}

func TestFetchOnce_off(t *testing.T) {
	client, err := newClient(twilio.Config{Username: username, Password: password, Transport: roundTripper(
		func(_ http.ResponseWriter, r *http.Request) { t.Errorf("requested %s", r.URL) },
	)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.FetchOnce(t.Context(), "studio", studioPath); err == nil {
		t.Error("expected an error")
	}
}
