// Command build makes the static site: the engine as WebAssembly, the page's
// script and styles, the scenarios, the course and the pages themselves, each
// also in Brotli and gzip. It can serve the result too, or, with -watch, the
// texts as they are being written.
//
//	go run ./site/build build
//	go run ./site/build check
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
		fmt.Fprintln(os.Stderr, tell(err))
		os.Exit(1)
	}
}

// tell is an error for a person: defects of texts as compilers write them, a line each.
func tell(err error) string {
	if list, ok := problemsIn(err); ok {
		return fmt.Sprintf("%v\nbuild: the texts have defects: %d", err, len(list))
	}
	return "build: " + err.Error()
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("say `build`, `check` or `serve`")
	}
	flags := flag.NewFlagSet(args[0], flag.ExitOnError)
	root := flags.String("root", ".", "the repository")
	port := flags.Int("port", 0, "loopback port to serve on; 0 means any")
	watching := flags.Bool("watch", false, "build what is served, and again whenever a text is saved")
	edit := flags.String("edit", "", "address before the name of a file at which its text can be changed; lessons link there")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	absolute, err := filepath.Abs(*root)
	if err != nil {
		return err
	}
	switch {
	case args[0] == "check":
		return checkContent(absolute)
	case args[0] == "build":
		return buildSite(absolute, *edit)
	case args[0] == "serve" && *watching:
		return serveWatching(absolute, *edit, *port)
	case args[0] == "serve":
		return serve(server.New(os.DirFS(filepath.Join(absolute, outputFolder))), *port)
	}
	return fmt.Errorf("unknown command `%s`; it is `build`, `check` or `serve`", args[0])
}

func serveWatching(repository, edit string, port int) error {
	w, err := newWatch(repository, edit)
	if err != nil {
		return err
	}
	if err := w.build(false); err != nil {
		fmt.Fprintln(os.Stderr, tell(err))
	}
	go w.follow()
	return serve(w, port)
}

func serve(handler http.Handler, port int) error {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	fmt.Printf("serving http://%s/\n", listener.Addr())
	s := http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return s.Serve(listener)
}
