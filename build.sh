#!/usr/bin/env bash
# The one entry: builds, serves, tests and measures Fenceline.
#
#   ./build.sh            build everything into dist/
#   ./build.sh serve      build, serve on a loopback port (PORT, or any free one), and build again when a text is
#                         saved: pages load again and show what is wrong
#   ./build.sh test       formatting, linters, types, Go tests (native and js/wasm), whether every page is valid
#                         HTML, browser tests in Chromium and Firefox, and how long each step took
#   ./build.sh bench      the Go benchmarks, the page's figures and Lighthouse's scores against their limits
#   ./build.sh catalogue  make the catalogue of AWS's actions afresh, from the npm package that site/package.json names
#
# EDIT_ADDRESS, where it is set, is the address before a file's name at which its text can be changed: lessons link there.
set -euo pipefail
cd "$(dirname "$0")"

generator=dist/bin/site

# What the present step is, when it began, and how long those before it took.
current='' began=0 laps=''
lap() {
	[ -z "$current" ] || laps+=$(printf '%6d s  %s' $((SECONDS - began)) "$current")$'\n'
	current='' began=$SECONDS
}
durations() { lap; printf '\n== durations\n%s%6d s  in all\n' "$laps" "$SECONDS"; }

die() { printf '%s\n' "build.sh: $*" >&2; exit 1; }
step() { lap; current=$*; printf '\n== %s\n' "$*"; }
need() { command -v "$1" >/dev/null || die "$1 is missing: $2"; }

need_go() { need go "install Go as go.mod names it, from https://go.dev/dl/"; }

# Node packages live beside their lock file; a copy of it among them says which ones they are.
node_packages() {
	need node "install Node 20 or later, from https://nodejs.org"
	need npm "it comes with Node"
	local stamp=$1/node_modules/.package-lock.stamp
	cmp -s "$1/package-lock.json" "$stamp" && return
	step "npm packages of $1"
	(cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --ignore-scripts </dev/null)
	cp "$1/package-lock.json" "$stamp"
}

need_node_packages() { node_packages site; }

# need_browser finds one of the system's browsers, by the names that follow the variable: its path goes into
# the variable, which may name another one. Where none is installed, the first name is Debian's package.
need_browser() {
	local variable=$1 package=$2 name found
	found=${!variable:-}
	for name in "${@:2}"; do found=${found:-$(command -v "$name" || true)}; done
	if [ -z "$found" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
		step "$package from apt"
		apt-get update -qq </dev/null
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" </dev/null >/dev/null
		found=$(command -v "$package" || true)
	fi
	[ -n "$found" ] || die "$package is missing: install it (apt-get install $package), or set $variable to its path"
	export "$variable=$found"
}

need_chromium() { need_browser CHROMIUM chromium chromium-browser google-chrome; }
need_firefox() { need_browser FIREFOX firefox-esr firefox; }

build() {
	need_go
	need_node_packages
	step "build"
	go build -o "$generator" ./site/build
	"$generator" build -edit "${EDIT_ADDRESS:-}"
}

serve() {
	need_go
	need_node_packages
	step "build"
	go build -o "$generator" ./site/build
	exec "$generator" serve -watch -edit "${EDIT_ADDRESS:-}" -port "${PORT:-0}"
}

lint() {
	step "gofmt"
	local unformatted
	unformatted=$(git ls-files -co --exclude-standard -- '*.go' | while read -r f; do [ -f "$f" ] && printf '%s\0' "$f"; done | xargs -0 -r gofmt -l)
	[ -z "$unformatted" ] || die "gofmt would change:"$'\n'"$unformatted"
	step "go vet"
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./engine/... ./wasm/browser/...
	go vet -tags account ./wasm/browser/... # the program of the account's page
	step "staticcheck"
	go tool staticcheck ./...
	# The tool itself must be this machine's program, not one for js/wasm.
	local staticcheck
	staticcheck=$(go tool -n staticcheck)
	GOOS=js GOARCH=wasm "$staticcheck" ./wasm/browser/...
	GOOS=js GOARCH=wasm "$staticcheck" -tags account ./wasm/browser/...
	step "types"
	(cd site && npx --no-install tsc --noEmit)
	step "script and style format"
	(cd site && npx --no-install prettier --check src tests bench styles/*.css playwright.config.ts)
}

# Every package that can run without a file system or a process of its own also runs under js/wasm.
wasm_packages() { go list ./engine/... ./schemas/... ./wasm/browser/call/... 2>/dev/null | grep -v -e '/cmd/' -e '/generate$'; }

test_all() {
	need_go
	need_node_packages
	need_chromium
	need_firefox
	lint
	step "Go tests"
	go test ./...
	go test -tags account ./wasm/browser/...
	step "Go tests under js/wasm"
	# The stack of the tool that starts Node doesn't take a large environment: give it what it needs.
	env -i PATH="$PATH" HOME="$HOME" GOFLAGS="${GOFLAGS:-}" GOPROXY="$(go env GOPROXY)" GOSUMDB="$(go env GOSUMDB)" \
		GOMODCACHE="$(go env GOMODCACHE)" GOCACHE="$(go env GOCACHE)" GOOS=js GOARCH=wasm \
		go test -exec="$(go env GOROOT)/lib/wasm/go_js_wasm_exec" $(wasm_packages)
	build
	step "valid pages"
	(cd site && npx --no-install html-validate --config .htmlvalidate.json "../dist/site/**/*.html")
	step "browser tests"
	(cd site && npx --no-install playwright test </dev/null)
	durations
}

bench() {
	need_go
	need_node_packages
	need_chromium
	step "the engine"
	go test -run='^$' -bench=. -benchmem ./engine/...
	build
	step "the page"
	local failed=0
	(cd site && npx --no-install playwright test -c bench </dev/null) || failed=1
	node_packages site/bench/lighthouse
	step "Lighthouse"
	(cd site/bench/lighthouse && node_modules/.bin/node scores.mjs </dev/null) || failed=1
	durations
	[ $failed = 0 ] || die "the page is not as good as it must be"
}

catalogue() {
	need_go
	need_node_packages
	go run ./engine/catalogue/generate
}

case "${1:-build}" in
build) build ;;
serve) serve ;;
test) test_all ;;
bench) bench ;;
catalogue) catalogue ;;
*) die "unknown command $1; it is one of build, serve, test, bench, catalogue" ;;
esac
