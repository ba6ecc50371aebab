package twilio

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// A Creation is a flow to create.
type Creation struct {
	Params Params
	// Same tells whether a flow is what Params ask for. It decides which flow is taken for the one that a create made whose
	// answer was lost.
	Same func(*FlexFlow) bool
}

// CreateFlexFlow creates one flow, and never a second one: where an attempt's outcome is not known, it looks for the flow before
// it does anything else. adopted tells that the flow was found so. Once there is a flow it is returned, even with an
// [*AnswerError] for what could not be read of it. An [*UnknownOutcomeError] says that there may be a flow.
//
// Only ctx being cancelled stops a look; its deadline bounds the attempts.
func (c *Client) CreateFlexFlow(ctx context.Context, creation Creation) (flow *FlexFlow, adopted bool, err error) {
	release, err := c.creates.turn(ctx, creation.Params)
	if err != nil {
		return nil, false, fmt.Errorf("another Flex Flow alike was being created, and it was not waited for: %w", err)
	}
	defer release()

	start, earlier := time.Now(), error(nil) // earlier is what an attempt of unknown outcome met
	for try := 0; ; try++ {
		flow, err := c.create(ctx, creation.Params)
		if flow != nil {
			c.claim(flow)
			return flow, false, err
		}
		outcome := outcomeOf(err)
		if outcome == notDone && earlier != nil && isConflict(err) {
			outcome = unknown // what is in the way may be what the earlier attempt made
		}
		if outcome == notDone {
			return nil, false, err
		}
		earlier = err
		found, lookErr := c.look(ctx, creation, start)
		switch {
		case found != nil:
			return found, true, nil
		case lookErr != nil:
			lookErr.Cause = err
			return nil, false, lookErr
		case outcome == done:
			return nil, false, &UnknownOutcomeError{Cause: err, Reason: "Twilio said that it was created, but it does not show up"}
		case isConflict(err), try >= c.config.MaxRetries, ctx.Err() != nil:
			return nil, false, &NotCreatedError{Cause: err}
		}
		tflog.Debug(ctx, "Creating the Flex Flow again: the outcome was unknown, and it is not there")
	}
}

// create makes one call. The flow is nil only where no SID could be told.
func (c *Client) create(ctx context.Context, params Params) (*FlexFlow, error) {
	api, e := c.api(ctx)
	created := flex.CreateFlexFlowParams(params)
	if _, err := api.CreateFlexFlow(&created); err != nil {
		return nil, err
	}
	return decodeFlexFlow(e.answer, "")
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

// lookTime is for how long a look goes on when its own calls fail, over and above the time in which a flow shows up.
const lookTime = 2 * time.Minute

// look looks for the flow that a create of unknown outcome, begun at start, may have made. It gives that flow, claimed; nil if
// there is none; an error if it can't tell. Lists may lag, so it looks for as long as a flow may take to show up.
func (c *Client) look(ctx context.Context, creation Creation, start time.Time) (*FlexFlow, *UnknownOutcomeError) {
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, &UnknownOutcomeError{Reason: "Terraform was interrupted, so it was not looked for"}
	}
	ctx, cancel := withoutDeadline(ctx, c.config.SettleTime+lookTime)
	defer cancel()
	begin := time.Now()
	for wait := c.config.SettleTime / 40; ; wait *= 2 {
		certain, doubtful, err := c.candidates(ctx, creation, start)
		switch {
		case err != nil:
			return nil, &UnknownOutcomeError{Reason: fmt.Sprintf("it was looked for, but that failed too: %v", err)}
		case len(certain) == 1 && len(doubtful) == 0:
			c.claim(certain[0])
			return certain[0], nil
		case len(certain)+len(doubtful) > 0:
			return nil, &UnknownOutcomeError{
				Reason:     "several Flex Flows could be it, or one that does not tell when it was created",
				Candidates: slices.Concat(certain, doubtful),
			}
		}
		left := c.config.SettleTime - time.Since(begin)
		if left <= 0 {
			return nil, nil
		}
		select {
		case <-time.After(min(wait, left)):
		case <-ctx.Done():
			return nil, &UnknownOutcomeError{Reason: "it was looked for, until Terraform was interrupted"}
		}
	}
}

// candidates are the flows that a create begun at start may have made: those with its name that are the same in every value,
// were made since then and belong to no other create. Doubtful ones do not tell when they were made.
func (c *Client) candidates(ctx context.Context, creation Creation, start time.Time) (certain, doubtful []*FlexFlow, err error) {
	name := ""
	if creation.Params.FriendlyName != nil {
		name = *creation.Params.FriendlyName
	}
	flows, now, err := c.listByName(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	if now.IsZero() {
		now = time.Now()
	}
	// By the API's clock, which need not be this machine's. Its times are in whole seconds, so a second is granted.
	since := now.Add(-time.Since(start) - time.Second)
	for _, flow := range flows {
		if !creation.Same(flow) || c.creates.isClaimed(flow.SID) {
			continue
		}
		made, err := time.Parse(time.RFC3339, orEmpty(flow.DateCreated))
		switch {
		case err != nil:
			doubtful = append(doubtful, flow)
		case !made.Before(since):
			certain = append(certain, flow)
		}
	}
	return certain, doubtful, nil
}

func orEmpty(s *string) string {
	return *cmp.Or(s, new(""))
}

// withoutDeadline is ctx with a time of its own: it ends when that is up, or ctx is cancelled.
func withoutDeadline(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	stop := context.AfterFunc(ctx, func() {
		if errors.Is(ctx.Err(), context.Canceled) {
			cancel()
		}
	})
	return bounded, func() {
		stop()
		cancel()
	}
}

// creates keeps the creates of one client apart.
type creates struct {
	mu sync.Mutex
	// turns holds, for flows that are alike, a channel of one place that whoever creates one occupies.
	turns map[string]chan struct{}
	// claimed holds the SIDs of flows that belong to a create.
	claimed map[string]bool
}

// turn waits until no other create is under way whose flow could be taken for this one's.
func (c *creates) turn(ctx context.Context, params Params) (release func(), err error) {
	key := alike(params)
	c.mu.Lock()
	if c.turns == nil {
		c.turns = map[string]chan struct{}{}
	}
	turn, ok := c.turns[key]
	if !ok {
		turn = make(chan struct{}, 1)
		c.turns[key] = turn
	}
	c.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// alike is the same for flows of which one could be taken for the other. The rest of the parameters may be left for Twilio to
// decide, so they tell nothing apart.
func alike(p Params) string {
	var parts []string
	for _, value := range []*string{p.FriendlyName, p.ChatServiceSid, p.ChannelType, p.ContactIdentity} {
		parts = append(parts, fmt.Sprintf("%q", orEmpty(value)))
	}
	return strings.Join(parts, " ")
}

func (c *creates) claim(sid string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.claimed == nil {
		c.claimed = map[string]bool{}
	}
	c.claimed[sid] = true
}

func (c *creates) isClaimed(sid string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.claimed[sid]
}

// claim takes a flow for this client's own, new one.
func (c *Client) claim(flow *FlexFlow) {
	c.creates.claim(flow.SID)
	c.writes.note(flow.SID, flow.FriendlyName, true, false)
}
