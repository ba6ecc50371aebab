package twilio

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/flex-iac/terraform-provider-twilio/internal/redact"
)

// secrets lists the forms in which the credentials could show up in a text.
func (c *Client) secrets() []string {
	return []string{
		c.config.Password,
		base64.StdEncoding.EncodeToString([]byte(c.config.Username + ":" + c.config.Password)),
	}
}

func (c *Client) maskSecrets(ctx context.Context) context.Context {
	ctx = tflog.MaskMessageStrings(ctx, c.secrets()...)
	return tflog.MaskAllFieldValuesStrings(ctx, c.secrets()...)
}

// redact takes the credentials, and what may be secret of URLs, out of a text that is not ours, such as an error page that repeats the
// request.
func (c *Client) redact(text string) string {
	for _, secret := range c.secrets() {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return redact.URLs(text)
}

// logAttempt logs the last attempt at a call: what was asked, what came of it and how long it took, never a header or a body.
func logAttempt(ctx context.Context, made *call) {
	last := made.last()
	fields := map[string]any{
		"method":      made.method,
		"path":        made.path,
		"attempt":     len(made.attempts),
		"duration_ms": time.Since(last.began).Milliseconds(),
	}
	if last.response != nil {
		fields["status"] = last.response.status
		fields["request_id"] = last.response.requestID
	}
	if last.err != nil {
		fields["error"] = last.err.Error()
	}
	tflog.Debug(ctx, "Called Twilio", fields)
}
