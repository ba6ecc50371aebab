package flexemulator

import (
	"net/http"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
)

// A resource is one of the APIs that a [Server] has, whatever the type of what it holds.
type resource interface {
	about() about
	rules() *contract
	// operate does what a call asks for. It needs the server's lock.
	operate(*call) (int, any, *apiError)
}

// about is what a resource is called, and where.
type about struct {
	path      string // of its list
	listKey   string // of the entities in a list's answer
	sidPrefix string
	filter    string // the parameter that filters a list
	// filterValues are those that the filter takes, in lower case; nil for any.
	filterValues []string
}

// A call is what a resource has to answer: a request that the contract allows.
type call struct {
	*http.Request
	input   *openapi3filter.RequestValidationInput
	form    map[string]any
	baseURL string
}

// A handler is what is particular to one resource.
type handler[T any] interface {
	about() about
	// fresh is what a create begins with.
	fresh() T
	// apply sets what a form holds; update tells that it is an update's form.
	apply(e T, form map[string]any, update bool)
	// missing refuses an entity that lacks what its type requires.
	missing(e T, form map[string]any) *apiError
	// complete adds what the API makes up for a new entity.
	complete(e T)
	// conflict refuses an entity that another one leaves no room for. One without a SID is new.
	conflict(e T) *apiError
	// show is the entity as answers show it, without the fields that all have.
	show(e T) map[string]any
	// matches reports whether a list with a filter has an entity.
	matches(e T, filter string) bool
	// named reports whether a path may have a name in place of an entity's SID.
	named(e T, name string) bool
}

// A collection is a resource: the five operations on the entities of a store.
type collection[T entity[T]] struct {
	handler[T]
	contract *contract
	store    *store[T]
	behavior *Behavior
}

func (c *collection[T]) rules() *contract { return c.contract }

func (c *collection[T]) operate(call *call) (int, any, *apiError) {
	name, single := call.input.PathParams["Sid"]
	found := c.find(name)
	if single && (found == nil || call.Method == http.MethodGet && !c.store.readable(found)) {
		return 0, nil, notFound(call.URL.Path)
	}
	switch call.input.Route.Operation.OperationID {
	case "create":
		return c.create(call)
	case "fetch":
		return http.StatusOK, c.show(found.entity, call), nil
	case "update":
		return c.update(found, call)
	case "delete":
		c.store.remove(*found.entity.common().sid)
		return http.StatusNoContent, nil, nil
	default:
		return c.list(call)
	}
}

// find returns what a path names, by its SID or otherwise; nil for nothing, or for several with one name.
func (c *collection[T]) find(name string) *record[T] {
	if found := c.store.bySID[name]; found != nil {
		return found
	}
	var found *record[T]
	for _, r := range c.store.records {
		if !c.named(r.entity, name) {
			continue
		}
		if found != nil {
			return nil
		}
		found = r
	}
	return found
}

func (c *collection[T]) create(call *call) (int, any, *apiError) {
	e := c.fresh()
	c.behavior.rewriteForm(call.form)
	c.apply(e, call.form, false)
	if refused := c.missing(e, call.form); refused != nil && !c.behavior.AcceptIncomplete {
		return 0, nil, refused
	}
	c.complete(e)
	if refused := c.conflict(e); refused != nil {
		return 0, nil, refused
	}
	return http.StatusCreated, c.show(c.store.add(e), call), nil
}

func (c *collection[T]) update(r *record[T], call *call) (int, any, *apiError) {
	changed := r.entity.clone()
	c.behavior.rewriteForm(call.form)
	c.apply(changed, call.form, true)
	if refused := c.missing(changed, call.form); refused != nil && !c.behavior.AcceptIncomplete {
		return 0, nil, refused
	}
	if refused := c.conflict(changed); refused != nil {
		return 0, nil, refused
	}
	c.store.update(r, changed)
	return http.StatusOK, c.show(changed, call), nil
}

// show is an entity as answers show it.
func (c *collection[T]) show(e T, call *call) map[string]any {
	fields, shown := e.common(), c.handler.show(e)
	shown["sid"] = *fields.sid
	shown["account_sid"] = *fields.accountSID
	shown["date_created"] = date(*fields.created)
	shown["date_updated"] = date(*fields.updated)
	shown["url"] = call.baseURL + c.about().path + "/" + *fields.sid
	if fields.updated.IsZero() && !c.behavior.NullDateUpdated {
		shown["date_updated"] = date(*fields.created)
	}
	c.behavior.rewriteShown(shown)
	return shown
}

func date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}
