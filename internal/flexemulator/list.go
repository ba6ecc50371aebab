package flexemulator

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A page is which part of a list a call asks for.
type page struct {
	size, number int
	// after is the SID of the entity after which it begins, so that what comes and goes does not shift it; empty for the first.
	after  string
	filter string
}

func (c *collection[T]) page(call *call) (page, *apiError) {
	query, about := call.URL.Query(), c.about()
	p := page{size: defaultPageSize(call.input), filter: query.Get(about.filter)}
	if query.Has("PageSize") {
		p.size, _ = strconv.Atoi(query.Get("PageSize"))
	}
	if token := query.Get("PageToken"); token != "" {
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil {
			return p, invalid("PageToken", "it is not a token that a list gave")
		}
		number, after, _ := strings.Cut(string(raw), " ")
		p.after = after
		p.number, _ = strconv.Atoi(number)
	}
	if query.Has("Page") {
		p.number, _ = strconv.Atoi(query.Get("Page"))
	}
	if p.number > 0 && p.after == "" {
		return p, invalid("Page", "a page after the first needs its PageToken")
	}
	strict := about.filterValues
	if p.filter != "" && strict != nil && !slices.Contains(strict, strings.ToLower(p.filter)) {
		return p, invalid(about.filter, fmt.Sprintf("lists are filtered by %q only", strict))
	}
	return p, nil
}

// list answers one page.
func (c *collection[T]) list(call *call) (int, any, *apiError) {
	p, refused := c.page(call)
	if refused != nil {
		return 0, nil, refused
	}
	key := c.about().listKey
	matches := func(e T) bool { return p.filter == "" || c.matches(e, p.filter) }
	// One more than the page has reports whether there is a next one.
	listed := c.store.listed(matches, p.after, p.size+1)
	meta := map[string]any{
		"key":               key,
		"page":              p.number,
		"page_size":         p.size,
		"url":               c.pageURL(call, p, p.number, p.after),
		"first_page_url":    c.pageURL(call, p, 0, ""),
		"next_page_url":     nil,
		"previous_page_url": nil,
	}
	if p.after != "" {
		meta["previous_page_url"] = c.pageURL(call, p, max(p.number-1, 0), c.store.previous(matches, p.after, p.size))
	}
	if len(listed) > p.size {
		listed = listed[:p.size]
		meta["next_page_url"] = c.pageURL(call, p, p.number+1, *listed[p.size-1].common().sid)
	}
	shown := make([]any, len(listed))
	for i, e := range listed {
		shown[i] = c.show(e, call)
	}
	return http.StatusOK, map[string]any{key: shown, "meta": meta}, nil
}

// pageURL is the address of a page of the same list that begins after an entity.
func (c *collection[T]) pageURL(call *call, p page, number int, after string) string {
	if after == "" {
		number = 0
	}
	values := url.Values{"PageSize": {strconv.Itoa(p.size)}, "Page": {strconv.Itoa(number)}}
	if p.filter != "" {
		values.Set(c.about().filter, p.filter)
	}
	if after != "" {
		values.Set("PageToken", base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", number, after)))
	}
	return call.baseURL + c.about().path + "?" + values.Encode()
}
