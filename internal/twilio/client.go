// Package twilio is the Flex Flows API over the wire: where it is, how a call is authorised, made, logged and understood.
//
// The operations and their parameters are those that twilio-go generates from the vendor's OpenAPI document. What is around
// them is this package's own, because twilio-go's HTTP client knows no context and drops an error's status and headers.
package twilio

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	twilioclient "github.com/twilio/twilio-go/client"
	flex "github.com/twilio/twilio-go/rest/flex/v1"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// DefaultBaseURL is where the API answers when no other endpoint is asked for.
const DefaultBaseURL = "https://flex-api.twilio.com"

// What a Config leaves open.
const (
	// DefaultMaxRetries is how often a call that failed is made again.
	DefaultMaxRetries = 5
	// DefaultRequestTimeout is for how long one attempt at a call may take.
	DefaultRequestTimeout = 30 * time.Second
	// DefaultSettleTime is for how long what one call made may stay unseen by the next.
	DefaultSettleTime = 10 * time.Second
)

// Config is what a [Client] needs.
type Config struct {
	// BaseURL is the endpoint, https or loopback http; see [ParseBaseURL]. Empty means [DefaultBaseURL].
	BaseURL string
	// Username and Password authorise each call: an account SID with its auth token, or an API key's SID with its secret.
	Username, Password string
	// AccountSID is the account that the credentials are for, empty where that is not known; see [Client.Account].
	AccountSID string
	// Source says what the credentials are and where they come from, for errors about them.
	Source string
	// UserAgent is sent with each call.
	UserAgent string
	// MaxRetries is how often a call that failed is made again, where that can do no harm. An answer of 429 does not count:
	// it is waited out until the call's context ends.
	MaxRetries int
	// RequestTimeout bounds one attempt at a call. 0 means DefaultRequestTimeout.
	RequestTimeout time.Duration
	// SettleTime is for how long a flow may stay unseen by reads and lists after it was made. 0 means DefaultSettleTime.
	SettleTime time.Duration
	// RetryWait is the first wait before a call is made again; the next ones are longer. 0 means half a second.
	RetryWait time.Duration
	// SharedReads lets one list serve several reads; see [Client.ReadFlexFlow].
	SharedReads bool
	// Transport carries the calls. Nil means a pool of connections of the client's own.
	Transport http.RoundTripper
}

// A Client makes calls to the API for one set of credentials. It is safe for concurrent use.
type Client struct {
	config  Config
	baseURL *url.URL
	http    *retryablehttp.Client
	clock   clock
	creates creates
	writes  writes
	reads   sharedReads
	read    sync.Map // SIDs of flows that were read
	account atomic.Pointer[string]
}

// Account is the SID of the account that the client makes calls for: that of the credentials, or else what an answer told; empty
// where neither did.
func (c *Client) Account() string { return *cmp.Or(c.account.Load(), new("")) }

// learnAccount takes in the account that an answer names, where none is known.
func (c *Client) learnAccount(accountSID *string) {
	if accountSID != nil && sid.Account.Valid(*accountSID) {
		c.account.CompareAndSwap(nil, accountSID)
	}
}

// New returns a Client. It makes no call.
func New(config Config) (*Client, error) {
	config.BaseURL = cmp.Or(config.BaseURL, DefaultBaseURL)
	config.RequestTimeout = cmp.Or(config.RequestTimeout, DefaultRequestTimeout)
	config.SettleTime = cmp.Or(config.SettleTime, DefaultSettleTime)
	config.RetryWait = cmp.Or(config.RetryWait, firstWait)
	baseURL, err := ParseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	if config.Username == "" || config.Password == "" {
		return nil, errors.New("both a user name and a password are needed to call Twilio")
	}
	c := &Client{config: config, baseURL: baseURL}
	c.learnAccount(&config.Username)
	c.learnAccount(&config.AccountSID)
	c.http = c.newHTTPClient()
	return c, nil
}

// api returns twilio-go's operations, bound to ctx, and the place where what they get is kept.
func (c *Client) api(ctx context.Context) (*flex.ApiService, *exchange) {
	e := &exchange{ctx: ctx, client: c}
	// Not NewRequestHandler, which would let environment variables change the host behind the configuration's back.
	return flex.NewApiService(&twilioclient.RequestHandler{Client: e}), e
}

// call makes one call, again where it fails and that can do no harm. An answer outside 2xx is an [*Error], no usable answer a
// [*CallError].
func (c *Client) call(ctx context.Context, state *call, query, form url.Values) error {
	ctx = c.maskSecrets(ctx)
	target := c.baseURL.JoinPath(state.path)
	target.RawQuery = query.Encode()
	var body any // nil, not a nil []byte, for a request without one
	if form != nil {
		body = []byte(form.Encode())
	}
	req, err := retryablehttp.NewRequestWithContext(context.WithValue(ctx, callKey{}, state), state.method, target.String(), body)
	if err != nil {
		return state.failure(err)
	}
	req.SetBasicAuth(c.config.Username, c.config.Password)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.config.UserAgent)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}

	resp, err := c.http.Do(req)
	if resp != nil {
		_ = resp.Body.Close() // it was read whole by the attempt
	}
	state.stopped = cmp.Or(state.stopped, ctx.Err())
	switch {
	case state.err != nil:
		return state.failure(state.err)
	case state.answer == nil:
		return state.failure(cmp.Or(plainURLError(err), errors.New("no attempt was made")))
	case state.answer.status < 200 || state.answer.status > 299:
		return c.newError(state)
	}
	return nil
}

// plainURLError is an error of an HTTP client without the URL that it repeats.
func plainURLError(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// exchange is the BaseClient of one call: it has that call's context and keeps its answer, because twilio-go's own decoder
// gives a whole answer up for one field that it did not expect.
type exchange struct {
	ctx    context.Context //nolint:containedctx // BaseClient has no other way to get one
	client *Client
	// once makes one attempt only.
	once bool
	*call
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
	e.call = &call{
		method: method, path: target.Path, start: time.Now(),
		creates: method == http.MethodPost && target.Path == flexFlowsPath, once: e.once,
	}
	if err := e.client.call(e.ctx, e.call, query, form); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: e.answer.status, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}

// The rest of BaseClient is not called by the operations in use: time-outs come from the context, authorisation from Config.

func (e *exchange) AccountSid() string          { return "" }
func (e *exchange) SetTimeout(time.Duration)    {}
func (e *exchange) SetOauth(twilioclient.OAuth) {}
func (e *exchange) OAuth() twilioclient.OAuth   { return nil }
