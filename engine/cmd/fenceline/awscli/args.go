package awscli

import (
	"slices"
	"strings"
)

// Split gives each value of a list its own flag, since the AWS CLI takes all
// words up to the next flag: `--names a b` becomes `--names=a --names=b`. A list
// flag without a value is left as it is.
func Split(args, lists []string) []string {
	var split []string
	list := ""
	for i, arg := range args {
		name, isFlag := strings.CutPrefix(arg, "--")
		switch {
		case isFlag && slices.Contains(lists, name):
			list = arg
			if i+1 == len(args) || strings.HasPrefix(args[i+1], "--") {
				split = append(split, arg)
			}
			continue
		case isFlag:
			list = ""
			if name, _, joined := strings.Cut(arg, "="); joined && slices.Contains(lists, strings.TrimPrefix(name, "--")) {
				list = name // more words may follow
			}
		case list != "":
			arg = list + "=" + arg
		}
		split = append(split, arg)
	}
	return split
}
