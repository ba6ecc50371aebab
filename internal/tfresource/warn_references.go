package tfresource

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/flex-iac/terraform-provider-twilio/internal/attribute"
	"github.com/flex-iac/terraform-provider-twilio/internal/reference"
)

// referencePatience is for how long the plan of a resource waits for what it refers to.
const referencePatience = 2 * time.Second

// warnReferences warns where an attribute, new or changed, refers to something that does not exist, or that no message gets through.
func (r *Resource) warnReferences(ctx context.Context, config, prior values) diag.Diagnostics {
	if r.client == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, referencePatience)
	defer cancel()
	var wait sync.WaitGroup
	problems := map[string]*reference.Problem{}
	var mu sync.Mutex
	for _, f := range r.fields() {
		value, parent := config.referenceOf(f)
		before, parentBefore := prior.referenceOf(f)
		if value == "" || value == before && parent == parentBefore || f.Refers.Parent != "" && parent == "" {
			continue
		}
		wait.Go(func() {
			problem := f.Refers.Check(ctx, r.client, value, parent)
			mu.Lock()
			defer mu.Unlock()
			problems[f.name] = problem
		})
	}
	wait.Wait()

	var diags diag.Diagnostics
	for _, f := range r.fields() {
		p := problems[f.name]
		if p == nil {
			continue
		}
		if parent := problems[f.sibling(f.Refers.Parent)]; parent != nil && parent.Missing {
			continue // nor is what would belong to it
		}
		value, _ := config.referenceOf(f)
		diags.Append(warningAt(f.path, attribute.Capitalized(p.Summary), "%s is %q, %s", f.name, value, p.Detail)...)
	}
	return diags
}

// referenceOf returns the value of a field that refers to something, and that of the attribute that names what this one belongs to. They
// are empty where they are not known.
func (v values) referenceOf(f field) (value, parent string) {
	if f.Refers == nil {
		return "", ""
	}
	return attribute.TextOf(v[f.name]), attribute.TextOf(v[f.sibling(f.Refers.Parent)])
}

// sibling is the full name of an attribute beside this one.
func (f field) sibling(name string) string {
	if f.block == nil {
		return name
	}
	return f.block.at(name).String()
}
