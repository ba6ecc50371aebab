package provider

import (
	"context"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// This file contains what makes plans over thousands of resources cheap. None of it changes what the provider does:
//
//   - RelaxGC can go once garbage collection no longer shows in a profile of a large plan.
//   - DisableUnusedLogs can go once the SDK creates no log entries that Terraform drops.
//   - server can go once registerContext in the framework's internal/proto6server releases the context of a request that is done.

// gcPercent is the GOGC value of the provider. It trades memory for CPU time: few allocations outlive their request, and a plan
// has at least two requests for each resource.
const gcPercent = 300

// RelaxGC makes garbage collection less frequent, unless the environment sets GOGC.
func RelaxGC() {
	if !isSet("GOGC") {
		debug.SetGCPercent(gcPercent)
	}
}

// DisableUnusedLogs turns the logs of this process off if Terraform is not going to show them. Terraform would parse and drop more
// than 60 KB for each resource of a plan, a quarter of the plan's time apart from the API's.
func DisableUnusedLogs() {
	if isSet("TF_LOG") || isSet("TF_LOG_PROVIDER") {
		return
	}
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_TWILIO"} { // if they are not set, everything is logged
		if !isSet(name) {
			_ = os.Setenv(name, "off") // fails only for invalid names
		}
	}
}

func isSet(variable string) bool { return os.Getenv(variable) != "" }

// Server returns a function that creates the provider's server.
func Server(version string, options ...Option) func() tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(New(version, options...)())
	return func() tfprotov6.ProviderServer {
		return &server{framework().(tfprotov6.ProviderServerWithListResource)} //nolint:staticcheck // until ProviderServer includes it
	}
}

// server is the framework's server, with contexts that hold nothing once their request is done. The framework's registerContext keeps
// the context of every request until the provider stops, and with it the request's loggers: most of the memory of a plan over
// thousands of resources. Only the requests that Terraform sends for each resource or data source are wrapped.
type server struct {
	tfprotov6.ProviderServerWithListResource
}

func (s *server) ValidateResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ValidateResourceConfig)
}

func (s *server) UpgradeResourceState(
	ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.UpgradeResourceState)
}

func (s *server) ImportResourceState(
	ctx context.Context, req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ImportResourceState)
}

func (s *server) MoveResourceState(
	ctx context.Context, req *tfprotov6.MoveResourceStateRequest,
) (*tfprotov6.MoveResourceStateResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.MoveResourceState)
}

func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ReadDataSource)
}

func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ReadResource)
}

func (s *server) PlanResourceChange(
	ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.PlanResourceChange)
}

func (s *server) ApplyResourceChange(
	ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ApplyResourceChange)
}

// during serves a request with a context that is released afterwards.
func during[Request, Response any](
	ctx context.Context, req Request, serve func(context.Context, Request) (Response, error),
) (Response, error) {
	request := &requestContext{}
	request.current.Store(&ctx)
	done, cancel := context.WithCancel(context.Background())
	cancel()
	defer request.current.Store(&done)
	return serve(request, req)
}

// requestContext is the request's own context while the request is served, and an empty, canceled one afterwards.
type requestContext struct {
	current atomic.Pointer[context.Context]
}

func (c *requestContext) ctx() context.Context { return *c.current.Load() }

func (c *requestContext) Deadline() (time.Time, bool) { return c.ctx().Deadline() }
func (c *requestContext) Done() <-chan struct{}       { return c.ctx().Done() }
func (c *requestContext) Err() error                  { return c.ctx().Err() }
func (c *requestContext) Value(key any) any           { return c.ctx().Value(key) }

// AfterFunc saves the context package a goroutine for each derived context.
func (c *requestContext) AfterFunc(f func()) func() bool { return context.AfterFunc(c.ctx(), f) }
