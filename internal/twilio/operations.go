package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// path is the path of one resource. Nothing but a well-formed SID ever becomes part of a path.
func (c *Client) path(resourceSID string) (string, error) {
	return c.Path + "/" + resourceSID, c.SID.Check(resourceSID)
}

// Fetch returns the resource with the SID. [IsNotFound] reports whether an error means that there is none. A resource of another account
// than the configured one is an error.
func (c *Client) Fetch(ctx context.Context, resourceSID string) (*Object, error) {
	object, err := c.callResource(ctx, http.MethodGet, resourceSID, nil)
	if err == nil {
		err = c.CheckAccount(object)
	}
	if err != nil {
		return nil, err
	}
	return object, nil
}

// FetchByAlias returns the resource whose path has a value of the kind's Alias in place of the SID. It makes one attempt, which may take
// two seconds, and returns nil where that finds nothing, fails, or finds what this client has deleted: a list then tells more.
func (c *Client) FetchByAlias(ctx context.Context, value string) *Object {
	if c.Alias == "" || strings.Trim(value, ".") == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	made, err := c.do(ctx, request{method: http.MethodGet, path: c.Path + "/" + url.PathEscape(value), once: true})
	if err != nil {
		return nil
	}
	object, err := c.decode(made.last().response, "")
	if err != nil || c.CheckAccount(object) != nil || c.writes.of(object.SID).gone {
		return nil
	}
	return object
}

// Update changes what params hold and leaves the rest. A [*ResponseError] comes with a nil object: the update was done, but its
// response tells nothing.
func (c *Client) Update(ctx context.Context, resourceSID string, params url.Values) (object *Object, err error) {
	err = c.untilFree(ctx, func() error {
		object, err = c.callResource(ctx, http.MethodPost, resourceSID, params)
		return err
	})
	done := err == nil || errors.As(err, new(*ResponseError))
	c.writes.updated(resourceSID, c.filterOf(params), done)
	if done {
		c.account.noteFreed()
	}
	return object, err
}

func (c *Client) callResource(ctx context.Context, method, resourceSID string, form url.Values) (*Object, error) {
	path, err := c.path(resourceSID)
	if err != nil {
		return nil, err
	}
	made, err := c.do(ctx, request{method: method, path: path, form: form})
	if err != nil {
		return nil, err
	}
	return c.decode(made.last().response, resourceSID)
}

// decode is [Kind.decode] for a response to this client.
func (c *Client) decode(got *response, asked string) (*Object, error) {
	object, err := c.Kind.decode(got, asked)
	if err == nil {
		c.account.rememberAccount(object.AccountSID)
	}
	return object, err
}

// filterOf is the value that parameters give what lists can be narrowed by, nil where they give none.
func (c *Client) filterOf(params url.Values) *string {
	if !params.Has(c.Filter) {
		return nil
	}
	return new(params.Get(c.Filter))
}

// ErrAdopted is a deletion that was not made: the resource turned out to be what this client's own create made, so it is in use.
var ErrAdopted = errors.New("it is what a create of this run was found to have made")

// Delete deletes the resource. [IsNotFound] reports whether an error means that there was none: not one that an earlier attempt
// deleted, whose response was lost. A resource that [Client.Create] adopted is kept, with [ErrAdopted].
func (c *Client) Delete(ctx context.Context, resourceSID string) error {
	path, err := c.path(resourceSID)
	if err != nil {
		return err
	}
	if !c.writes.deleting(resourceSID) {
		return ErrAdopted
	}
	made, err := c.do(ctx, request{method: http.MethodDelete, path: path})
	gone := err == nil || IsNotFound(err)
	c.writes.deleted(resourceSID, gone)
	if gone {
		c.account.noteFreed()
	}
	if IsNotFound(err) && made.lost() {
		return nil
	}
	return err
}

// untilFree makes a write, and repeats it while the API refuses it because of another resource that may be about to go: Twilio may know a
// resource that this run deleted or changed for the propagation time; any other one is waited for a few seconds, since another resource of
// this run may be about to free what it has.
func (c *Client) untilFree(ctx context.Context, write func() error) error {
	began := time.Now()
	for wait := c.config.PropagationTime / 40; ; wait *= 2 {
		attempted := time.Now()
		err := write()
		left := max(began.Add(c.config.PropagationTime*3/10).Sub(attempted), c.account.freedAt().Add(c.config.PropagationTime).Sub(attempted))
		if !IsDuplicate(err) || left <= 0 {
			return err
		}
		if sleep(ctx, min(wait, left)) != nil {
			return err
		}
	}
}

// RetryNotFound makes a call, and again for as long as it finds nothing though the resource was created only just now: Twilio's APIs
// may take some seconds, at most the client's propagation time, until what one call made is seen by the next. age is the time since the
// creation.
func (c *Client) RetryNotFound(ctx context.Context, age time.Duration, call func() error) error {
	start := time.Now()
	deadline := start.Add(c.config.PropagationTime - min(age, c.config.PropagationTime))
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		left := time.Until(deadline) // when the call begins: it may take longer than that
		err := call()
		if !IsNotFound(err) || left <= 0 {
			return err
		}
		if sleep(ctx, min(wait, left)) != nil {
			return fmt.Errorf("the %s, created %s ago, is not there yet (%s)", c.name(), (age + time.Since(start)).Round(time.Second), stopped(ctx))
		}
	}
}

// FetchNew is [Client.Fetch], but asks again for as long as a resource that this client created may not be seen yet.
func (c *Client) FetchNew(ctx context.Context, resourceSID string) (object *Object, err error) {
	err = c.RetryNotFound(ctx, time.Since(c.writes.of(resourceSID).created), func() error {
		object, err = c.Fetch(ctx, resourceSID)
		return err
	})
	return object, err
}
