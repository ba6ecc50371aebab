package flexemulator

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
)

// httpAnswer is an answer before it is sent.
type httpAnswer struct {
	status int
	header http.Header
	body   []byte
}

func jsonAnswer(status int, content any) *httpAnswer {
	a := &httpAnswer{status: status, header: http.Header{"Twilio-Request-Id": {"RQ" + randomHex()}}}
	if content == nil {
		return a
	}
	a.header.Set("Content-Type", "application/json")
	a.body, _ = json.Marshal(content)
	return a
}

// refusal is the response that refuses a call, in the form that the API has for errors.
func (s *Server) refusal(e *apiError) *httpAnswer {
	if !s.behavior.ProblemDetails {
		return jsonAnswer(e.Status, e)
	}
	a := jsonAnswer(e.Status, e.problem())
	a.header.Set("Content-Type", "application/problem+json")
	return a
}

func (a *httpAnswer) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

func randomHex() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
