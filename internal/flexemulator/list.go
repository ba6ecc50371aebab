package flexemulator

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

const defaultPageSize = 50

// list answers one page. A page's token says after which flow it begins, so that flows that come and go do not shift it.
func (s *Server) list(query url.Values, baseURL string) (int, any, *apiError) {
	size := defaultPageSize
	if query.Has("PageSize") {
		size, _ = strconv.Atoi(query.Get("PageSize"))
	}
	page, _ := strconv.Atoi(query.Get("Page"))
	after := ""
	if token := query.Get("PageToken"); token != "" {
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil {
			return 0, nil, invalid("PageToken", "it is not a token that a list gave")
		}
		after = string(raw)
	} else if page > 0 {
		return 0, nil, invalid("Page", "a page after the first needs its PageToken")
	}

	matches := s.listed(query.Get("FriendlyName"), after)
	address := func(number int, token string) string {
		values := url.Values{"PageSize": {strconv.Itoa(size)}, "Page": {strconv.Itoa(number)}}
		if name := query.Get("FriendlyName"); name != "" {
			values.Set("FriendlyName", name)
		}
		if token != "" {
			values.Set("PageToken", token)
		}
		return baseURL + "/v1/FlexFlows?" + values.Encode()
	}
	meta := map[string]any{
		"key":               "flex_flows",
		"page":              page,
		"page_size":         size,
		"url":               address(page, query.Get("PageToken")),
		"first_page_url":    address(0, ""),
		"next_page_url":     nil,
		"previous_page_url": nil,
	}
	if len(matches) > size {
		matches = matches[:size]
		meta["next_page_url"] = address(page+1, base64.RawURLEncoding.EncodeToString([]byte(matches[size-1].SID)))
	}
	flows := make([]any, len(matches))
	for i, f := range matches {
		flows[i] = s.answer(f, baseURL)
	}
	return http.StatusOK, map[string]any{"flex_flows": flows, "meta": meta}, nil
}

// inOrder returns all flows in the order of lists.
func (s *Server) inOrder() []*record {
	if s.ordered != nil {
		return s.ordered
	}
	s.ordered = slices.Clone(s.flows)
	// Flows of one second keep the order in which they were added.
	byDate := func(a, b *record) int { return a.DateCreated.Compare(b.DateCreated) }
	switch s.behavior.Order {
	case OldestFirst:
		slices.SortStableFunc(s.ordered, byDate)
	case NewestFirst:
		slices.SortStableFunc(s.ordered, byDate)
		slices.Reverse(s.ordered)
	case BySID:
		slices.SortFunc(s.ordered, func(a, b *record) int { return cmp.Compare(a.SID, b.SID) })
	case Shuffled:
		place := func(r *record) uint32 { return crc32.ChecksumIEEE([]byte(r.SID)) }
		slices.SortStableFunc(s.ordered, func(a, b *record) int { return cmp.Compare(place(a), place(b)) })
	}
	return s.ordered
}

// listed returns the flows that a list shows now, after the one with the given SID.
func (s *Server) listed(friendlyName, after string) []*Flow {
	var matches []*Flow
	passed := after == ""
	for _, r := range s.inOrder() {
		shown := &r.Flow
		if r.before != nil && s.now().Sub(r.DateUpdated) < s.behavior.ListLag {
			shown = r.before
		}
		if passed && s.now().Sub(r.added) >= s.behavior.ReadLag &&
			(friendlyName == "" || shown.FriendlyName == friendlyName) {
			matches = append(matches, shown)
		}
		if r.SID == after {
			passed = true
		}
	}
	return matches
}

// String describes a flow in a test's output.
func (f Flow) String() string { return fmt.Sprintf("%s (%s)", f.SID, f.FriendlyName) }
