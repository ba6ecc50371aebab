package tfresource

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// What the private state of a resource holds beside its state.
const (
	// creationKey is when this provider created the resource, by this machine's clock.
	creationKey = "created_at"
	// importKey says how far an import is: see importing.
	importKey = "import"
	// unclearKey holds what was unclear in the latest response: see unclear.
	unclearKey = "unclear"
	// clearableKey holds the names of the clearable attributes that the configuration sets. The state does not tell: such an attribute keeps
	// its value when it is removed.
	clearableKey = "clearable"
)

// importing is how far an import is.
type importing string

const (
	// importPending means that the state has nothing but the SID.
	importPending importing = "pending"
	// importRead means that the state has what Twilio has, and that no configuration was applied since.
	importRead importing = "read"
)

// privateState is the private state of a request or response.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// remember puts a value into private state; nil takes it out.
func remember(ctx context.Context, private privateState, key string, value any) diag.Diagnostics {
	if value == nil {
		return private.SetKey(ctx, key, nil)
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return warningf("Unable to write private state", "%v", err)
	}
	return private.SetKey(ctx, key, raw)
}

// recall reads a value from private state. It is the zero value where there is none.
func recall[T any](ctx context.Context, private privateState, key string) T {
	var value T
	if raw, _ := private.GetKey(ctx, key); len(raw) > 0 {
		_ = json.Unmarshal(raw, &value) // written by remember
	}
	return value
}

// age is the time since this provider created the resource, in this run or an earlier one; long ago when that was not here or is not
// known.
func age(ctx context.Context, private privateState) time.Duration {
	const longAgo = 1<<63 - 1
	created := recall[time.Time](ctx, private, creationKey)
	if created.IsZero() || created.After(time.Now()) {
		return longAgo
	}
	return time.Since(created)
}
