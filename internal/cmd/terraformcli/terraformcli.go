// Package terraformcli runs the real Terraform with the provider built from this source tree, without a registry: for the
// demonstration, the generated documentation, and tests that need the command itself.
package terraformcli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/hashicorp/go-version"
	install "github.com/hashicorp/hc-install"
	"github.com/hashicorp/hc-install/fs"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
	"github.com/hashicorp/hc-install/src"
)

const (
	module = "github.com/flex-iac/terraform-provider-twilio"
	// The version under which a mirror offers the provider. Any will do, as long as each mirror is a fresh folder: Terraform
	// remembers the checksum of what it found under a version.
	mirrorVersion = "0.0.1"
)

// An Installation is a Terraform that finds the provider in a folder of its own.
type Installation struct {
	// Terraform is the path of the command.
	Terraform string
	config    string
}

// Hosts are those that Terraform and OpenTofu take for a provider's source address without one.
var Hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// Install finds Terraform (on the PATH, or else by downloading it), builds the provider and puts both to use in dir, a fresh
// folder. source is the provider's source address without its host, such as flex-iac/twilio.
func Install(ctx context.Context, dir, source string) (*Installation, error) {
	return InstallOther(ctx, dir, source, module)
}

// InstallOther is Install for the provider in another package of this module.
func InstallOther(ctx context.Context, dir, source, provider string) (*Installation, error) {
	terraform, err := Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("no Terraform on the PATH, and none could be downloaded: %w", err)
	}
	mirror := filepath.Join(dir, "mirror")
	if err := build(ctx, mirror, source, mirrorVersion, provider); err != nil {
		return nil, err
	}
	i := &Installation{Terraform: terraform, config: filepath.Join(dir, "terraform.rc")}
	config := fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n",
		filepath.ToSlash(mirror))
	return i, os.WriteFile(i.config, []byte(config), 0o600)
}

// Build builds this module's provider into a mirror, a folder of providers in the layout that Terraform looks for.
func Build(ctx context.Context, mirror, source, version string) error {
	return build(ctx, mirror, source, version, module)
}

func build(ctx context.Context, mirror, source, version, provider string) error {
	var binaries []string
	for _, host := range Hosts {
		binary := filepath.Join(mirror, host, filepath.FromSlash(source), version, runtime.GOOS+"_"+runtime.GOARCH,
			"terraform-provider-"+filepath.Base(source)+"_v"+version)
		if runtime.GOOS == "windows" {
			binary += ".exe"
		}
		binaries = append(binaries, binary)
	}
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w -X main.version="+version, "-o", binaries[0], provider)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	content, err := os.ReadFile(binaries[0])
	if err != nil {
		return err
	}
	for _, binary := range binaries[1:] {
		if err := os.MkdirAll(filepath.Dir(binary), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(binary, content, 0o700); err != nil { //nolint:gosec // a program
			return err
		}
	}
	return nil
}

// Find returns the path of Terraform: what TF_ACC_TERRAFORM_PATH names, or what is on the PATH, or a download.
func Find(ctx context.Context) (string, error) {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path, nil
	}
	constraints, err := version.NewConstraint(">= 1.0")
	if err != nil {
		return "", err
	}
	return install.NewInstaller().Ensure(ctx, []src.Source{
		&fs.Version{Product: product.Terraform, Constraints: constraints},
		&releases.LatestVersion{Product: product.Terraform},
	})
}

// Command is Terraform with arguments, to run in a folder. environment (NAME=value) goes before that of this process.
func (i *Installation) Command(ctx context.Context, folder string, environment []string, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, i.Terraform, arguments...)
	command.Dir = folder
	command.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+i.config, "TF_IN_AUTOMATION=1")
	command.Env = append(command.Env, environment...)
	return command
}
