package twilio

import (
	"context"
	"encoding/base64"
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

// logAttempt logs one attempt at a call: what was asked, what came of it and how long it took, never a header or a body.
func logAttempt(ctx context.Context, state *call, took time.Duration) {
	fields := map[string]any{
		"method":      state.method,
		"path":        state.path,
		"attempt":     state.attempts,
		"duration_ms": took.Milliseconds(),
	}
	if state.answer != nil {
		fields["status"] = state.answer.status
		fields["request_id"] = state.answer.requestID
	}
	if state.err != nil {
		fields["error"] = state.err.Error()
	}
	tflog.Debug(ctx, "Called Twilio", fields)
}
