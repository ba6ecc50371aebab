package twilio

import "time"

// A dateOrder is how the dates of creation run over the pages of a list.
type dateOrder struct {
	// last is the date at the end of the latest page, and covered how much time that page stands for.
	last    time.Time
	covered time.Duration
	// direction is 1 where dates grow, -1 where they shrink, and 0 where that can't be told (yet).
	direction int
	// mixed tells that they run in no direction, or are missing.
	mixed bool
}

// add takes in the dates of the next page.
func (o *dateOrder) add(objects []*Object) {
	var first time.Time
	for i, object := range objects {
		date, err := time.Parse(time.RFC3339, object.DateCreated)
		if err != nil {
			o.mixed = true
			return
		}
		if !o.last.IsZero() {
			step := date.Compare(o.last)
			o.mixed = o.mixed || step*o.direction < 0
			if o.direction == 0 {
				o.direction = step
			}
		}
		if o.last = date; i == 0 {
			first = date
		}
	}
	// As many steps as there are resources, the one to the next page included.
	between := o.last.Sub(first).Abs()
	o.covered = between + time.Duration(float64(between)/float64(max(1, len(objects)-1)))
}

// ordered tells whether dates run in one direction, as far as is known.
func (o *dateOrder) ordered() bool { return !o.mixed && o.direction != 0 }

// pagesTo estimates on which of the pages to come a resource of the date is, counted from 1; 0 where it is on none, or that can't be
// told. It goes by how much time the latest page covers.
func (o *dateOrder) pagesTo(date time.Time) int {
	if !o.ordered() || date.IsZero() || o.passed(date) {
		return 0
	}
	distance := date.Sub(o.last).Abs()
	if o.covered == 0 {
		return 0
	}
	return max(1, int((distance+o.covered-1)/o.covered))
}

// passed tells that no page to come shows a resource of the date.
func (o *dateOrder) passed(date time.Time) bool {
	return !o.mixed && !date.IsZero() && date.Compare(o.last)*o.direction < 0
}
