// Package reference has what attributes refer to in Twilio's other APIs, such as a Studio flow: where it is, and how to see that it is
// missing, or that no message gets through it.
package reference

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/flex-iac/terraform-provider-twilio/internal/sid"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// A Reference is a kind of resource that an attribute's value names.
type Reference struct {
	// Parent is the attribute beside this one that names the resource to which this one belongs; empty where it belongs to none.
	Parent string

	name string
	// host is the first label of the API's host. In path, %[1]s stands for the value, and %[2]s for the parent's.
	host, path string
	// inspect reports a problem of a resource that exists, nil where there is none or where that can't be told; a nil inspect looks for none.
	inspect func(ctx context.Context, f Fetcher, value, path string, fields map[string]json.RawMessage) *Problem
}

// A Fetcher fetches a resource of any of Twilio's APIs, as [twilio.Client.FetchOnce] does.
type Fetcher interface {
	FetchOnce(ctx context.Context, host, path string) (map[string]json.RawMessage, error)
}

// A Problem is what is wrong with a resource that an attribute refers to.
type Problem struct {
	// Missing means that there is no such resource.
	Missing bool
	// Summary and Detail are those of the diagnostic. Detail begins in the middle of a sentence, after the attribute and its value.
	Summary, Detail string
}

// The references that there are.
var (
	Workspace   = &Reference{name: sid.Workspace.Name, host: "taskrouter", path: "/v1/Workspaces/%[1]s"}
	Workflow    = inWorkspace(sid.Workflow.Name, "Workflows")
	TaskChannel = inWorkspace(sid.TaskChannel.Name, "TaskChannels")
	// Service is the Conversation Service or chat service that holds conversations. Twilio has both in one API.
	Service = &Reference{name: "Conversation Service", host: "conversations", path: "/v1/Services/%[1]s"}
)

func inWorkspace(name, collection string) *Reference {
	return &Reference{Parent: "workspace_sid", name: name, host: "taskrouter", path: "/v1/Workspaces/%[2]s/" + collection + "/%[1]s"}
}

// Check fetches what a value names. It returns nil where nothing is wrong, and where no clear response came.
func (r *Reference) Check(ctx context.Context, f Fetcher, value, parent string) *Problem {
	if value == "." || value == ".." || strings.Contains(value, "/") {
		return nil // servers differ in what they make of it in a path
	}
	path := fmt.Sprintf(r.path, url.PathEscape(value), url.PathEscape(parent))
	fields, err := f.FetchOnce(ctx, r.host, path)
	switch {
	case twilio.IsNotFound(err):
		return r.missing(value, parent)
	case err != nil:
		tflog.Debug(ctx, "A reference was not checked", map[string]any{"host": r.host, "path": path, "error": err.Error()})
		return nil
	case r.inspect == nil:
		return nil
	}
	return r.inspect(ctx, f, value, path, fields)
}

func (r *Reference) missing(value, parent string) *Problem {
	p := &Problem{Missing: true, Summary: fmt.Sprintf("%s %s not found", r.name, value)}
	if parent == "" {
		p.Detail = fmt.Sprintf("but the account has no such %s. %s Check the value, and that the %[1]s is in the account and region of the "+
			"provider's credentials.", r.name, ifMissing)
	} else {
		p.Detail = fmt.Sprintf("but the TaskRouter Workspace %s has no such %s. %s Check both values: the %[2]s may be in another "+
			"Workspace.", parent, r.name, ifMissing)
	}
	return p
}

// What happens if a plan with a problem is applied.
const (
	ifMissing = "If you apply this, Twilio may refuse it, or accept it and lose each message that arrives. (What was created just now may " +
		"not be found for some seconds.)"
	ifNotHandled = "If you apply this, each message that arrives ends there, and nobody sees it."
)
