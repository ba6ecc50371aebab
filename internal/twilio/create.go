package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// A Creation is a resource to create.
type Creation struct {
	Params url.Values
	// Matches tells whether a resource is what Params ask for. It decides which one is taken for the one that a create made whose
	// response was lost.
	Matches func(*Object) bool
	// Timeout bounds the attempts, and not the search for a resource whose creation's response was lost. 0 means no bound.
	Timeout time.Duration
}

// Create creates one resource, and never a second one: where an attempt's outcome is not known, it looks for the resource before
// it does anything else. adopted tells that it was found so. An [*UnknownOutcomeError] says that there may be one.
//
// When ctx is cancelled, an attempt that is under way still ends, and a search goes on for a few seconds at most.
func (c *Client) Create(ctx context.Context, creation Creation) (object *Object, adopted bool, err error) {
	bounded, cancel := ctx, context.CancelFunc(func() {})
	if creation.Timeout > 0 {
		bounded, cancel = context.WithTimeout(ctx, creation.Timeout)
	}
	defer cancel()

	p := c.creates.begin(creation, c.likeness(creation.Params))
	for try := 0; ; try++ {
		object, outcome, err := c.attemptCreate(bounded, p)
		if object != nil || outcome == notDone {
			p.resolve()
			return object, false, err
		}
		found, lookErr := c.findLost(ctx, p)
		switch {
		case found != nil:
			return found, true, nil
		case lookErr != nil:
			lookErr.Cause = err
			return nil, false, lookErr
		case outcome == done:
			return nil, false, &UnknownOutcomeError{Cause: err, Reason: "Twilio said that it was created, but it does not show up"}
		case isRefusal(err), try >= c.config.MaxRetries, !waitForRetry(bounded, err):
			p.resolve()
			return nil, false, &NotCreatedError{Cause: err, Name: c.name()}
		}
		tflog.Debug(ctx, "Creating the "+c.name()+" again: the outcome was unknown, and it is not there")
	}
}

// attemptCreate makes one call, and takes down what came of it before any other create that is alike can draw conclusions. The object
// is nil only where no SID could be told.
func (c *Client) attemptCreate(ctx context.Context, p *pendingCreate) (*Object, outcome, error) {
	if p.alike.underWay.Acquire(ctx, 1) != nil {
		return nil, notDone, fmt.Errorf("it was not begun, because one that is alike was still being looked for (%s)", stopped(ctx))
	}
	defer p.alike.underWay.Release(1)
	var object *Object
	made, err := c.do(ctx, request{method: http.MethodPost, path: c.Path, form: p.Params, creates: true})
	if err == nil {
		object, err = c.decode(made.answer, "")
	}
	if object != nil {
		c.writes.created(object.SID, object.Text(c.FilterKey))
		return object, done, err
	}
	outcome := outcomeOf(err)
	switch {
	case outcome != notDone:
		p.lose(made.last, outcome)
	case isRefusal(err) && len(p.attempts) > 0:
		outcome = unknown // what is in the way may be what an earlier attempt made
	}
	return nil, outcome, err
}

// waitForRetry waits for as long as a response to the last attempt asked, and tells whether there is time for another one.
func waitForRetry(ctx context.Context, err error) bool {
	if refused, ok := errors.AsType[*APIError](err); ok {
		select {
		case <-time.After(time.Until(refused.RetryAt)):
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

// An outcome is what a create that gave no resource may have done.
type outcome int

const (
	notDone outcome = iota
	unknown
	done
)

func outcomeOf(err error) outcome {
	var refused *APIError
	var failed *RequestError
	var unclear *ResponseError
	switch {
	case errors.As(err, &unclear):
		return done
	case errors.As(err, &refused) && refused.Status < http.StatusInternalServerError:
		return notDone
	case errors.As(err, &failed) && !failed.Sent:
		return notDone
	case errors.As(err, &failed) && failed.Status >= 200 && failed.Status < 300:
		return done
	}
	return unknown
}

// isRefusal tells whether the API refused what was asked for. Which status it has for a resource that is there already is not documented.
func isRefusal(err error) bool {
	var refused *APIError
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return false
	}
	return refused.Status >= 400 && refused.Status < 500
}

// An UnknownOutcomeError is a create of which it can't be told whether there is a resource.
type UnknownOutcomeError struct {
	// Cause is what the create met.
	Cause error
	// Reason says why it can't be told.
	Reason string
	// Candidates are resources of which one may be what the create made.
	Candidates []*Object
}

func (e *UnknownOutcomeError) Error() string { return fmt.Sprintf("%v; %s", e.Cause, e.Reason) }
func (e *UnknownOutcomeError) Unwrap() error { return e.Cause }

// A NotCreatedError is a create that failed in a way that told nothing, after which there was no resource.
type NotCreatedError struct {
	// Cause is what the create met.
	Cause error
	// Name is what the resource is called.
	Name string
}

func (e *NotCreatedError) Error() string {
	return fmt.Sprintf("%v; the %s was looked for, in case it had been created all the same, and is not there", e.Cause, e.Name)
}
func (e *NotCreatedError) Unwrap() error { return e.Cause }
