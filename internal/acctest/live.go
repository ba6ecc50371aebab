package acctest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
	"github.com/flex-iac/terraform-provider-twilio/internal/provider"
	"github.com/flex-iac/terraform-provider-twilio/internal/twilio"
)

// LivePrefix is how the names of resources begin that tests make in a real account.
const LivePrefix = "tf-acc-test-"

// References are what a resource refers to, which a test can't make: environment variables, and what stands in with the emulator.
type References []struct{ Variable, StandIn string }

// PrepareLive checks the variables where TWILIO_TEST_LIVE is set, or sets them for an emulator. It returns a client for the account.
func (r References) PrepareLive(t *testing.T, kind twilio.Kind) *twilio.Client {
	t.Helper()
	if os.Getenv("TWILIO_TEST_LIVE") == "" {
		emulator := NewEmulator(t, flexemulator.Options{})
		for name, value := range map[string]string{
			"TWILIO_ACCOUNT_SID": flexemulator.AccountSID, "TWILIO_AUTH_TOKEN": flexemulator.AuthToken, "TWILIO_BASE_URL": emulator.URL,
			"TWILIO_API_KEY": "", "TWILIO_API_SECRET": "", "TWILIO_PROFILE": "",
		} {
			t.Setenv(name, value)
		}
		for _, one := range r {
			t.Setenv(one.Variable, one.StandIn)
		}
	}
	for _, one := range r {
		if os.Getenv(one.Variable) == "" {
			t.Fatalf("%s is not set; see CONTRIBUTING.md", one.Variable)
		}
	}
	client, err := LiveClient(kind)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// OnAccount is a configuration with what the account has in place of what stands in for it.
func (r References) OnAccount(config string) string {
	for _, one := range r {
		config = strings.ReplaceAll(config, one.StandIn, os.Getenv(one.Variable))
	}
	return config
}

// TestLive creates a resource, changes it, looks it up with a data source of its name, and imports it. by is the data source's
// one argument,
// the same attribute of the resource; unverified are attributes that an import can't bring back.
func (r References) TestLive(t *testing.T, client *twilio.Client, address, config, changed, by string, unverified ...string) {
	t.Helper()
	config, changed = r.OnAccount(config), r.OnAccount(changed)
	typeName, name, _ := strings.Cut(address, ".")
	lookUp := fmt.Sprintf("data %q %q {\n  %s = %s.%[3]s\n}\n", typeName, name, by, address)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: FactoriesWithPropagationTime(twilio.DefaultPropagationTime),
		CheckDestroy:             CheckGone(client),
		Steps: []resource.TestStep{
			{Config: config, ConfigPlanChecks: Plans(address, plancheck.ResourceActionCreate)},
			{Config: changed, ConfigPlanChecks: Plans(address, plancheck.ResourceActionUpdate)},
			{Config: changed + lookUp, Check: resource.TestCheckResourceAttrPair("data."+address, "friendly_name", address, "friendly_name")},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: unverified},
		},
	})
}

// LiveClient is a client for the account whose credentials the environment holds.
func LiveClient(kind twilio.Kind) (*twilio.Client, error) {
	account, err := provider.NewAccount()
	if err != nil {
		return nil, err
	}
	return account.Client(kind), nil
}

// Client is a client for the emulator.
func (e *Emulator) Client(kind twilio.Kind) *twilio.Client {
	e.t.Helper()
	account, err := twilio.New(twilio.Config{BaseURL: e.URL, Username: flexemulator.AccountSID, Password: flexemulator.AuthToken})
	if err != nil {
		e.t.Fatal(err)
	}
	return account.Client(kind)
}

// CheckGone checks that the account has none of the resources in a state any more.
func CheckGone(client *twilio.Client) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		for _, r := range s.RootModule().Resources {
			if !client.SID.Valid(r.Primary.ID) {
				continue
			}
			switch _, err := client.Fetch(context.Background(), r.Primary.ID); {
			case err == nil:
				return fmt.Errorf("%s is still there", r.Primary.ID)
			case !twilio.IsNotFound(err):
				return err
			}
		}
		return nil
	}
}

// AddSweeper makes a sweeper of resources that tests left in the real account.
func AddSweeper(typeName string, kind twilio.Kind) {
	resource.AddTestSweepers(typeName, &resource.Sweeper{Name: typeName, F: func(string) error {
		client, err := LiveClient(kind)
		if err != nil {
			return err
		}
		return Sweep(context.Background(), client)
	}})
}

// Sweep removes the resources that tests left in an account, and no others.
func Sweep(ctx context.Context, client *twilio.Client) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	var left []*twilio.Object // all found before any is removed, which would move the pages
	for object, err := range client.All(ctx, "") {
		if err != nil {
			return err
		}
		if name := object.Text("friendly_name"); name != nil && strings.HasPrefix(*name, LivePrefix) {
			left = append(left, object)
		}
	}
	var failed []error
	for _, object := range left {
		if err := client.Delete(ctx, object.SID); err != nil && !twilio.IsNotFound(err) {
			failed = append(failed, fmt.Errorf("%s: %w", object.SID, err))
		}
	}
	return errors.Join(failed...)
}
