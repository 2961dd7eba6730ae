// Package data holds the catalogue's text for programs that run on a machine
// of their own. In a browser the text is loaded apart, when something asks for it.
package data

import (
	_ "embed" // for the text
	"sync"

	"fenceline/engine/catalogue"
)

// Text is the catalogue's text. `./build.sh catalogue` makes it.
//
//go:embed catalogue.txt
var Text string

// Licence is that of the package from which the text is made.
//
//go:embed licence.txt
var Licence string

// Catalogue is the text, read once.
var Catalogue = sync.OnceValue(func() *catalogue.Catalogue {
	c, err := catalogue.Read(Text)
	if err != nil {
		panic(err) // the text is ours, and a test reads it
	}
	return c
})
