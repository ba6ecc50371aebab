package flexemulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// formType is how parameters are sent.
const formType = "application/x-www-form-urlencoded"

// A contract is an OpenAPI document, ready to check requests and answers.
type contract struct {
	router routers.Router
	part   part
	// paths are those of the API, with * in place of parameters.
	paths []string
	// fields are those that responses may have, with a dot before the fields of an object: auto_creation.enabled.
	fields []string
}

// parameter is a parameter in a path of a document.
var parameter = regexp.MustCompile(`\{[^}]*\}`)

// newContract reads a document, in which the schema of the given name is what the API holds.
func newContract(document []byte, schema string) (*contract, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		return nil, err
	}
	c := &contract{router: router}
	for path := range doc.Paths.Map() {
		c.paths = append(c.paths, parameter.ReplaceAllString(path, "*"))
	}
	slices.Sort(c.paths)
	if parameters := doc.Components.Schemas["Parameters"]; parameters != nil { // else nothing can be written
		raw, err := json.Marshal(parameters.Value.Extensions["x-part"])
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(raw, &c.part); err != nil {
			return nil, err
		}
		c.part.listKeys(slices.Collect(maps.Keys(parameters.Value.Properties)))
	}
	for name, field := range doc.Components.Schemas[schema].Value.Properties {
		c.fields = append(c.fields, name)
		for inner := range field.Value.Properties {
			c.fields = append(c.fields, name+"."+inner)
		}
	}
	return c, nil
}

// find returns what a call needs to be checked, nil when the document has no such operation.
func (c *contract) find(r *http.Request) *openapi3filter.RequestValidationInput {
	route, pathParams, err := c.router.FindRoute(r)
	if err != nil {
		return nil
	}
	return &openapi3filter.RequestValidationInput{
		Request:    r,
		PathParams: pathParams,
		Route:      route,
		Options: &openapi3filter.Options{
			AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
			IncludeResponseStatus: true,
			SkipSettingDefaults:   true,
		},
	}
}

// check holds a request to the contract, and returns its form, decoded.
func (c *contract) check(input *openapi3filter.RequestValidationInput, body []byte) (map[string]any, *apiError) {
	r := input.Request
	r.Body = io.NopCloser(bytes.NewReader(body))
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
		return nil, invalid(parameterOf(err), reasonOf(err))
	}
	if input.Route.Operation.RequestBody == nil {
		return nil, nil
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, invalid("", err.Error())
	}
	schema := input.Route.Operation.RequestBody.Value.Content[formType].Schema
	for name := range form {
		if !hasProperty(schema, name) {
			return nil, invalid(name, "there is no such parameter")
		}
	}
	decoded, err := openapi3filter.UrlencodedBodyDecoder(bytes.NewReader(body), r.Header, schema, nil)
	if err != nil {
		return nil, invalid(parameterOf(err), err.Error())
	}
	values := map[string]any{}
	for name, value := range decoded.(map[string]any) {
		if form.Has(name) {
			values[name] = value
		}
	}
	return values, nil
}

// hasProperty reports whether a schema, or one that it consists of, has a property.
func hasProperty(schema *openapi3.SchemaRef, name string) bool {
	return schema.Value.Properties[name] != nil ||
		slices.ContainsFunc(schema.Value.AllOf, func(s *openapi3.SchemaRef) bool { return hasProperty(s, name) })
}

// defaultPageSize is how many of a list's entities a page has when a call does not say.
func defaultPageSize(list *openapi3filter.RequestValidationInput) int {
	size, _ := list.Route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, "PageSize").Schema.Value.Default.(float64)
	return int(size)
}

// checkAnswer holds an answer to the contract.
func (c *contract) checkAnswer(input *openapi3filter.RequestValidationInput, status int, header http.Header, body []byte) error {
	answer := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: status, Header: header, Options: input.Options,
	}
	if status == http.StatusNoContent {
		if len(body) > 0 {
			return fmt.Errorf("a 204 has a body: %q", body)
		}
		return nil
	}
	answer.SetBodyBytes(body)
	return openapi3filter.ValidateResponse(input.Request.Context(), answer)
}

// parameterOf is the name of the parameter that a contract error is about, empty when it is about the whole request.
func parameterOf(err error) string {
	if request := (*openapi3filter.RequestError)(nil); errors.As(err, &request) && request.Parameter != nil {
		return request.Parameter.Name
	}
	if schema := schemaError(err); schema != nil {
		if pointer := schema.JSONPointer(); len(pointer) > 0 {
			return pointer[0]
		}
	}
	if parse := (*openapi3filter.ParseError)(nil); errors.As(err, &parse) && len(parse.Path()) > 0 {
		return fmt.Sprint(parse.Path()[0])
	}
	return ""
}

func reasonOf(err error) string {
	if schema := schemaError(err); schema != nil {
		return schema.Reason
	}
	return err.Error()
}

// schemaError is the innermost error of a schema, which says more than that not all schemas are met; nil for none.
func schemaError(err error) *openapi3.SchemaError {
	var innermost *openapi3.SchemaError
	for schema := (*openapi3.SchemaError)(nil); errors.As(err, &schema); err = schema.Origin {
		innermost = schema
	}
	return innermost
}
