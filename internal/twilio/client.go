// Package twilio is a Twilio API over the wire, whichever product it is of: where it is, how a call is authorised, made, logged and
// understood, and how resources are created, read, listed, updated and deleted so that nothing is lost or doubled. What kinds of resource
// there are is up to who uses it: see [Kind].
package twilio

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
)

// What a Config leaves open.
const (
	// DefaultMaxRetries is how often a call that failed is made again.
	DefaultMaxRetries = 5
	// DefaultRequestTimeout is for how long one attempt at a call may take.
	DefaultRequestTimeout = 30 * time.Second
	// DefaultPropagationTime is for how long what one call made may stay unseen by the next.
	DefaultPropagationTime = 10 * time.Second
)

// Config is what an [Account] needs.
type Config struct {
	// BaseURL is the endpoint of all APIs, https or loopback http; see [ParseBaseURL]. Empty means that each API has a host of its own, which
	// Region and Edge choose; see [Endpoint].
	BaseURL, Region, Edge string
	// Username and Password authorise each call: an account SID with its auth token, or an API key's SID with its secret.
	Username, Password string
	// AccountSID is the account that the credentials are for, empty where that is not known; see [Client.AccountSID].
	AccountSID string
	// Source says what the credentials are and where they come from, for errors about them.
	Source string
	// UserAgent is sent with each call.
	UserAgent string
	// MaxRetries is how often a call that failed is made again, where that can do no harm. A 429 response does not count: the call is retried
	// until its context ends.
	MaxRetries int
	// RequestTimeout bounds one attempt at a call. 0 means DefaultRequestTimeout.
	RequestTimeout time.Duration
	// PropagationTime is for how long a resource may stay unseen by reads and lists after it was made. 0 means DefaultPropagationTime.
	PropagationTime time.Duration
	// RetryWait is the first wait before a call is made again; the next ones are longer. 0 means half a second.
	RetryWait time.Duration
	// SharedReads lets one list serve several reads; see [Client.Read].
	SharedReads bool
	// CheckReferences lets [Client.FetchOnce] send requests.
	CheckReferences bool
	// Transport carries the calls. Nil means a pool of connections of each client's own.
	Transport http.RoundTripper
}

// An Account is a set of credentials, and a [Client] for each kind of resource. It is safe for concurrent use.
type Account struct {
	config Config
	sid    atomic.Pointer[string]

	mu      sync.Mutex
	clients map[string]*Client
	// freed is when this run last deleted or changed a resource.
	freed time.Time
}

// New returns an Account. It makes no call.
func New(config Config) (*Account, error) {
	config.RequestTimeout = cmp.Or(config.RequestTimeout, DefaultRequestTimeout)
	config.PropagationTime = cmp.Or(config.PropagationTime, DefaultPropagationTime)
	config.RetryWait = cmp.Or(config.RetryWait, firstWait)
	if config.Username == "" || config.Password == "" {
		return nil, errors.New("both a user name and a password are needed to call Twilio")
	}
	if _, err := config.endpoint("api"); err != nil {
		return nil, err
	}
	a := &Account{config: config, clients: map[string]*Client{}}
	a.rememberAccount(config.Username)
	a.rememberAccount(config.AccountSID)
	return a, nil
}

// endpoint is where the API of a host is.
func (c Config) endpoint(host string) (*url.URL, error) {
	raw := c.BaseURL
	if raw == "" {
		var err error
		if raw, err = Endpoint(host, c.Region, c.Edge); err != nil {
			return nil, err
		}
	}
	return ParseBaseURL(raw)
}

// rememberAccount takes in the account that a response names, where none is known.
func (a *Account) rememberAccount(accountSID string) {
	if sid.Account.Valid(accountSID) {
		a.sid.CompareAndSwap(nil, &accountSID)
	}
}

// noteFreed notes that this run deleted or changed a resource, so that another one may have what that had.
func (a *Account) noteFreed() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.freed = time.Now()
}

func (a *Account) freedAt() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.freed
}

// Client returns the account's client for resources of the kind, the same one each time.
func (a *Account) Client(kind Kind) *Client {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := kind.Host + kind.Path
	if c, ok := a.clients[key]; ok {
		return c
	}
	baseURL, _ := a.config.endpoint(kind.Host) // New has checked what can be wrong
	c := &Client{
		Kind: kind, config: a.config, account: a, baseURL: baseURL, transport: a.config.Transport, pace: newPace(),
		creates: creates{groups: map[string]*alikeCreates{}}, fetches: map[string]*fetch{},
	}
	if c.transport == nil {
		c.transport = newTransport()
	}
	a.clients[key] = c
	return c
}

// A Client makes calls for resources of one kind. It is safe for concurrent use.
type Client struct {
	Kind
	config  Config
	account *Account
	baseURL *url.URL
	// transport carries each attempt. It follows no redirect, which would carry the credentials to a place that nobody configured.
	transport http.RoundTripper
	pace      *pace
	clock     clock
	creates   creates
	writes    writes
	reads     sharedReads
	gone      atomic.Int32
	// fetches are the requests of [Client.FetchOnce] by path, and fetchFailed means that no further one is sent.
	fetchesMu   sync.Mutex
	fetches     map[string]*fetch
	fetchFailed atomic.Bool
}

// CountGone counts a resource that no longer exists, and returns how many there are.
func (c *Client) CountGone() int { return int(c.gone.Add(1)) }

// AccountSID is the account that the client makes calls for: that of the credentials, or else what a response told; empty where neither
// did.
func (c *Client) AccountSID() string { return orEmpty(c.account.sid.Load()) }

// CheckAccount returns an error if a resource belongs to another account than the configured one.
func (c *Client) CheckAccount(object *Object) error {
	if c.config.AccountSID == "" || object.AccountSID == "" || object.AccountSID == c.config.AccountSID {
		return nil
	}
	return &AccountError{Configured: c.config.AccountSID, Answered: object.AccountSID}
}
