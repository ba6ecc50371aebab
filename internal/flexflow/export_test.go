package flexflow

import "time"

// Tests that remove a flow just after creating it would otherwise wait for as long as users do.
func init() { settleTime = time.Second }
