package compare_test

import (
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/compare"
)

func TestStrings(t *testing.T) {
	for name, c := range map[string]struct {
		form           compare.Form
		sent, answered string
		want           compare.Outcome
	}{
		"equal":                               {compare.Text, "Web chat", "Web chat", compare.Same},
		"trimmed":                             {compare.Text, " Web chat ", "Web chat", compare.Same},
		"letter case":                         {compare.Text, "Web chat", "web chat", compare.Unclear},
		"inner blanks":                        {compare.Text, "Web  chat", "Web chat", compare.Unclear},
		"another text":                        {compare.Text, "Web chat", "Web", compare.Different},
		"empty":                               {compare.Text, "Web chat", "", compare.Different},
		"word in lower case":                  {compare.Word, "GET", "get", compare.Same},
		"another word":                        {compare.Word, "GET", "POST", compare.Different},
		"number without blanks":               {compare.Address, "+1 (500) 555-0006", "+15005550006", compare.Same},
		"number with a plus":                  {compare.Address, "15005550006", "+15005550006", compare.Same},
		"number without the channel's prefix": {compare.Address, "whatsapp:+15005550006", "+15005550006", compare.Same},
		"another number":                      {compare.Address, "+15005550006", "+15005550007", compare.Different},
		"e-mail address in lower case":        {compare.Address, "Support@Example.com", "support@example.com", compare.Same},
		"page in another letter case":         {compare.Address, "messenger:Page", "page", compare.Unclear},
		"name of a chat":                      {compare.Address, "website", "shop", compare.Different},
		"host in upper case":                  {compare.URL, "HTTPS://EXAMPLE.com/Hook", "https://example.com/Hook", compare.Same},
		"slash after the host":                {compare.URL, "https://example.com", "https://example.com/", compare.Same},
		"slash after a path":                  {compare.URL, "https://example.com/hook", "https://example.com/hook/", compare.Unclear},
		"path in another letter case":         {compare.URL, "https://example.com/Hook", "https://example.com/hook", compare.Unclear},
		"another query":                       {compare.URL, "https://example.com?a=1", "https://example.com?a=2", compare.Different},
		"no URL":                              {compare.URL, "%zz", "%zz ", compare.Same},
	} {
		if got := compare.Strings(c.sent, c.answered, c.form); got != c.want {
			t.Errorf("%s: %d, expected %d", name, got, c.want)
		}
	}
}
