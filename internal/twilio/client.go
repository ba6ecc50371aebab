// Package twilio is the Flex Flows API over the wire: where it is, how a call is authorised, made, logged and understood.
//
// The operations and their parameters are those that twilio-go generates from the vendor's OpenAPI document. What is around
// them is this package's own, because twilio-go's HTTP client knows no context and drops an error's status and headers.
package twilio

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	twilioclient "github.com/twilio/twilio-go/client"
	flex "github.com/twilio/twilio-go/rest/flex/v1"
)

// DefaultBaseURL is where the API answers when no other endpoint is asked for.
const DefaultBaseURL = "https://flex-api.twilio.com"

// Answers larger than this (in bytes) are refused: a full page of 1,000 flows takes about 1 MB.
const maxAnswerSize = 16 << 20

// Config is what a [Client] needs.
type Config struct {
	// BaseURL is the endpoint, https or loopback http; see [ParseBaseURL]. Empty means [DefaultBaseURL].
	BaseURL string
	// Username and Password authorise each call: an account SID with its auth token, or an API key's SID with its secret.
	Username, Password string
	// UserAgent is sent with each call.
	UserAgent string
}

// A Client makes calls to the API for one set of credentials. It is safe for concurrent use.
type Client struct {
	config  Config
	baseURL *url.URL
	http    *http.Client
}

// New returns a Client. It makes no call.
func New(config Config) (*Client, error) {
	if config.BaseURL == "" {
		config.BaseURL = DefaultBaseURL
	}
	baseURL, err := ParseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	if config.Username == "" || config.Password == "" {
		return nil, errors.New("both a user name and a password are needed to call Twilio")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	// Terraform runs ten operations at a time unless told otherwise, all of them to this one host.
	transport.MaxIdleConnsPerHost = 100
	return &Client{
		config:  config,
		baseURL: baseURL,
		http: &http.Client{
			Transport: transport,
			// A redirect would carry the credentials to a place that nobody configured.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// api returns twilio-go's operations, bound to ctx, and the place where what they get is kept.
func (c *Client) api(ctx context.Context) (*flex.ApiService, *exchange) {
	e := &exchange{ctx: ctx, client: c}
	// Not NewRequestHandler, which would let environment variables change the host behind the configuration's back.
	return flex.NewApiService(&twilioclient.RequestHandler{Client: e}), e
}

// call makes one call and reads its answer whole. An answer outside 2xx is an [*Error].
func (c *Client) call(ctx context.Context, method, path string, query, form url.Values) (*answer, error) {
	ctx = c.maskSecrets(ctx)
	target := c.baseURL.JoinPath(path)
	target.RawQuery = query.Encode()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return nil, &CallError{Method: method, Path: path, Err: err}
	}
	req.SetBasicAuth(c.config.Username, c.config.Password)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.config.UserAgent)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}

	start := time.Now()
	got, err := c.exchange(req)
	logCall(ctx, req, path, got, err, time.Since(start))
	if err != nil {
		return nil, &CallError{Method: method, Path: path, Err: err}
	}
	if got.status < 200 || got.status > 299 {
		return nil, c.newError(method, path, got)
	}
	return got, nil
}

func (c *Client) exchange(req *http.Request) (*answer, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		// The method and URL that url.Error adds are in CallError already.
		if wrapped := (*url.Error)(nil); errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return nil, err
	}
	defer resp.Body.Close()
	got := &answer{status: resp.StatusCode, requestID: resp.Header.Get("Twilio-Request-Id")}
	got.body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswerSize+1))
	if err != nil {
		return got, err
	}
	if len(got.body) > maxAnswerSize {
		return got, errors.New("the answer is larger than 16 MiB, which no answer of this API is")
	}
	return got, nil
}

// answer is what came back for a call.
type answer struct {
	status    int
	requestID string
	body      []byte
}

// exchange is the BaseClient of one call: it has that call's context and keeps its answer, because twilio-go's own decoder
// gives a whole answer up for one field that it did not expect.
type exchange struct {
	ctx    context.Context //nolint:containedctx // BaseClient has no other way to get one
	client *Client
	answer *answer
}

var _ twilioclient.BaseClient = (*exchange)(nil)

func (e *exchange) SendRequest(method, rawURL string, data url.Values, _ map[string]any, _ ...byte) (*http.Response, error) {
	target, err := url.Parse(rawURL)
	if err != nil {
		return nil, err
	}
	var query, form url.Values
	if method == http.MethodPost {
		form = data
	} else {
		query = data
	}
	if e.answer, err = e.client.call(e.ctx, method, target.Path, query, form); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: e.answer.status, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}

// The rest of BaseClient is not called by the operations in use: time-outs come from the context, authorisation from Config.

func (e *exchange) AccountSid() string          { return "" }
func (e *exchange) SetTimeout(time.Duration)    {}
func (e *exchange) SetOauth(twilioclient.OAuth) {}
func (e *exchange) OAuth() twilioclient.OAuth   { return nil }
