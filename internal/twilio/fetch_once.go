package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// lookTimeout bounds a request whose response is only of use if it comes soon.
const lookTimeout = 2 * time.Second

// FetchOnce returns the fields of a resource of any of Twilio's APIs. host is the first label of the API's host, such as studio. All calls
// for one path share one request, which is one attempt. [IsNotFound] reports whether an error means that there is no such resource; any
// other error means that nothing is known. After one that is about the host or the credentials, no further request is sent to this host.
func (c *Client) FetchOnce(ctx context.Context, host, path string) (map[string]json.RawMessage, error) {
	if !c.config.CheckReferences {
		return nil, errors.New("check_references is false")
	}
	of := c.account.Client(Kind{Host: host})
	of.fetchesMu.Lock()
	f, isSent := of.fetches[path]
	if !isSent {
		f = &fetch{done: make(chan struct{})}
		of.fetches[path] = f
		go func() {
			f.fields, f.err = of.fetchFields(context.WithoutCancel(ctx), path) // others may wait for longer than this caller
			close(f.done)
		}()
	}
	of.fetchesMu.Unlock()
	select {
	case <-f.done:
		return f.fields, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// A fetch is a request of [Client.FetchOnce], and its result once done is closed.
type fetch struct {
	done   chan struct{}
	fields map[string]json.RawMessage
	err    error
}

// fetchFields makes one attempt at a request, unless an earlier one failed.
func (c *Client) fetchFields(ctx context.Context, path string) (fields map[string]json.RawMessage, err error) {
	if c.fetchFailed.Load() {
		return nil, fmt.Errorf("an earlier request to %s failed", c.Host)
	}
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	made, err := c.do(ctx, request{method: http.MethodGet, path: path, once: true})
	if err == nil {
		err = json.Unmarshal(made.last().response.body, &fields)
	}
	if err != nil && !isAboutPath(err) {
		c.fetchFailed.Store(true)
	}
	return fields, err
}

// isAboutPath reports whether an error tells nothing of other paths: Twilio refused this one.
func isAboutPath(err error) bool {
	refused, ok := errors.AsType[*APIError](err)
	return ok && refused.IsTwilios() && isRefusal(err)
}
