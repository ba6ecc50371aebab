package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

// A Creation is a resource to create.
type Creation struct {
	Params url.Values
	// Compare compares a resource with what Params ask for. It decides which one is taken for the one that a create made whose response was
	// lost.
	Compare func(*Object) compare.Outcome
	// Timeout bounds the attempts, and not the search for a resource whose creation's response was lost. 0 means no bound.
	Timeout time.Duration
}

// A Created is what a create gave.
type Created struct {
	*Object
	// Adopted means that the response was lost, and that the resource was found.
	Adopted bool
	// Twins are resources that an earlier attempt may have created, whose response was lost and which did not show up in time.
	Twins []*Object
}

// Create creates one resource. Where the outcome of an attempt is not known, it looks for the resource before it does anything else: what
// is the same and was created during the attempt is adopted; what can't be told apart from it is named in an [*UnknownOutcomeError], and
// never created again.
//
// When ctx is canceled, an attempt that is under way still ends, and a search goes on for a few seconds at most.
func (c *Client) Create(ctx context.Context, creation Creation) (*Created, error) {
	bounded, cancel := ctx, context.CancelFunc(func() {})
	if creation.Timeout > 0 {
		bounded, cancel = context.WithTimeout(ctx, creation.Timeout)
	}
	defer cancel()

	p := c.creates.begin(creation, c.distinguishingKey(creation.Params))
	for try := 0; ; try++ {
		object, inDoubt, err := c.attemptUntilFree(bounded, p)
		if !inDoubt {
			p.resolve()
			if object == nil {
				return nil, err
			}
			return &Created{Object: object, Twins: c.findTwins(ctx, p)}, nil
		}
		found, lookErr := c.findLost(ctx, p)
		switch {
		case found != nil:
			return &Created{Object: found, Adopted: true}, nil
		case lookErr != nil:
			lookErr.Cause = err
			return nil, lookErr
		case p.confirmed:
			return nil, &UnknownOutcomeError{Cause: err, Reason: "Twilio said that it was created, but it does not show up"}
		case IsDuplicate(err) && !p.others[c.namedSID(err)]:
			return nil, c.newBlockedError(err)
		case isRefusal(err), try >= c.config.MaxRetries, !waitForRetry(bounded, err):
			p.resolve()
			return nil, &NotCreatedError{fmt.Errorf("%w; the %s was looked for, in case it had been created all the same, and is not there",
				err, c.name())}
		}
		tflog.Debug(ctx, "Creating the "+c.name()+" again: the outcome was unknown, and it is not there")
	}
}

// attemptUntilFree is attemptCreate, repeated while the API refuses the resource because of another one that may be about to go.
func (c *Client) attemptUntilFree(ctx context.Context, p *pendingCreate) (object *Object, inDoubt bool, err error) {
	_ = c.untilFree(ctx, func() error {
		if object, inDoubt, err = c.attemptCreate(ctx, p); inDoubt {
			return nil // it is looked for first
		}
		return err
	})
	return object, inDoubt, err
}

// attemptCreate makes one call, and notes what came of it before any other create that is alike can draw conclusions. inDoubt means that
// there may be a resource, although the object is nil: this attempt may have made it; or it was refused, and what is in the way may be what
// an earlier attempt made.
func (c *Client) attemptCreate(ctx context.Context, p *pendingCreate) (object *Object, inDoubt bool, err error) {
	if p.alike.underWay.Acquire(ctx, 1) != nil {
		return nil, false, fmt.Errorf("it was not sent, because one that is alike was still being looked for (%s)", stopped(ctx))
	}
	defer p.alike.underWay.Release(1)
	made, err := c.do(ctx, request{method: http.MethodPost, path: c.Path, form: p.Params, creates: true, began: p.began, tried: p.tried})
	if err == nil {
		object, err = c.decode(made.last().response, "")
	}
	p.tried += len(made.attempts)
	if object != nil {
		c.writes.created(object.SID, object.Text(c.FilterKey()))
		return object, false, err
	}
	if len(made.attempts) > 0 && made.last().mayHaveCreated() {
		p.recordLost(made.last())
		return nil, true, err
	}
	return nil, isRefusal(err) && len(p.attempts) > 0, err
}

// waitForRetry waits for as long as a response to the last attempt asked, and reports whether there is time for another one.
func waitForRetry(ctx context.Context, err error) bool {
	if refused, ok := errors.AsType[*APIError](err); ok {
		return sleep(ctx, time.Until(refused.RetryAt)) == nil
	}
	return ctx.Err() == nil
}

// mayHaveCreated reports whether the attempt at a create may have made a resource, though it gave none.
func (a *attempt) mayHaveCreated() bool {
	if a.err != nil {
		return a.sent
	}
	return a.response.isSuccess() || a.response.status >= http.StatusInternalServerError
}

// An UnknownOutcomeError is a create of which it is not known whether there is a resource.
type UnknownOutcomeError struct {
	// Cause is what the create met.
	Cause error
	// Reason says why it is not known.
	Reason string
	// Candidates are resources of which one may be what the create made.
	Candidates []*Object
}

func (e *UnknownOutcomeError) Error() string { return fmt.Sprintf("%v; %s", e.Cause, e.Reason) }
func (e *UnknownOutcomeError) Unwrap() error { return e.Cause }

// newBlockedError is the error of a create that is refused because the resource exists, after an attempt whose response was lost.
func (c *Client) newBlockedError(err error) *UnknownOutcomeError {
	e := &UnknownOutcomeError{Cause: err, Reason: "the " + c.name() + " that is in the way is probably what an earlier attempt created, " +
		"whose response was lost"}
	if named := c.namedSID(err); named != "" {
		e.Candidates = []*Object{{SID: named}}
	}
	return e
}

// namedSID is the SID that a refusal names, empty for none.
func (c *Client) namedSID(err error) string {
	if refused, ok := errors.AsType[*APIError](err); ok {
		return refused.NamedSID(c.SID)
	}
	return ""
}

// A NotCreatedError is a create that failed in a way that told nothing, after which there was no resource.
type NotCreatedError struct{ error }

func (e *NotCreatedError) Unwrap() error { return e.error }
