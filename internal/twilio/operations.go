package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// one is the path of one resource. Nothing but a well-formed SID ever becomes part of a path.
func (c *Client) one(resourceSID string) (string, error) {
	return c.Path + "/" + resourceSID, c.SID.Check(resourceSID)
}

// Fetch returns the resource with the SID. [IsNotFound] tells whether an error means that there is none.
func (c *Client) Fetch(ctx context.Context, resourceSID string) (*Object, error) {
	return c.about(ctx, http.MethodGet, resourceSID, nil)
}

// Update changes what params hold and leaves the rest. A [*ResponseError] comes with a nil object: the update was done, but its
// response tells nothing.
func (c *Client) Update(ctx context.Context, resourceSID string, params url.Values) (*Object, error) {
	defer c.writes.updated(resourceSID, c.filterOf(params))
	return c.about(ctx, http.MethodPost, resourceSID, params)
}

func (c *Client) about(ctx context.Context, method, resourceSID string, form url.Values) (*Object, error) {
	path, err := c.one(resourceSID)
	if err != nil {
		return nil, err
	}
	made, err := c.do(ctx, request{method: method, path: path, form: form})
	if err != nil {
		return nil, err
	}
	return c.decode(made.answer, resourceSID)
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

// Delete deletes the resource. [IsNotFound] tells whether an error means that there was none: not one that an earlier attempt
// deleted, whose response was lost. A resource that [Client.Create] adopted is kept, with [ErrAdopted].
func (c *Client) Delete(ctx context.Context, resourceSID string) error {
	path, err := c.one(resourceSID)
	if err != nil {
		return err
	}
	if !c.writes.deleting(resourceSID) {
		return ErrAdopted
	}
	_, err = c.do(ctx, request{method: http.MethodDelete, path: path})
	c.writes.deleted(resourceSID, err == nil || IsNotFound(err))
	var refused *APIError
	if IsNotFound(err) && errors.As(err, &refused) && refused.Tries.Lost {
		return nil
	}
	return err
}

// A ResponseError is a call that the API did, with a response that could not be read.
type ResponseError struct {
	Status    int
	RequestID string
	// Problem says what could not be read.
	Problem string
}

func (e *ResponseError) Error() string {
	return fmt.Sprintf("the call was done (status %d, request %q), but %s", e.Status, e.RequestID, e.Problem)
}
