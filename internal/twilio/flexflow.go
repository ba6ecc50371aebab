package twilio

import (
	"context"
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

// CreateFlexFlow creates a flow. Once the API has said yes, the flow is returned even when part of the answer could not be
// read; the error is then an [*AnswerError].
func (c *Client) CreateFlexFlow(ctx context.Context, params Params) (*FlexFlow, error) {
	api, e := c.api(ctx)
	created := flex.CreateFlexFlowParams(params)
	if _, err := api.CreateFlexFlow(&created); err != nil {
		return nil, err
	}
	return decodeFlexFlow(e.answer, "")
}

// FetchFlexFlow returns the flow with the SID. [IsNotFound] tells whether an error means that there is none.
func (c *Client) FetchFlexFlow(ctx context.Context, flowSID string) (*FlexFlow, error) {
	if err := sid.FlexFlow.Check(flowSID); err != nil {
		return nil, err
	}
	api, e := c.api(ctx)
	if _, err := api.FetchFlexFlow(flowSID); err != nil {
		return nil, err
	}
	return decodeFlexFlow(e.answer, flowSID)
}

// UpdateFlexFlow changes what params hold and leaves the rest. As with [Client.CreateFlexFlow], an [*AnswerError] comes with
// the flow.
func (c *Client) UpdateFlexFlow(ctx context.Context, flowSID string, params Params) (*FlexFlow, error) {
	if err := sid.FlexFlow.Check(flowSID); err != nil {
		return nil, err
	}
	api, e := c.api(ctx)
	if _, err := api.UpdateFlexFlow(flowSID, &params); err != nil {
		return nil, err
	}
	return decodeFlexFlow(e.answer, flowSID)
}

// DeleteFlexFlow deletes the flow. [IsNotFound] tells whether an error means that there was none.
func (c *Client) DeleteFlexFlow(ctx context.Context, flowSID string) error {
	if err := sid.FlexFlow.Check(flowSID); err != nil {
		return err
	}
	api, _ := c.api(ctx)
	return api.DeleteFlexFlow(flowSID)
}

// An AnswerError is a call that the API did, with an answer that could not be read in full.
type AnswerError struct {
	Status    int
	RequestID string
	// Problem says what could not be read.
	Problem string
}

func (e *AnswerError) Error() string {
	return fmt.Sprintf("the call was done (status %d, request %q), but %s", e.Status, e.RequestID, e.Problem)
}
