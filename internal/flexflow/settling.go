package flexflow

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// creationKey is where a resource's private state holds when this provider created the flow, by this machine's clock.
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

// age is the time since this provider created the flow, in this run or an earlier one; long ago when that was not here or is not
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

// whileSettling makes a call, and again for as long as it finds nothing though the flow was created only just now: Twilio's APIs
// may take some seconds, at most settleTime, until what one call made is seen by the next.
func whileSettling(ctx context.Context, settleTime, age time.Duration, call func() error) error {
	start := time.Now()
	deadline := start.Add(settleTime - min(age, settleTime))
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := call()
		left := time.Until(deadline)
		if !twilio.IsNotFound(err) || left <= 0 {
			return err
		}
		select {
		case <-time.After(min(wait, left)):
		case <-ctx.Done():
			return fmt.Errorf("the Flex Flow, created %s ago, is not there yet: %w", (age + time.Since(start)).Round(time.Second), ctx.Err())
		}
	}
}
