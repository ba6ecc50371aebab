package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// A Creation is a flow to create.
type Creation struct {
	Params Params
	// Matches tells whether a flow is what Params ask for. It decides which flow is taken for the one that a create made whose
	// response was lost.
	Matches func(*FlexFlow) bool
	// Timeout bounds the attempts, and not the search for a flow whose creation's response was lost. 0 means no bound.
	Timeout time.Duration
}

// CreateFlexFlow creates one flow, and never a second one: where an attempt's outcome is not known, it looks for the flow before
// it does anything else. adopted tells that the flow was found so. Once there is a flow it is returned, even with an
// [*AnswerError] for what could not be read of it. An [*UnknownOutcomeError] says that there may be a flow.
//
// When ctx is cancelled, an attempt that is under way still ends, and a search goes on for a few seconds at most.
func (c *Client) CreateFlexFlow(ctx context.Context, creation Creation) (flow *FlexFlow, adopted bool, err error) {
	bounded, cancel := ctx, context.CancelFunc(func() {})
	if creation.Timeout > 0 {
		bounded, cancel = context.WithTimeout(ctx, creation.Timeout)
	}
	defer cancel()

	p := c.creates.begin(creation)
	for try := 0; ; try++ {
		flow, outcome, err := c.attemptCreate(bounded, p)
		if flow != nil || outcome == notDone {
			p.resolve()
			return flow, false, err
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
		case isConflict(err), try >= c.config.MaxRetries, !waitForRetry(bounded, err):
			p.resolve()
			return nil, false, &NotCreatedError{Cause: err}
		}
		tflog.Debug(ctx, "Creating the Flex Flow again: the outcome was unknown, and it is not there")
	}
}

// attemptCreate makes one call, and takes down what came of it before any other create that is alike can draw conclusions. The flow
// is nil only where no SID could be told.
func (c *Client) attemptCreate(ctx context.Context, p *pendingCreate) (*FlexFlow, outcome, error) {
	if p.alike.underWay.Acquire(ctx, 1) != nil {
		return nil, notDone, fmt.Errorf("it was not begun, because one that is alike was still being looked for (%s)", stopped(ctx))
	}
	defer p.alike.underWay.Release(1)
	api, e := c.api(ctx)
	params := flex.CreateFlexFlowParams(p.Params)
	var flow *FlexFlow
	_, err := api.CreateFlexFlow(&params)
	if err == nil {
		flow, err = c.decode(e.answer, "")
	}
	if flow != nil {
		c.writes.created(flow.SID, flow.FriendlyName)
		return flow, done, err
	}
	outcome := outcomeOf(err)
	switch {
	case outcome != notDone:
		p.lose(e.last, outcome)
	case isConflict(err) && len(p.attempts) > 0:
		outcome = unknown // what is in the way may be what an earlier attempt made
	}
	return nil, outcome, err
}

// waitForRetry waits for as long as a response to the last attempt asked, and tells whether there is time for another one.
func waitForRetry(ctx context.Context, err error) bool {
	if refused, ok := errors.AsType[*Error](err); ok {
		select {
		case <-time.After(time.Until(refused.RetryAt)):
		case <-ctx.Done():
		}
	}
	return ctx.Err() == nil
}

// An outcome is what a create that gave no flow may have done.
type outcome int

const (
	notDone outcome = iota
	unknown
	done
)

func outcomeOf(err error) outcome {
	var refused *Error
	var failed *CallError
	var unclear *AnswerError
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

func isConflict(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusConflict
}

// An UnknownOutcomeError is a create of which it can't be told whether there is a flow.
type UnknownOutcomeError struct {
	// Cause is what the create met.
	Cause error
	// Reason says why it can't be told.
	Reason string
	// Candidates are flows of which one may be what the create made.
	Candidates []*FlexFlow
}

func (e *UnknownOutcomeError) Error() string { return fmt.Sprintf("%v; %s", e.Cause, e.Reason) }
func (e *UnknownOutcomeError) Unwrap() error { return e.Cause }

// A NotCreatedError is a create that failed in a way that told nothing, after which there was no flow.
type NotCreatedError struct {
	// Cause is what the create met.
	Cause error
}

func (e *NotCreatedError) Error() string {
	return fmt.Sprintf("%v; the Flex Flow was looked for, in case it had been created all the same, and is not there", e.Cause)
}
func (e *NotCreatedError) Unwrap() error { return e.Cause }
