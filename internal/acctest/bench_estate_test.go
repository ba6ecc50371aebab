//go:build unix

package acctest_test

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// A kind is a kind of resource that the benchmarks are about.
type kind struct {
	// name is what a benchmark calls several of them.
	name, typeName string
	// resource is one for each count.index, with $ in var.name for the index.
	resource string
	// dates are when those in the account were created, and add adds another one.
	dates func(*workspace) []time.Time
	add   func(w *workspace, number int, created time.Time)
}

var kinds = []kind{
	{
		name: "flows", typeName: "twilio_flex_flow",
		resource: `
  friendly_name    = replace(var.name, "$", count.index)
  chat_service_sid = "IS11111111111111111111111111111111"
  channel_type     = "web"
  integration_type = "studio"
  integration {
    flow_sid = "FW22222222222222222222222222222222"
  }
`,
		dates: func(w *workspace) (dates []time.Time) {
			for _, f := range w.Flows() {
				dates = append(dates, f.DateCreated)
			}
			return dates
		},
		add: func(w *workspace, number int, created time.Time) {
			w.Add(flexemulator.Flow{
				FriendlyName: fmt.Sprint("Other ", number), ChatServiceSID: "IS11111111111111111111111111111111", ChannelType: "web", DateCreated: created,
				Integration: map[string]any{"flow_sid": "FW22222222222222222222222222222222", "retry_count": 3}, IntegrationType: new("studio"),
			})
		},
	},
	{
		name: "addresses", typeName: "twilio_conversations_address_configuration",
		resource: `
  type          = "sms"
  address       = var.alike ? "+15005550006" : "+1500${1000000 + count.index}"
  friendly_name = replace(var.name, "$", count.index)
  auto_creation {
    type            = "studio"
    studio_flow_sid = "FW22222222222222222222222222222222"
  }
`,
		dates: func(w *workspace) (dates []time.Time) {
			for _, a := range w.Addresses() {
				dates = append(dates, a.DateCreated)
			}
			return dates
		},
		add: func(w *workspace, number int, created time.Time) {
			w.AddAddress(flexemulator.Address{
				Type: "sms", Address: fmt.Sprint("+1600", 1_000_000+number), FriendlyName: new(fmt.Sprint("Other ", number)), DateCreated: created,
				AutoCreation: map[string]any{"type": "studio", "studio_flow_sid": "FW22222222222222222222222222222222", "studio_retry_count": int64(0)},
			})
		},
	},
}

// newEstate is a workspace with a configuration of so many resources.
func newEstate(b *testing.B, of kind, count int, options flexemulator.Options) *workspace {
	b.Helper()
	options.Load.Unchecked = true
	// A second passes whenever the API looks at its clock, so that resources are as far apart in time as in an account that grew.
	start, looks := time.Now().Add(-365*24*time.Hour), atomic.Int64{}
	options.Now = func() time.Time { return start.Add(time.Duration(looks.Add(1)) * time.Second) }
	w := newWorkspaceWith(b, options)
	w.write("main.tf", requiredProviders+`
variable "shared_reads" {
  default = true
}

variable "name" {
  default = "Number $"
}

variable "alike" {
  default = false
}

provider "twilio" {
  shared_reads = var.shared_reads
}

resource "`+of.typeName+`" "test" {
  count = `+strconv.Itoa(count)+of.resource+"}\n")
	w.terraform("init")
	return w
}

// among adds others to the account until it holds so many: evenly among those that are there, or all after them.
func (w *workspace) among(of kind, total int, evenly bool) {
	dates := of.dates(w)
	for i := range total - len(dates) {
		date := dates[i*len(dates)/(total-len(dates))]
		if !evenly {
			date = dates[len(dates)-1].Add(time.Duration(i+1) * 10 * time.Second)
		}
		of.add(w, i, date)
	}
}
