// Command install builds the provider into the folder where Terraform and OpenTofu look for providers before they ask a registry,
// and prints what a configuration needs to use it.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
	"github.com/flex-iac/terraform-provider-twilio/internal/terraformcli"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "install:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	mirror, err := implicitMirror()
	if err != nil {
		return err
	}
	// A new version each time: Terraform remembers the checksum of what it found under a version.
	version := fmt.Sprintf("0.0.%d", time.Now().UnixMilli())
	for _, host := range terraformcli.Hosts {
		if err := removeEarlier(filepath.Join(mirror, host, filepath.FromSlash(provider.Source))); err != nil {
			return err
		}
	}
	if err := terraformcli.Build(ctx, mirror, provider.Source, version); err != nil {
		return err
	}
	fmt.Printf(`Installed version %s in %s.
To use it, paste this into your configuration and run "terraform init -upgrade", again after each "make install":

terraform {
  required_providers {
    twilio = {
      source = %q
    }
  }
}
`, version, mirror, provider.Source)
	return nil
}

// implicitMirror is the folder that needs no setting to be looked into.
func implicitMirror() (string, error) {
	if runtime.GOOS == "windows" {
		config, err := os.UserConfigDir()
		return filepath.Join(config, "terraform.d", "plugins"), err
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".terraform.d", "plugins"), err
}

// removeEarlier removes what this command installed before. Releases begin at 0.1.
func removeEarlier(folder string) error {
	earlier, err := filepath.Glob(filepath.Join(folder, "0.0.*"))
	if err != nil {
		return err
	}
	for _, version := range earlier {
		if err := os.RemoveAll(version); err != nil {
			return err
		}
	}
	return nil
}
