package flexemulator

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

//go:embed openapi.yaml
var document []byte

// A contract is the OpenAPI document, ready to check requests and answers.
type contract struct {
	router     routers.Router
	parameters *openapi3.Schema
	types      map[string]integrationType
}

// integrationType is what the document says of one integration type.
type integrationType struct {
	Required []string       `json:"required"`
	Defaults map[string]any `json:"defaults"`
}

func newContract() (*contract, error) {
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
	c := &contract{router: router, parameters: doc.Components.Schemas["Parameters"].Value}
	raw, err := json.Marshal(c.parameters.Extensions["x-integration-types"])
	if err != nil {
		return nil, err
	}
	return c, json.Unmarshal(raw, &c.types)
}

// key is the name that a parameter has in answers: Integration.FlowSid is flow_sid.
func key(parameter string) string {
	name := strings.TrimPrefix(parameter, "Integration.")
	var s strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			s.WriteByte('_')
		}
		s.WriteString(strings.ToLower(string(r)))
	}
	return s.String()
}

// integrationKeys lists the keys that an integration object may have.
func (c *contract) integrationKeys() []string {
	var keys []string
	for _, name := range slices.Sorted(maps.Keys(c.parameters.Properties)) {
		if strings.HasPrefix(name, "Integration.") {
			keys = append(keys, key(name))
		}
	}
	return keys
}

// check holds a request to the contract. It returns what an answer needs to be checked, and the request's form, decoded.
func (c *contract) check(r *http.Request, body []byte) (*openapi3filter.RequestValidationInput, map[string]any, *apiError) {
	route, pathParams, err := c.router.FindRoute(r)
	if err != nil {
		return nil, nil, notFound(r.URL.Path)
	}
	input := &openapi3filter.RequestValidationInput{
		Request:    r,
		PathParams: pathParams,
		Route:      route,
		Options: &openapi3filter.Options{
			AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
			IncludeResponseStatus: true,
			SkipSettingDefaults:   true,
		},
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
		return nil, nil, invalid(parameterOf(err), reasonOf(err))
	}
	if r.Method != http.MethodPost {
		return input, nil, nil
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, nil, invalid("", err.Error())
	}
	for name := range form {
		if _, known := c.parameters.Properties[name]; !known {
			return nil, nil, invalid(name, "there is no such parameter")
		}
	}
	decoded, err := openapi3filter.UrlencodedBodyDecoder(bytes.NewReader(body), r.Header, c.parameters.NewRef(), nil)
	if err != nil {
		return nil, nil, invalid(parameterOf(err), err.Error())
	}
	values := map[string]any{}
	for name, value := range decoded.(map[string]any) {
		if form.Has(name) {
			values[name] = value
		}
	}
	return input, values, nil
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
	if schema := (*openapi3.SchemaError)(nil); errors.As(err, &schema) {
		if pointer := schema.JSONPointer(); len(pointer) > 0 {
			return pointer[len(pointer)-1]
		}
	}
	if parse := (*openapi3filter.ParseError)(nil); errors.As(err, &parse) && len(parse.Path()) > 0 {
		return fmt.Sprint(parse.Path()[0])
	}
	return ""
}

func reasonOf(err error) string {
	if schema := (*openapi3.SchemaError)(nil); errors.As(err, &schema) {
		return schema.Reason
	}
	return err.Error()
}
