// Command providers-schema prints the provider's schema as terraform providers schema -json of the newest Terraform does, under the
// address at which the documentation generator looks for it.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/flex-iac/terraform-provider-twilio/internal/cmd/terraformcli"
)

// The generator knows providers of this namespace only.
const source = "hashicorp/twilio"

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "providers-schema:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "terraform-provider-twilio-schema-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	terraform, err := terraformcli.Install(ctx, dir, source)
	if err != nil {
		return err
	}
	config := fmt.Sprintf("terraform {\n  required_providers {\n    twilio = {\n      source = %q\n    }\n  }\n}\n", source)
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		return err
	}
	if out, err := terraform.Command(ctx, dir, nil, "init").CombinedOutput(); err != nil {
		return fmt.Errorf("terraform init: %w\n%s", err, out)
	}
	schema := terraform.Command(ctx, dir, nil, "providers", "schema", "-json")
	schema.Stderr = os.Stderr
	content, err := schema.Output()
	if err != nil {
		return err
	}
	if content, err = addNewer(content); err != nil {
		return err
	}
	_, err = os.Stdout.Write(content)
	return err
}
