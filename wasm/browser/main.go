//go:build js && wasm

// Command browser is the playground's engine: a WebAssembly program that
// registers one function, from a call to its answer, both JSON texts.
package main

import (
	"syscall/js"

	"fenceline/wasm/browser/call"
)

func main() {
	js.Global().Set("fencelineCall", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) != 1 || args[0].Type() != js.TypeString {
			return call.Answer("")
		}
		return call.Answer(args[0].String())
	}))
	select {}
}
