package twilio

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
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

// redact takes the credentials out of a text that is not ours, such as an error page that repeats the request.
func (c *Client) redact(text string) string {
	for _, secret := range c.secrets() {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return text
}

// logCall logs one call: what was asked, what came of it and how long it took, never a header or a body.
func logCall(ctx context.Context, req *http.Request, path string, got *answer, err error, took time.Duration) {
	fields := map[string]any{
		"method":      req.Method,
		"path":        path,
		"duration_ms": took.Milliseconds(),
	}
	if got != nil {
		fields["status"] = got.status
		fields["request_id"] = got.requestID
	}
	if err != nil {
		fields["error"] = err.Error()
	}
	tflog.Debug(ctx, "Called Twilio", fields)
}
