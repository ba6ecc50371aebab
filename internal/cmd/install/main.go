// Command install builds the provider into the folder where Terraform and OpenTofu look for providers before they ask a registry,
// and prints what a configuration needs to use it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/flex-iac/terraform-provider-twilio/internal/cmd/terraformcli"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
)

func main() {
	remove := flag.Bool("remove", false, "remove what this command installed, instead")
	flag.Parse()
	do := run
	if *remove {
		do = uninstall
	}
	if err := do(context.Background()); err != nil {
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
	if err := terraformcli.Build(ctx, mirror, provider.Source, version); err != nil {
		return err
	}
	fmt.Printf(`Installed version %s in %s.
To use it, paste this into your configuration and run "terraform init -upgrade", again after each "make install". As long as
it is there, the registry is not asked for this provider; "make uninstall" removes it.

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

// uninstall removes every version that this command installed. Releases begin at 0.1.
func uninstall(context.Context) error {
	mirror, err := implicitMirror()
	if err != nil {
		return err
	}
	for _, host := range terraformcli.Hosts {
		installed, err := filepath.Glob(filepath.Join(mirror, host, filepath.FromSlash(provider.Source), "0.0.*"))
		if err != nil {
			return err
		}
		for _, version := range installed {
			fmt.Println("Removing", version)
			if err := os.RemoveAll(version); err != nil {
				return err
			}
		}
		// Without any version, Terraform asks the registry again only when the folders are gone too.
		for folder := filepath.Join(mirror, host, filepath.FromSlash(provider.Source)); folder != mirror; folder = filepath.Dir(folder) {
			if os.Remove(folder) != nil {
				break // something else is in it
			}
		}
	}
	return nil
}
