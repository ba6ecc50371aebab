// Package plot draws what plans cost against the number of flows, as the benchmarks measured it.
package plot

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A Point is what plans over so many flows took, with shared reads and without.
type Point struct {
	Flows, Calls, CallsUnshared int
	// Seconds are of wall time.
	Seconds, SecondsUnshared float64
}

// A palette are the colours of one variant of the plot.
type palette struct{ background, text, grid, shared, unshared string }

var palettes = map[string]palette{
	"light": {"#ffffff", "#1f2328", "#d1d9e0", "#0969da", "#bc4c00"},
	"dark":  {"#0d1117", "#f0f6fc", "#3d444d", "#4493f8", "#f0883e"},
}

// Write draws the plot into the folder, as plans-light.svg and plans-dark.svg. The points are in the order of their flows.
func Write(dir string, points []Point) error {
	for name, colours := range palettes {
		if err := os.WriteFile(filepath.Join(dir, "plans-"+name+".svg"), []byte(draw(points, colours)), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// The sizes of the picture and of each of its two charts, in pixels.
const (
	width, height         = 820, 340
	left, top             = 62, 58
	chartWidth            = 290
	chartHeight           = 216
	between               = 112
	radius, labelDistance = 3.5, 9
)

// A curve is a named series of values, one for each point.
type curve struct {
	name, colour string
	values       []float64
}

func draw(points []Point, colours palette) string {
	var calls, callsUnshared, seconds, secondsUnshared, flows []float64
	for _, p := range points {
		flows = append(flows, float64(p.Flows))
		calls, callsUnshared = append(calls, float64(p.Calls)), append(callsUnshared, float64(p.CallsUnshared))
		seconds, secondsUnshared = append(seconds, p.Seconds), append(secondsUnshared, p.SecondsUnshared)
	}
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" `+
		`aria-label="Calls and wall time of a plan against the number of Flex Flows, with shared reads and without">`+"\n", width, height)
	fmt.Fprintf(&s, `<style>text { font: 12px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: %s } `+
		`.title { font-weight: 600; font-size: 14px }</style>`+"\n", colours.text)
	fmt.Fprintf(&s, `<rect width="100%%" height="100%%" fill="%s"/>`+"\n", colours.background)
	drawChart(&s, left, "Calls to Twilio in a plan", flows, colours, func(v float64) string { return group(int(v)) },
		curve{"shared reads", colours.shared, calls}, curve{"unshared", colours.unshared, callsUnshared})
	drawChart(&s, left+chartWidth+between, "Wall time of a plan, each call taking 50 ms", flows, colours,
		func(v float64) string { return strconv.FormatFloat(v, 'g', 3, 64) + " s" },
		curve{"shared reads", colours.shared, seconds}, curve{"unshared", colours.unshared, secondsUnshared})
	s.WriteString("</svg>\n")
	return s.String()
}

// drawChart draws curves over flows, both axes logarithmic, with a grid line at each power of ten.
func drawChart(
	s *strings.Builder, x0 float64, title string, flows []float64, colours palette, label func(float64) string, curves ...curve,
) {
	var all []float64
	for _, c := range curves {
		all = append(all, c.values...)
	}
	lowX, highX := decades(flows)
	lowY, highY := decades(all)
	x := func(v float64) float64 { return x0 + chartWidth*(math.Log10(v)-lowX)/(highX-lowX) }
	y := func(v float64) float64 { return top + chartHeight*(highY-math.Log10(v))/(highY-lowY) }

	fmt.Fprintf(s, `<text class="title" x="%.0f" y="28">%s</text>`+"\n", x0, title)
	for d := lowX; d <= highX; d++ {
		v := math.Pow(10, d)
		fmt.Fprintf(s, `<path d="M%.1f %d V%d" stroke="%s"/><text x="%[1]f" y="%[5]d" text-anchor="middle">%[6]s</text>`+"\n",
			x(v), top, top+chartHeight, colours.grid, top+chartHeight+18, group(int(v)))
	}
	for d := lowY; d <= highY; d++ {
		v := math.Pow(10, d)
		fmt.Fprintf(s, `<path d="M%.1f %.1f H%.1f" stroke="%s"/><text x="%.1f" y="%.1f" text-anchor="end">%s</text>`+"\n",
			x0, y(v), x0+chartWidth, colours.grid, x0-8, y(v)+4, label(v))
	}
	fmt.Fprintf(s, `<text x="%.0f" y="%d" text-anchor="middle">Flex Flows in the state, and in the account</text>`+"\n",
		x0+chartWidth/2, top+chartHeight+40)
	for i, c := range curves {
		var path strings.Builder
		command := "M"
		for j, v := range c.values {
			fmt.Fprintf(&path, "%s%.1f %.1f ", command, x(flows[j]), y(v))
			command = "L"
			fmt.Fprintf(s, `<circle cx="%.1f" cy="%.1f" r="%g" fill="%s"><title>%s flows, %s: %s</title></circle>`+"\n",
				x(flows[j]), y(v), radius, c.colour, group(int(flows[j])), c.name, label(v))
		}
		fmt.Fprintf(s, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.TrimSpace(path.String()), c.colour)
		legend := x0 + float64(i)*130
		fmt.Fprintf(s, `<path d="M%.1f 44 h18" stroke="%s" stroke-width="2"/><text x="%.1f" y="48">%s</text>`+"\n",
			legend, c.colour, legend+18+labelDistance, c.name)
	}
}

// decades are the powers of ten around values.
func decades(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		low, high = min(low, math.Floor(math.Log10(v))), max(high, math.Ceil(math.Log10(v)))
	}
	return low, max(high, low+1)
}

// group writes a number with commas: 3,000.
func group(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
