package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// lookTimeout bounds a request whose response is only of use if it comes soon.
const lookTimeout = 2 * time.Second

// onceFetches are the requests of [Client.FetchOnce], of one account.
type onceFetches struct {
	mu sync.Mutex
	// sent holds the requests, and failed the hosts that no further request is sent to.
	sent   map[hostPath]*onceFetch
	failed map[string]bool
}

type hostPath struct{ host, path string }

type onceFetch struct {
	// done is closed when the other fields are set.
	done   chan struct{}
	fields map[string]json.RawMessage
	err    error
}

// FetchOnce returns the fields of a resource of any of Twilio's APIs. host is the first label of the API's host, such as studio. All calls
// for one path share one request, which is one attempt. [IsNotFound] reports whether an error means that there is no such resource; any
// other error means that nothing is known. After one that is about the host or the credentials, no further request is sent to this host.
func (c *Client) FetchOnce(ctx context.Context, host, path string) (map[string]json.RawMessage, error) {
	if !c.config.CheckReferences {
		return nil, errors.New("check_references is false")
	}
	fetch := c.account.onceFetches.begin(hostPath{host, path}, func() (map[string]json.RawMessage, error) {
		return c.account.Client(Kind{Host: host}).fetchFields(context.WithoutCancel(ctx), path)
	})
	if fetch == nil {
		return nil, fmt.Errorf("an earlier request to %s failed", host)
	}
	select {
	case <-fetch.done:
		return fetch.fields, fetch.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// begin returns the request for a path, which it sends if there is none yet; nil where the host failed.
func (f *onceFetches) begin(to hostPath, send func() (map[string]json.RawMessage, error)) *onceFetch {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fetch, ok := f.sent[to]; ok {
		return fetch
	}
	if f.failed[to.host] {
		return nil
	}
	fetch := &onceFetch{done: make(chan struct{})}
	f.sent[to] = fetch
	go func() {
		fetch.fields, fetch.err = send()
		f.mu.Lock()
		f.failed[to.host] = f.failed[to.host] || fetch.err != nil && !isAboutPath(fetch.err)
		f.mu.Unlock()
		close(fetch.done)
	}()
	return fetch
}

// fetchFields makes one attempt at a request.
func (c *Client) fetchFields(ctx context.Context, path string) (map[string]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	made, err := c.do(ctx, request{method: http.MethodGet, path: path, once: true})
	if err != nil {
		return nil, err
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(made.last().response.body, &fields); err != nil {
		return nil, fmt.Errorf("the response is not a JSON object: %w", err)
	}
	return fields, nil
}

// isAboutPath reports whether an error tells nothing of other paths: Twilio refused this one.
func isAboutPath(err error) bool {
	refused, ok := errors.AsType[*APIError](err)
	return ok && refused.IsTwilios() && isRefusal(err)
}
