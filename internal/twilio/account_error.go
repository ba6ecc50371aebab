package twilio

import "fmt"

// An AccountError is a response about another account than the one that the provider is configured for.
type AccountError struct {
	// Configured is the account of the configuration, and Answered that of the response.
	Configured, Answered string
	// Source says where the credentials came from, as [Config] has it.
	Source string
}

func (e *AccountError) Error() string {
	return fmt.Sprintf("account_sid is %s, but the credentials belong to account %s", e.Configured, e.Answered)
}

// A ResponseError is a call that the API did, with a response that could not be read.
type ResponseError struct {
	Status    int
	RequestID string
	// Problem says what could not be read.
	Problem string
}

func (e *ResponseError) Error() string {
	request := ""
	if e.RequestID != "" {
		request = ", request " + e.RequestID
	}
	return fmt.Sprintf("the call was done (status %d%s), but %s", e.Status, request, e.Problem)
}
