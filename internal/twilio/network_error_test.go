package twilio_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// What keeps a call from a response is said in words, with a remedy of its own, and without what a URL may hold.
func TestNetworkErrors(t *testing.T) {
	deaf := httptest.NewServer(nil)
	deaf.Close() // nothing listens there now
	asking := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }))
	defer asking.Close()
	plain := httptest.NewServer(good)
	defer plain.Close()
	secure := httptest.NewTLSServer(good)
	defer secure.Close()
	by := func(proxy string) *http.Transport {
		return &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return url.Parse(proxy) }}
	}
	malformed := &http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
		return nil, errors.New(`invalid proxy address "me:hunter2"`) // as Go says it of HTTPS_PROXY
	}}
	withUser := func(address string) string { return strings.Replace(address, "://", "://me:hunter2@", 1) }
	for name, c := range map[string]struct {
		baseURL   string
		transport http.RoundTripper
		words     string
		remedy    string
	}{
		"no such host":          {"https://flex-api.nowhere.invalid", &http.Transport{}, "the host flex-api.nowhere.invalid was not found", "region and edge"},
		"nobody listens":        {strings.Replace(deaf.URL, "http:", "https:", 1), &http.Transport{}, deaf.Listener.Addr().String() + " refused the connection", "base_url"},
		"no TLS":                {strings.Replace(plain.URL, "http:", "https:", 1), &http.Transport{}, "the host " + plain.Listener.Addr().String() + " does not speak TLS", "base_url"},
		"unknown authority":     {secure.URL, &http.Transport{}, "the certificate of " + secure.Listener.Addr().String() + " can't be trusted: it is signed by an authority that this machine does not know", "SSL_CERT_FILE"},
		"no proxy":              {"https://flex-api.twilio.com", by(withUser(deaf.URL)), "the proxy could not be reached", "HTTPS_PROXY"},
		"a proxy that asks":     {"https://flex-api.twilio.com", by(withUser(asking.URL)), "the proxy refused the connection", "HTTPS_PROXY"},
		"a proxy of no address": {"https://flex-api.twilio.com", malformed, "its address is not valid", "HTTPS_PROXY"},
	} {
		t.Run(name, func(t *testing.T) {
			client, err := newClient(twilio.Config{BaseURL: c.baseURL, Username: username, Password: password, Transport: c.transport})
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.Fetch(t.Context(), flowSID)
			var failed *twilio.RequestError
			if !errors.As(err, &failed) || !strings.Contains(err.Error(), c.words) || !strings.Contains(failed.Remedy(), c.remedy) {
				t.Fatalf("got %v", err)
			}
			for _, never := range []string{"hunter2", "tls:", "x509", "dial", "proxyconnect", "context"} {
				if strings.Contains(err.Error(), never) {
					t.Errorf("%q in %v", never, err)
				}
			}
		})
	}
}
