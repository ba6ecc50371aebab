package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"time"

	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// maxPageSize is how many flows a page may hold at the most.
const maxPageSize = 1000

// A page is one page of a list.
type page struct {
	flows []*FlexFlow
	// date is the time by the API's clock, zero where the answer does not tell.
	date time.Time
	// number and token name the next page; an empty number means that there is none.
	number, token string
}

// listPage fetches one page of the flows with the name, of all if that is empty. The first page has neither number nor token.
// Flows without a usable SID are left out.
func (c *Client) listPage(ctx context.Context, friendlyName, number, token string) (*page, error) {
	params := &flex.ListFlexFlowParams{PageSize: new(maxPageSize)}
	if friendlyName != "" {
		params.FriendlyName = &friendlyName
	}
	api, e := c.api(ctx)
	if _, err := api.PageFlexFlow(params, token, number); err != nil {
		return nil, err
	}
	var content struct {
		FlexFlows []json.RawMessage `json:"flex_flows"`
		Meta      struct {
			NextPageURL *string `json:"next_page_url"`
		} `json:"meta"`
	}
	if err := json.Unmarshal(e.answer.body, &content); err != nil {
		return nil, &AnswerError{Status: e.answer.status, RequestID: e.answer.requestID, Problem: fmt.Sprintf("its answer is not a list: %v", err)}
	}
	got := &page{date: e.answer.date}
	for _, raw := range content.FlexFlows {
		one := answer{status: e.answer.status, requestID: e.answer.requestID, body: raw}
		if flow, _ := decodeFlexFlow(&one, ""); flow != nil {
			got.flows = append(got.flows, flow)
		}
	}
	if content.Meta.NextPageURL == nil || *content.Meta.NextPageURL == "" {
		return got, nil
	}
	// Only the page's name is taken from the address: the host stays the one that was configured.
	next, err := url.Parse(*content.Meta.NextPageURL)
	if err != nil {
		return nil, fmt.Errorf("the address of the next page can't be read: %w", err)
	}
	got.number, got.token = next.Query().Get("Page"), next.Query().Get("PageToken")
	if got.number == "" || got.number == number && got.token == token {
		return nil, errors.New("the address of the next page names no other page")
	}
	return got, nil
}

// pages goes through the pages of the flows with the name, of all if that is empty. An error is the last that comes.
func (c *Client) pages(ctx context.Context, friendlyName string) iter.Seq2[*page, error] {
	return func(yield func(*page, error) bool) {
		for number, token := "", ""; ; {
			got, err := c.listPage(ctx, friendlyName, number, token)
			if !yield(got, err) || err != nil || got.number == "" {
				return
			}
			number, token = got.number, got.token
		}
	}
}

// listByName fetches all flows with the name, and the time by the API's clock.
func (c *Client) listByName(ctx context.Context, friendlyName string) (flows []*FlexFlow, date time.Time, err error) {
	for got, err := range c.pages(ctx, friendlyName) {
		if err != nil {
			return nil, time.Time{}, err
		}
		flows, date = append(flows, got.flows...), got.date
	}
	return flows, date, nil
}

// FlexFlows goes through the flows with the name, through all if that is empty, in the API's order and each once: pages may
// overlap when flows come and go meanwhile. A page is fetched only when the one before it was gone through. An error is the last
// that comes.
func (c *Client) FlexFlows(ctx context.Context, friendlyName string) iter.Seq2[*FlexFlow, error] {
	return func(yield func(*FlexFlow, error) bool) {
		seen := map[string]bool{}
		for got, err := range c.pages(ctx, friendlyName) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, flow := range got.flows {
				if !seen[flow.SID] && !yield(flow, nil) {
					return
				}
				seen[flow.SID] = true
			}
		}
	}
}
