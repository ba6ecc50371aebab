package flexemulator

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// list answers one page. A page's token says after which entity it begins, so that what comes and goes does not shift it.
func (c *collection[T]) list(call *call) (int, any, *apiError) {
	query := call.URL.Query()
	size := defaultPageSize(call.input)
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
	if filter := query.Get(c.about().filter); filter != "" {
		if refused := c.checkFilter(strings.ToLower(filter)); refused != nil {
			return 0, nil, refused
		}
	}

	about := c.about()
	filter := query.Get(about.filter)
	// One more than the page has tells whether there is a next one.
	listed := c.store.listed(func(e T) bool { return filter == "" || c.matches(e, filter) }, after, size+1)
	address := func(number int, token string) string {
		values := url.Values{"PageSize": {strconv.Itoa(size)}, "Page": {strconv.Itoa(number)}}
		if filter != "" {
			values.Set(about.filter, filter)
		}
		if token != "" {
			values.Set("PageToken", token)
		}
		return call.baseURL + about.path + "?" + values.Encode()
	}
	meta := map[string]any{
		"key":               about.listKey,
		"page":              page,
		"page_size":         size,
		"url":               address(page, query.Get("PageToken")),
		"first_page_url":    address(0, ""),
		"next_page_url":     nil,
		"previous_page_url": nil,
	}
	if page > 0 {
		meta["previous_page_url"] = address(page-1, c.tokenBefore(after, size, filter))
	}
	if len(listed) > size {
		listed = listed[:size]
		last := *listed[size-1].common().sid
		meta["next_page_url"] = address(page+1, base64.RawURLEncoding.EncodeToString([]byte(last)))
	}
	shown := make([]any, len(listed))
	for i, e := range listed {
		one := c.show(e, call)
		omit(one, c.behavior.Unlisted)
		shown[i] = one
	}
	return http.StatusOK, map[string]any{about.listKey: shown, "meta": meta}, nil
}

// tokenBefore is the token of the page before the one that begins after an entity, empty for the first page.
func (c *collection[T]) tokenBefore(after string, size int, filter string) string {
	all := c.store.listed(func(e T) bool { return filter == "" || c.matches(e, filter) }, "", len(c.store.records))
	end := slices.IndexFunc(all, func(e T) bool { return *e.common().sid == after }) + 1
	if end <= size {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(*all[end-size-1].common().sid))
}

// matches reports whether an entity has the value of a filter. The type of addresses is taken in any letter case.
func (c *collection[T]) matches(e T, filter string) bool {
	if c.about().filter == "Type" {
		return strings.EqualFold(c.filtered(e), filter)
	}
	return c.filtered(e) == filter
}
