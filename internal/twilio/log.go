package twilio

import (
	"context"
	"encoding/base64"
	"strings"

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
