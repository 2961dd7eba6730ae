package simulate

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// DefaultMaxItems is how many results a page has where the call doesn't say,
// and MostMaxItems how many it may ask for.
const (
	DefaultMaxItems = 100
	MostMaxItems    = 1000
)

const markerPrefix = "results from "

// marker is an opaque name for the page that begins with a result.
func marker(from int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(markerPrefix + strconv.Itoa(from)))
}

// page says which results a call asks for.
func page(c *Call) (from, to int, err *Error) {
	if c.Marker != "" {
		text, wrong := base64.RawURLEncoding.DecodeString(c.Marker)
		number, isOurs := strings.CutPrefix(string(text), markerPrefix)
		n, notNumber := strconv.Atoi(number)
		if wrong != nil || !isOurs || notNumber != nil || n < 0 || n > len(c.ActionNames) {
			return 0, 0, invalid("Marker is none that a call with these ActionNames answered")
		}
		from = n
	}
	size := c.MaxItems
	switch {
	case size == 0:
		size = DefaultMaxItems
	case size < 0 || size > MostMaxItems:
		return 0, 0, invalid("MaxItems is a number from 1 to " + strconv.Itoa(MostMaxItems))
	}
	return from, min(from+size, len(c.ActionNames)), nil
}
