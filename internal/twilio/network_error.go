package twilio

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
)

// A networkError says in words why a call got no response.
type networkError struct {
	words, remedy string
	// final means that another attempt would end in the same way.
	final bool
	err   error
}

func (e *networkError) Error() string { return e.words }
func (e *networkError) Unwrap() error { return e.err }

const (
	checkHost = "Check the host: region and edge (TWILIO_REGION, TWILIO_EDGE), or base_url (TWILIO_BASE_URL) if it is set; and that " +
		"this machine reaches it."
	checkProxy = "Check HTTPS_PROXY: the proxy's address, and its user name and password if it asks for them. NO_PROXY names hosts to " +
		"reach without it."
	checkCA = "If a proxy of your organization inspects encrypted traffic, add its CA certificate to the certificates that this " +
		"machine trusts, or name the file in SSL_CERT_FILE. Otherwise check the host, and this machine's clock."
)

// explain puts an error of the network into words. Go's own words name types, addresses or URLs that may hold a password.
func explain(err error, host string) error {
	words, remedy, final := "the connection failed", checkHost, false
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	var operation *net.OpError
	switch isOperation := errors.As(err, &operation); {
	case isOperation && operation.Op == "proxyconnect":
		words, remedy = "the proxy could not be reached", checkProxy
	case strings.Contains(err.Error(), "Proxy Authentication Required"), strings.Contains(err.Error(), "invalid proxy"):
		words, remedy, final = "the proxy refused the connection, or its address is not valid", checkProxy, true
	case errors.As(err, &dns):
		words = fmt.Sprintf("the host %s was not found", dns.Name)
	case errors.As(err, &certificate):
		words, remedy, final = "the certificate of "+host+" can't be trusted: "+reason(certificate.Err), checkCA, true
	case errors.As(err, &noTLS):
		words = "the host " + host + " does not speak TLS"
	case errors.Is(err, syscall.ECONNREFUSED):
		words = "the host " + host + " refused the connection"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		words, remedy = "the connection was closed before the response was complete", ""
	case errors.Is(err, context.Canceled):
		words, remedy = "the request was canceled", ""
	case isOperation && operation.Timeout():
		words = "the host " + host + " could not be reached in time"
	}
	return &networkError{words, remedy, final, err}
}

// reason says why a certificate is not trusted.
func reason(certificate error) string {
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(certificate, &host):
		return "it is for another host"
	case errors.As(certificate, &invalid) && invalid.Reason == x509.Expired:
		return "it has expired, or is not valid yet"
	}
	return "it is signed by an authority that this machine does not know"
}

// isFinal reports whether another attempt would end in the same way.
func isFinal(err error) bool {
	problem, ok := errors.AsType[*networkError](err)
	return ok && problem.final
}
