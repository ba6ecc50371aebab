package acctest_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/flex-iac/terraform-provider-twilio/internal/flexemulator"
)

// The snippets of the guide and of the module's README, as they stand on the page. Tests of moves run them.

const (
	guidePage  = "docs/guides/moving-to-flex-conversations.md"
	readmePage = "examples/modules/flex-flow-to-conversations/README.md"
)

// snippetTests are the tests that run each snippet, by its page and heading, and its number below that heading.
var snippetTests = map[string]string{
	guidePage + "#What has to be ready first/1":                     "TestGuides_movingNumbers",
	guidePage + "#The configuration/1":                              "TestGuides_movingSnippets",
	guidePage + "#The configuration/2":                              "TestGuides_movingSnippets",
	guidePage + "#The configuration/3":                              "TestGuides_movingSnippets",
	guidePage + "#Flex Flows with resources of their own/1":         "TestAccGuides_movingFromOwnResources",
	guidePage + "#Flex Flows that Terraform does not manage/1":      "TestAccGuides_movingImported",
	guidePage + "#Flex Flows that Terraform does not manage/2":      "TestAccGuides_movingImported",
	guidePage + "#Flex Flows that Terraform does not manage/3":      "TestAccGuides_movingImported",
	guidePage + "#Step 1: Check/1":                                  "TestAccGuides_movingSteps",
	guidePage + "#Step 1: Check/2":                                  "TestAccGuides_movingSteps",
	guidePage + "#Step 1: Check/3":                                  "TestAccGuides_movingSteps",
	guidePage + "#Step 1: Check/4":                                  "TestAccGuides_movingSteps",
	guidePage + "#Step 1: Check/5":                                  "TestAccGuides_movingSteps",
	guidePage + "#Step 2: Move/1":                                   "TestAccGuides_movingSteps",
	guidePage + "#Step 2: Move/2":                                   "TestAccGuides_movingSteps",
	guidePage + "#With a pause in between/1":                        "TestAccGuides_movingSteps",
	guidePage + "#One address at a time/1":                          "TestAccGuides_movingOneByOne",
	guidePage + "#One address at a time/2":                          "TestAccGuides_movingOneByOne",
	guidePage + "#Flex Flows that create Tasks/1":                   "TestAccGuides_movingTasks",
	guidePage + "#If an address is configured already/1":            "TestAccGuides_movingAdopted",
	guidePage + "#If Twilio no longer answers for Flex Flows/1":     "TestAccGuides_movingWithoutAPI",
	guidePage + "#If Twilio no longer answers for Flex Flows/2":     "TestAccGuides_movingWithoutAPI",
	guidePage + "#When the move is over/1":                          "TestAccGuides_movingOver",
	guidePage + "#When the move is over/2":                          "TestAccGuides_movingOver",
	guidePage + "#How to go back/1":                                 "TestAccGuides_movingSteps",
	readmePage + "#For Flex Flows that Terraform does not manage/1": "TestAccModules_flexFlowToConversations",
	readmePage + "#For Flex Flows that Terraform does not manage/2": "TestAccModules_flexFlowToConversations",
	readmePage + "#For Flex Flows that Terraform does not manage/3": "TestAccModules_flexFlowToConversations",
	readmePage + "#For Flex Flows that Terraform does not manage/4": "TestAccModules_flexFlowToConversations",
	readmePage + "#For Flex Flows that Terraform does not manage/5": "TestAccModules_flexFlowToConversations",
	readmePage + "#For Flex Flows that Terraform does not manage/6": "TestAccModules_flexFlowToConversations",
}

var blockOrHeading = regexp.MustCompile("(?m)^(#+) (.*)$|^( *)```[a-z]*\n((?s:.*?))\n *```$")

// snippetsOf reads the snippets of a page, by their keys in snippetTests.
func snippetsOf(t testing.TB, page string) map[string]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(repository, page))
	if err != nil {
		t.Fatal(err)
	}
	snippets, heading, number := map[string]string{}, "", 0
	for _, m := range blockOrHeading.FindAllStringSubmatch(string(content), -1) {
		if m[1] != "" {
			heading, number = m[2], 0
			continue
		}
		number++
		text := regexp.MustCompile("(?m)^"+m[3]).ReplaceAllString(m[4], "")
		snippets[fmt.Sprintf("%s#%s/%d", page, heading, number)] = text + "\n"
	}
	return snippets
}

// snippet is the text of one snippet.
func snippet(t testing.TB, page, heading string, number int) string {
	t.Helper()
	key := fmt.Sprintf("%s#%s/%d", page, heading, number)
	text, ok := snippetsOf(t, page)[key]
	if !ok {
		t.Fatalf("there is no %s", key)
	}
	return text
}

// Every snippet is run by a test, and the files of the example are on the page as they are.
func TestGuides_movingSnippets(t *testing.T) {
	there := snippetsOf(t, guidePage)
	for i, file := range []string{"main.tf", "flex_flows.tf", "terraform.tfvars"} {
		content, err := os.ReadFile(filepath.Join(repository, "examples/guides/moving-to-flex-conversations", file))
		if key := fmt.Sprintf("%s#The configuration/%d", guidePage, i+1); err != nil || there[key] != string(content) {
			t.Errorf("%s is not the file %s (%v)", key, file, err)
		}
	}
	maps.Copy(there, snippetsOf(t, readmePage))
	if got, want := slices.Sorted(maps.Keys(there)), slices.Sorted(maps.Keys(snippetTests)); !slices.Equal(got, want) {
		t.Errorf("the pages have\n%s\n\nand the tests run\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// needShell skips a test where a command is missing that a snippet has.
func needShell(t testing.TB, commands ...string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a Unix shell")
	}
	for _, command := range append(commands, "sh") {
		if _, err := exec.LookPath(command); err != nil {
			t.Skipf("no %s: %v", command, err)
		}
	}
}

// tryShell runs a snippet of commands as a user does who confirms each apply, and returns what was printed.
func (w *workspace) tryShell(script string) (string, error) {
	w.t.Helper()
	needShell(w.t)
	bin := w.t.TempDir()
	target, err := filepath.Abs(installation.Terraform)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.Symlink(target, filepath.Join(bin, "terraform")); err != nil {
		w.t.Fatal(err)
	}
	command := exec.CommandContext(w.t.Context(), "sh", "-e", "-c", script)
	command.Dir = w.dir
	command.Env = installation.Command(w.t.Context(), w.dir, w.environment).Env
	command.Env = append(command.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "TF_CLI_ARGS=-no-color", "TF_CLI_ARGS_apply=-auto-approve")
	out, err := command.CombinedOutput()
	return string(out), err
}

// shell is tryShell for commands that have to succeed.
func (w *workspace) shell(script string) string {
	w.t.Helper()
	out, err := w.tryShell(script)
	if err != nil {
		w.t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return out
}

// The command of the guide shows what handles the messages of a number.
func TestGuides_movingNumbers(t *testing.T) {
	needShell(t, "curl", "grep")
	twilio := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		user, password, _ := request.BasicAuth()
		if user != "AC1" || password != "token" || request.URL.Path != "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers.json" ||
			request.URL.Query().Get("PhoneNumber") != "+15005550006" {
			t.Errorf("%s with %s:%s", request.URL, user, password)
		}
		fmt.Fprint(response, `{"incoming_phone_numbers": [{"phone_number": "+15005550006", "sms_method": "POST", "sms_url": "https://example.com/a",
			"sms_fallback_url": "", "sms_application_sid":"", "voice_url": "https://example.com/b"}], "page": 0}`)
	}))
	defer twilio.Close()
	script := strings.Replace(snippet(t, guidePage, "What has to be ready first", 1), "https://api.twilio.com", twilio.URL, 1)
	command := exec.CommandContext(t.Context(), "sh", "-e", "-c", script)
	command.Env = append(os.Environ(), "TWILIO_ACCOUNT_SID=AC1", "TWILIO_AUTH_TOKEN=token")
	out, err := command.CombinedOutput()
	if want := "\"sms_url\": \"https://example.com/a\"\n\"sms_fallback_url\": \"\"\n\"sms_application_sid\":\"\"\n"; err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
}

// The steps, as they stand in the guide: check, move, pause, and back.
func TestAccGuides_movingSteps(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	before := w.apiSIDs()
	shown := func(out string, number int) {
		t.Helper()
		if want := snippet(t, guidePage, "Step 1: Check", number); !strings.Contains(words(out), words(want)) {
			t.Errorf("no\n%s\nin\n%s", want, out)
		}
	}
	// The Studio flow works for Flex Flows alone.
	const studioFlow, warning = "FW22222222222222222222222222222222", "auto_creation.studio_flow_sid is"
	if err := w.SetReferences(map[string]flexemulator.Reference{studioFlow: {Connected: []string{"incomingMessage"}}}); err != nil {
		t.Fatal(err)
	}
	out := w.shell(snippet(t, guidePage, "Step 1: Check", 1))
	shown(out, 2)
	if strings.Contains(out, "Warning") {
		t.Error(out)
	}
	w.write("terraform.tfvars", snippet(t, guidePage, "Step 1: Check", 3))
	out = w.shell(snippet(t, guidePage, "Step 1: Check", 4))
	shown(out, 5)
	if !strings.Contains(words(out), warning) || !strings.Contains(out, "Incoming Conversation") {
		t.Error(out)
	}
	if err := w.SetReferences(nil); err != nil {
		t.Fatal(err)
	}
	if out := w.shell(snippet(t, guidePage, "Step 1: Check", 4)); strings.Contains(out, "Warning") {
		t.Error(out)
	}
	w.expectWrites()
	w.shell(snippet(t, guidePage, "Step 2: Move", 1))
	w.expectWrites("2 DELETE "+flowsPath, "2 POST "+addressesPath)
	w.shell(snippet(t, guidePage, "Step 2: Move", 2))
	w.expectAddresses(smsAddress, whatsappAddress)

	w.write("terraform.tfvars", snippet(t, guidePage, "How to go back", 1))
	w.terraform("apply", "-auto-approve")
	w.expectWrites("2 DELETE "+addressesPath, "2 POST "+flowsPath)
	if after := w.apiSIDs(); len(after) != 4 || slices.Equal(after, before) {
		t.Errorf("the Flex Flows were %v, and are %v", before, after)
	}
	w.terraform("plan", "-detailed-exitcode")

	w.write("terraform.tfvars", snippet(t, guidePage, "With a pause in between", 1))
	w.terraform("apply", "-auto-approve")
	w.expectWrites("2 DELETE " + flowsPath)
	w.stageCleanly("addresses", stay)
	w.expectWrites("2 POST " + addressesPath)
}

// Flex Flows that create Tasks move with a handler, and create Tasks again when they are back.
func TestAccGuides_movingTasks(t *testing.T) {
	t.Parallel()
	w := newMove(t)
	w.edit("flex_flows.tf", `(\+15005550006"\n.*\n.*)"studio"\n.*`, `$1"task"
      integration      = { workspace_sid = "WS33333333333333333333333333333333", workflow_sid = "WW44444444444444444444444444444444", priority = 5 }`)
	w.stage("flows")
	flow := func() flexemulator.Flow {
		flows := w.Flows()
		return flows[slices.IndexFunc(flows, func(f flexemulator.Flow) bool { return f.FriendlyName == "SMS" })]
	}
	before := flow()
	w.ResetRequests()
	w.expectRefused("sms: The integration type task has no counterpart. Set a Studio flow or a webhook for it in handlers.", `stage = "addresses"`, stay)
	w.write("terraform.tfvars", snippet(t, guidePage, "Flex Flows that create Tasks", 1))
	w.terraform("apply", "-auto-approve")
	w.expectAddresses(smsAddress, whatsappAddress)
	for _, a := range w.Addresses() {
		if url := a.AutoCreation["webhook_url"]; a.AutoCreation["studio_flow_sid"] != "FW"+strings.Repeat("5", 32) && url != "https://example.com/flex/conversations" {
			t.Errorf("%s is handled by %v", a, a.AutoCreation)
		}
	}
	w.edit("terraform.tfvars", `"addresses"\n`, "\"flows\"\n")
	w.terraform("apply", "-auto-approve")
	after := flow()
	maps.DeleteFunc(before.Integration, func(key string, _ any) bool { return key == "flow_sid" || key == "retry_count" }) // from before the edit
	if *after.IntegrationType != "task" || fmt.Sprint(after.Integration) != fmt.Sprint(before.Integration) {
		t.Errorf("it was %v, and is %v", before.Integration, after.Integration)
	}
	w.terraform("plan", "-detailed-exitcode")
}

// words is a text with its white space as single blanks, and with no frame around it.
func words(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "│", "")), " ")
}
