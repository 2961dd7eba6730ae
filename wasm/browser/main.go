//go:build js && wasm

// Command browser is the playground's engine: a WebAssembly program that
// registers one function, from a call to its answer, both JSON texts.
package main

import (
	"runtime/debug"
	"syscall/js"

	"fenceline/wasm/browser/call"
)

// gcPercent is how far the heap may grow between collections. What lives is
// small, a few megabytes, and a collection stands in the way of a key that was
// pressed: fewer of them are worth some more memory.
const gcPercent = 400

func main() {
	debug.SetGCPercent(gcPercent)
	js.Global().Set("fencelineCall", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) != 1 || args[0].Type() != js.TypeString {
			return call.Answer("")
		}
		return call.Answer(args[0].String())
	}))
	select {}
}
