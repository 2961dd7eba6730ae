package intake

import (
	"slices"
	"strings"
)

// origin is the command that printed an output, as far as it is told: by the
// command's line, where that stands before the output, or by the name of the
// file, `list-accounts-for-parent-ou-abcd-11111111.json` for one. Some outputs
// don't say what they are about.
type origin struct {
	command string
	options map[string]string
	// subject is the rest of the file's name.
	subject string
}

// tellingCommands are those whose outputs don't say what they are about.
var tellingCommands = []string{
	"get-bucket-policy", "get-key-policy", "get-policy-version", "get-queue-attributes", "get-topic-attributes",
	"list-accounts-for-parent", "list-attached-group-policies", "list-attached-role-policies", "list-attached-user-policies",
	"list-children", "list-group-policies", "list-groups-for-user", "list-organizational-units-for-parent", "list-parents",
	"list-policies-for-target", "list-role-policies", "list-targets-for-policy", "list-user-policies", "list-user-tags", "list-role-tags",
}

// originOfFile reads a file's name.
func originOfFile(name string) origin {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	for _, extension := range []string{".json", ".txt", ".out", ".log"} {
		name = strings.TrimSuffix(name, extension)
	}
	for _, prefix := range []string{"aws", "iam", "organizations", "s3api", "sqs", "sns", "kms"} {
		name, _ = cutFold(name, prefix+"-")
	}
	for _, command := range tellingCommands {
		rest, ok := cutFold(name, command)
		if ok && (rest == "" || strings.IndexByte("-_ .=", rest[0]) >= 0) {
			return origin{command: command, subject: strings.Trim(rest, "-_ .=")}
		}
	}
	return origin{}
}

// originOfLine reads a line of a shell. It is false when the line holds no
// command of the AWS CLI.
func originOfLine(line string) (origin, bool) {
	words := strings.Fields(line)
	at := slices.Index(words, "aws")
	if at < 0 {
		return origin{}, false
	}
	o := origin{options: map[string]string{}}
	var names []string
	for words = words[at+1:]; len(words) > 0; words = words[1:] {
		word := unquoted(words[0])
		if option, ok := strings.CutPrefix(word, "--"); ok {
			name, value, inline := strings.Cut(option, "=")
			if !inline && len(words) > 1 && !strings.HasPrefix(words[1], "--") {
				value = unquoted(words[1])
				words = words[1:]
			}
			o.options[strings.Clone(name)] = strings.Clone(unquoted(value))
			continue
		}
		if strings.IndexAny(word, "|>;&") == 0 { // what follows is not of the call
			break
		}
		names = append(names, word)
	}
	if len(names) >= 2 {
		o.command = strings.Clone(names[1])
	}
	return o, o.command != ""
}

func unquoted(word string) string { return strings.Trim(word, `"'`) }

// about is what the output is about: the value of the option, or what the
// file's name says, for the named commands.
func (o origin) about(option string, commands ...string) string {
	if !slices.Contains(commands, o.command) {
		return ""
	}
	if o.options != nil {
		return o.options[option]
	}
	return o.subject
}
