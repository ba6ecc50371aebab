package tfresource

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// creationKey is where a resource's private state holds when this provider created the resource, by this machine's clock.
const creationKey = "created_at"

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func rememberCreation(ctx context.Context, private privateWriter) diag.Diagnostics {
	now, err := json.Marshal(time.Now())
	if err != nil {
		return diag.Diagnostics{diag.NewWarningDiagnostic("Unable to note the time of creation", err.Error())}
	}
	return private.SetKey(ctx, creationKey, now)
}

// age is the time since this provider created the resource, in this run or an earlier one; long ago when that was not here or is not
// known.
func age(ctx context.Context, private privateReader) time.Duration {
	const longAgo = 1<<63 - 1
	raw, _ := private.GetKey(ctx, creationKey)
	var created time.Time
	if json.Unmarshal(raw, &created) != nil || created.IsZero() || created.After(time.Now()) {
		return longAgo
	}
	return time.Since(created)
}
