package provider

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Server returns what makes the provider's server, of the given version.
func Server(version string, options ...Option) func() tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(New(version, options...)())
	return func() tfprotov6.ProviderServer {
		// Lists of resources are an interface of their own for the time being.
		return &server{framework().(tfprotov6.ProviderServerWithListResource)} //nolint:forcetypeassert,staticcheck // deprecated for when it will be part of ProviderServer
	}
}

// server is the framework's server, but for what it remembers: the framework keeps the context of each request until the provider
// ends, and with it the request's loggers, which is most of what a plan over thousands of flows would take. The requests that
// come once for each resource or data source get a context that holds nothing when they are over.
type server struct {
	tfprotov6.ProviderServerWithListResource
}

func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ValidateResourceConfig)
}

func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.UpgradeResourceState)
}

func (s *server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ImportResourceState)
}

func (s *server) MoveResourceState(ctx context.Context, req *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.MoveResourceState)
}

func (s *server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ReadDataSource)
}

func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ReadResource)
}

func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.PlanResourceChange)
}

func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return during(ctx, req, s.ProviderServerWithListResource.ApplyResourceChange)
}

// during serves one request.
func during[Request, Response any](ctx context.Context, req Request, serve func(context.Context, Request) (Response, error)) (Response, error) {
	request := &requestContext{}
	request.of.Store(&ctx)
	over := canceled()
	defer request.of.Store(&over)
	return serve(request, req)
}

// requestContext is a request's context while that is served, and one that is cancelled and holds nothing afterwards.
type requestContext struct {
	of atomic.Pointer[context.Context]
}

func canceled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func (c *requestContext) ctx() context.Context { return *c.of.Load() }

func (c *requestContext) Deadline() (time.Time, bool) { return c.ctx().Deadline() }
func (c *requestContext) Done() <-chan struct{}       { return c.ctx().Done() }
func (c *requestContext) Err() error                  { return c.ctx().Err() }
func (c *requestContext) Value(key any) any           { return c.ctx().Value(key) }

// AfterFunc spares the context package a goroutine for each context that is derived from this one.
func (c *requestContext) AfterFunc(f func()) func() bool { return context.AfterFunc(c.ctx(), f) }
