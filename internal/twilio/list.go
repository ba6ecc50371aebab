package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"slices"

	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// maxPageSize is how many flows a page may hold at the most.
const maxPageSize = 1000

// A page is one page of a list.
type page struct {
	flows []*FlexFlow
	// next is the page that follows, nil where there is none.
	next *pageRequest
}

// A pageRequest names a page of a list.
type pageRequest struct {
	// friendlyName is the name that all flows of the list have; empty means any.
	friendlyName string
	// number and token are empty for the first page.
	number, token string
	// once makes one attempt, and does not slow other calls down where that is answered with 429.
	once bool
}

// listPage fetches one page. An entry without a usable SID is a flow whose sid is unreadable.
func (c *Client) listPage(ctx context.Context, request pageRequest) (*page, error) {
	asked := request
	params := &flex.ListFlexFlowParams{PageSize: new(maxPageSize)}
	if request.friendlyName != "" {
		params.FriendlyName = &request.friendlyName
	}
	api, e := c.api(ctx)
	e.once = request.once
	if _, err := api.PageFlexFlow(params, request.token, request.number); err != nil {
		return nil, err
	}
	var content struct {
		FlexFlows []json.RawMessage `json:"flex_flows"`
		Meta      struct {
			NextPageURL *string `json:"next_page_url"`
		} `json:"meta"`
	}
	problem := func(format string, args ...any) error {
		return &AnswerError{Status: e.answer.status, RequestID: e.answer.requestID, Problem: fmt.Sprintf(format, args...)}
	}
	if err := json.Unmarshal(e.answer.body, &content); err != nil {
		return nil, problem("its answer is not a list: %v", err)
	}
	if content.FlexFlows == nil {
		// Not an empty list, which would make flows seem gone.
		return nil, problem("its answer is not a list: it has no flex_flows")
	}
	got := &page{}
	for _, raw := range content.FlexFlows {
		one := answer{status: e.answer.status, requestID: e.answer.requestID, body: raw, redact: e.answer.redact}
		flow, err := c.decode(&one, "")
		if err != nil {
			flow = &FlexFlow{Unreadable: []string{"sid"}}
		}
		got.flows = append(got.flows, flow)
	}
	if content.Meta.NextPageURL == nil || *content.Meta.NextPageURL == "" {
		return got, nil
	}
	// Only the page's name is taken from the address: the host stays the one that was configured.
	next, err := url.Parse(*content.Meta.NextPageURL)
	if err != nil {
		return nil, fmt.Errorf("the address of the next page can't be read: %w", err)
	}
	request.number, request.token = next.Query().Get("Page"), next.Query().Get("PageToken")
	if request.number == "" || request == asked {
		return nil, errors.New("the address of the next page names no other page")
	}
	got.next = &request
	return got, nil
}

// pages goes through the pages of the flows with the name, of all if that is empty. An error is the last that comes.
func (c *Client) pages(ctx context.Context, friendlyName string) iter.Seq2[*page, error] {
	return func(yield func(*page, error) bool) {
		for next := (&pageRequest{friendlyName: friendlyName}); next != nil; {
			got, err := c.listPage(ctx, *next)
			if !yield(got, err) || err != nil {
				return
			}
			next = got.next
		}
	}
}

// listByName fetches all flows with the name.
func (c *Client) listByName(ctx context.Context, friendlyName string) ([]*FlexFlow, error) {
	var flows []*FlexFlow
	for got, err := range c.pages(ctx, friendlyName) {
		if err != nil {
			return nil, err
		}
		flows = append(flows, got.flows...)
	}
	return flows, nil
}

// FlexFlows goes through the flows with the name, through all if that is empty, each once: pages may overlap when flows come and go
// meanwhile. A page is fetched only when the one before it was gone through. What this client wrote just now is fetched by itself
// at the end, unless it is new and there, because lists may lag. Entries without a usable SID come as flows whose sid is unreadable. An
// error is the last that comes.
func (c *Client) FlexFlows(ctx context.Context, friendlyName string) iter.Seq2[*FlexFlow, error] {
	return func(yield func(*FlexFlow, error) bool) {
		seen, recent := map[string]bool{}, c.writes.since(c.config.SettleTime)
		for got, err := range c.pages(ctx, friendlyName) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, flow := range got.flows {
				if believed, ok := recent[flow.SID]; flow.SID != "" && seen[flow.SID] || ok && !believed {
					continue
				}
				if seen[flow.SID] = true; !yield(flow, nil) {
					return
				}
			}
		}
		for _, flowSID := range slices.Sorted(maps.Keys(recent)) {
			if seen[flowSID] || !c.writes.isNamed(flowSID, friendlyName) {
				continue
			}
			flow, err := c.FetchSettled(ctx, flowSID)
			switch {
			case IsNotFound(err), err == nil && friendlyName != "" && (flow.FriendlyName == nil || *flow.FriendlyName != friendlyName):
				continue
			case err != nil:
				yield(nil, err)
				return
			case !yield(flow, nil):
				return
			}
		}
	}
}
