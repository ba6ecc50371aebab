package twilio

import (
	"context"
	"errors"
	"fmt"

	flex "github.com/twilio/twilio-go/rest/flex/v1"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// FlexFlow is a Flex Flow as the API answers it. Every field but SID is nil where the answer has null or lacks the key.
type FlexFlow struct {
	SID string
	// DateCreated and DateUpdated are ISO 8601, as answered.
	AccountSID, URL, DateCreated, DateUpdated *string
	FriendlyName, ChatServiceSID, ChannelType *string
	ContactIdentity, IntegrationType          *string
	Enabled, JanitorEnabled, LongLived        *bool
	// Integration is nil where the API says nothing of it.
	Integration *Integration
	// Unreadable names the fields that the answer has in a form that can't be understood, such as enabled or integration.priority.
	// They are nil. It is just sid for an entry of a list that can't be told apart from others.
	Unreadable []string
}

// Integration holds the parameters of what handles a flow's inbound messages. Which of them mean something depends on the
// flow's integration type; the API may answer others too.
type Integration struct {
	FlowSID, URL, WorkspaceSID, WorkflowSID, Channel *string
	// Timeout is in seconds.
	Timeout, Priority, RetryCount *int64
	CreationOnMessage             *bool
}

// Params are the parameters of a create or an update: a nil one is not sent.
type Params = flex.UpdateFlexFlowParams

// flexFlowsPath is where flows are listed and created.
const flexFlowsPath = "/v1/FlexFlows"

// FetchFlexFlow returns the flow with the SID. [IsNotFound] tells whether an error means that there is none.
func (c *Client) FetchFlexFlow(ctx context.Context, flowSID string) (*FlexFlow, error) {
	if err := sid.FlexFlow.Check(flowSID); err != nil {
		return nil, err
	}
	api, e := c.api(ctx)
	if _, err := api.FetchFlexFlow(flowSID); err != nil {
		return nil, err
	}
	return c.decode(e.answer, flowSID)
}

// decode is decodeFlexFlow for an answer to this client.
func (c *Client) decode(got *answer, asked string) (*FlexFlow, error) {
	flow, err := decodeFlexFlow(got, asked)
	if err == nil {
		c.learnAccount(flow.AccountSID)
	}
	return flow, err
}

// UpdateFlexFlow changes what params hold and leaves the rest. An [*AnswerError] comes with a nil flow: the update was done, but its
// answer tells nothing.
func (c *Client) UpdateFlexFlow(ctx context.Context, flowSID string, params Params) (*FlexFlow, error) {
	if err := sid.FlexFlow.Check(flowSID); err != nil {
		return nil, err
	}
	defer c.writes.updated(flowSID, params.FriendlyName)
	api, e := c.api(ctx)
	if _, err := api.UpdateFlexFlow(flowSID, &params); err != nil {
		return nil, err
	}
	return c.decode(e.answer, flowSID)
}

// ErrAdopted is a deletion that was not made: the flow turned out to be what this client's own create made, so it is in use.
var ErrAdopted = errors.New("the Flex Flow is what a create of this run was found to have made")

// DeleteFlexFlow deletes the flow. [IsNotFound] tells whether an error means that there was none: not one that an earlier attempt
// deleted, whose answer was lost. A flow that [Client.CreateFlexFlow] adopted is kept, with [ErrAdopted].
func (c *Client) DeleteFlexFlow(ctx context.Context, flowSID string) error {
	if err := sid.FlexFlow.Check(flowSID); err != nil {
		return err
	}
	if !c.writes.deleting(flowSID) {
		return ErrAdopted
	}
	api, _ := c.api(ctx)
	err := api.DeleteFlexFlow(flowSID)
	c.writes.deleted(flowSID, err == nil || IsNotFound(err))
	var refused *Error
	if IsNotFound(err) && errors.As(err, &refused) && refused.Tries.Lost {
		return nil
	}
	return err
}

// An AnswerError is a call that the API did, with an answer that could not be read.
type AnswerError struct {
	Status    int
	RequestID string
	// Problem says what could not be read.
	Problem string
}

func (e *AnswerError) Error() string {
	return fmt.Sprintf("the call was done (status %d, request %q), but %s", e.Status, e.RequestID, e.Problem)
}
