package tfresource

import (
	"context"
	"fmt"
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
	problems := make([]*reference.Problem, len(r.fields()))
	for i, f := range r.fields() {
		value, parent := r.referenceOf(config, f)
		before, parentBefore := r.referenceOf(prior, f)
		if value == "" || value == before && parent == parentBefore || f.Refers.Parent != "" && parent == "" {
			continue
		}
		wait.Go(func() { problems[i] = f.Refers.Check(ctx, r.client, value, parent) })
	}
	wait.Wait()

	var diags diag.Diagnostics
	missing := map[string]bool{}
	for i, f := range r.fields() {
		p := problems[i]
		if p == nil {
			continue
		}
		missing[f.Name] = p.Missing
		if f.Refers.Parent != "" && missing[f.Refers.Parent] {
			continue // it is the parent that is not there
		}
		value, _ := r.referenceOf(config, f)
		diags.AddAttributeWarning(f.path, attribute.Capitalized(p.Summary), fmt.Sprintf("%s is %q, %s", f.path, value, p.Detail))
	}
	return diags
}

// referenceOf returns the value of a field that refers to something, and that of the attribute that names what this one belongs to. They
// are empty where they are not known.
func (d *Definition) referenceOf(v values, f field) (value, parent string) {
	if f.Refers == nil || v == nil {
		return "", ""
	}
	for _, other := range d.fields() {
		if other.block == f.block && other.Name == f.Refers.Parent {
			parent = attribute.TextOf(d.get(v, other))
		}
	}
	return attribute.TextOf(d.get(v, f)), parent
}
