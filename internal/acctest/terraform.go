package acctest

import (
	"context"
	"encoding/json"
	"os/exec"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/flex-iac/terraform-provider-twilio/internal/cmd/terraformcli"
)

// terraformVersion is the version of the Terraform that the tests run.
var terraformVersion = sync.OnceValues(func() (*version.Version, error) {
	ctx := context.Background()
	terraform, err := terraformcli.Find(ctx)
	if err != nil {
		return nil, err
	}
	out, err := exec.CommandContext(ctx, terraform, "version", "-json").Output()
	if err != nil {
		return nil, err
	}
	var answer struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		return nil, err
	}
	return version.NewVersion(answer.Version)
})

// NeedTerraform skips a test of what an older Terraform can't do, and says so.
func NeedTerraform(t *testing.T, least string) {
	t.Helper()
	have, err := terraformVersion()
	if err != nil {
		t.Fatal(err)
	}
	if have.LessThan(version.Must(version.NewVersion(least))) {
		t.Skipf("needs Terraform %s or later, this is %s", least, have)
	}
}
