// Command build makes the static site: the engine as WebAssembly, the page's
// script and styles, the scenarios and the pages themselves, each also in
// Brotli and gzip. It can serve the result too.
//
//	go run ./site/build build
//	go run ./site/build serve -port 8080
package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"fenceline/site/server"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("say `build` or `serve`")
	}
	flags := flag.NewFlagSet(args[0], flag.ExitOnError)
	root := flags.String("root", ".", "the repository")
	port := flags.Int("port", 0, "loopback port to serve on; 0 means any")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	absolute, err := filepath.Abs(*root)
	if err != nil {
		return err
	}
	switch args[0] {
	case "build":
		return buildSite(absolute)
	case "serve":
		return serve(filepath.Join(absolute, outputFolder), *port)
	}
	return fmt.Errorf("unknown command `%s`; it is `build` or `serve`", args[0])
}

func serve(folder string, port int) error {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	fmt.Printf("serving http://%s/\n", listener.Addr())
	s := http.Server{Handler: server.New(os.DirFS(folder)), ReadHeaderTimeout: 10 * time.Second}
	return s.Serve(listener)
}
