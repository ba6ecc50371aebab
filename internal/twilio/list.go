package twilio

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/flex-iac/terraform-provider-twilio/internal/apijson"
)

// A pageRequest names a page of a list.
type pageRequest struct {
	// filter is the value of the kind's Filter that all resources of the list have; empty means any.
	filter string
	// number and token are empty for the first page.
	number, token string
	// once makes one attempt, and does not slow other calls down where that is answered with 429.
	once bool
}

func (r pageRequest) query(k Kind) url.Values {
	query := url.Values{"PageSize": {strconv.Itoa(k.PageSize)}}
	for name, value := range map[string]string{k.Filter: r.filter, "Page": r.number, "PageToken": r.token} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query
}

// listPage fetches one page. An entry without a usable SID is an object without one. next is nil where no page follows.
func (c *Client) listPage(ctx context.Context, asked pageRequest) (objects []*Object, next *pageRequest, err error) {
	made, err := c.do(ctx, request{method: http.MethodGet, path: c.Path, query: asked.query(c.Kind), once: asked.once})
	if err != nil {
		return nil, nil, err
	}
	got := made.last().response
	var content struct {
		Meta struct {
			NextPageURL string `json:"next_page_url"`
		} `json:"meta"`
	}
	var fields map[string]json.RawMessage
	var entries []json.RawMessage
	if err := cmp.Or(json.Unmarshal(got.body, &content), json.Unmarshal(got.body, &fields)); err != nil {
		return nil, nil, got.problem("its response is not a list: %v", err)
	}
	if apijson.IsNull(fields[c.ListKey]) {
		// Not an empty list, which would make resources seem gone.
		return nil, nil, got.problem("its response is not a list: it has no %s", c.ListKey)
	}
	if err := json.Unmarshal(fields[c.ListKey], &entries); err != nil {
		return nil, nil, got.problem("its response is not a list: %v", err)
	}
	for _, raw := range entries {
		object, err := c.decode(&response{body: raw}, "")
		if err != nil {
			object = &Object{}
		}
		if err := c.CheckAccount(object); err != nil {
			return nil, nil, err
		}
		objects = append(objects, object)
	}
	next, err = asked.following(content.Meta.NextPageURL)
	return objects, next, err
}

// following is the page that the address of the next page names, nil where there is none. Only the page's name is taken from the address:
// the host stays the one that was configured.
func (r pageRequest) following(address string) (*pageRequest, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // no page follows
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the address of the next page can't be read: %w", err)
	}
	next := r
	next.number, next.token = parsed.Query().Get("Page"), parsed.Query().Get("PageToken")
	if next == r || next.number == "" && next.token == "" {
		return nil, errors.New("the address of the next page names no other page")
	}
	return &next, nil
}

// pages goes through the pages of a list. An error is the last that comes.
func (c *Client) pages(ctx context.Context, filter string) iter.Seq2[[]*Object, error] {
	return func(yield func([]*Object, error) bool) {
		for next := (&pageRequest{filter: filter}); next != nil; {
			objects, following, err := c.listPage(ctx, *next)
			if !yield(objects, err) || err != nil {
				return
			}
			next = following
		}
	}
}

// listFiltered fetches a whole list, without the entries that have no usable SID.
func (c *Client) listFiltered(ctx context.Context, filter string) ([]*Object, error) {
	var objects []*Object
	for page, err := range c.pages(ctx, filter) {
		if err != nil {
			return nil, err
		}
		objects = append(objects, page...)
	}
	return slices.DeleteFunc(objects, func(object *Object) bool { return object.SID == "" }), nil
}

// All goes through the resources, each once: pages may overlap when resources come and go meanwhile. If lists can be narrowed by filter, a
// value of the kind's Filter, these are only those that have it. A page is fetched only when the one before it was gone through. What this
// client wrote just now is fetched by itself at the end, unless it is new and there, because lists may lag. Entries without a usable SID
// come as objects without one. An error is the last that comes.
func (c *Client) All(ctx context.Context, filter string) iter.Seq2[*Object, error] {
	filter = c.narrowing(filter)
	return func(yield func(*Object, error) bool) {
		seen, recent := map[string]bool{}, c.writes.since(c.config.PropagationTime)
		for page, err := range c.pages(ctx, filter) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, object := range page {
				written, isRecent := recent[object.SID]
				if object.SID != "" && seen[object.SID] || isRecent && !written.at.Equal(written.created) {
					continue
				}
				if seen[object.SID] = true; !yield(object, nil) {
					return
				}
			}
		}
		for _, resourceSID := range slices.Sorted(maps.Keys(recent)) {
			if written := c.writes.of(resourceSID); seen[resourceSID] || written.gone || !written.mayBeShown(filter) {
				continue
			}
			object, err := c.FetchNew(ctx, resourceSID)
			switch {
			case IsNotFound(err), err == nil && filter != "" && !strings.EqualFold(orEmpty(object.Text(c.FilterKey())), filter):
				continue
			case err != nil:
				yield(nil, err)
				return
			case !yield(object, nil):
				return
			}
		}
	}
}
