package flexemulator

import (
	"net/http"
	"time"
)

// Load says how long calls take, and how many of them the API takes. The zero value is an API without limits that answers at
// once.
type Load struct {
	// Latency is how long each call takes, at the least.
	Latency time.Duration
	// PerSecond is how many calls a second are taken, those of a second at once; 0 means any number. More are answered 429.
	PerSecond int
	// AtOnce is how many calls are taken at one time; 0 means any number. More are answered 429.
	AtOnce int
	// Unchecked answers are not held to the contract, which takes longer than all the rest.
	Unchecked bool
}

// SetLatency changes how long each call takes from now on.
func (s *Server) SetLatency(latency time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load.Latency = latency
}

// admit takes a call, or refuses it for being one too many. A call that is taken ends with release.
func (s *Server) admit() *apiError {
	s.mu.Lock()
	tooMany := s.load.AtOnce > 0 && s.running >= s.load.AtOnce || !s.limiter.Allow()
	if !tooMany {
		s.running++
	}
	latency := s.load.Latency
	s.mu.Unlock()
	time.Sleep(latency)
	if tooMany {
		return refuse(http.StatusTooManyRequests, 20429, "Too Many Requests")
	}
	return nil
}

func (s *Server) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running--
}
