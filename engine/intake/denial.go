package intake

import (
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/worlds"
)

// notAuthorized is the heart of an access-denied message (S-301).
const notAuthorized = "is not authorized to perform"

// maxName bounds what is looked through for a name, more than AWS's longest.
const maxName = 4096

// denial is one access-denied message, read.
type denial struct {
	principal, action, resource string
	layer                       iam.Layer
	reason                      bool // a reason follows
	explicit                    bool
	policy                      string
	notes                       []string
}

// readDenials reads every access-denied message of a text, however wrapped.
func (r *reader) readDenials(text string) bool {
	text = flatten(text)
	found := false
	for rest := text; ; {
		at := strings.Index(rest, notAuthorized)
		if at < 0 {
			break
		}
		d := denial{principal: callerBefore(rest[:at])}
		rest = d.read(rest[at+len(notAuthorized):])
		if d.principal == "" || !isAction(d.action) {
			continue
		}
		found = true
		r.ask(d.asked())
	}
	if !found {
		if d, ok := labelled(text); ok {
			found = true
			r.ask(d.asked())
		}
	}
	if found {
		r.from("message")
		if strings.Contains(text, "ncoded authorization failure message:") {
			r.note("The message goes on encoded. `aws sts decode-authorization-message --encoded-message …` decodes it; pasted here, it gives the condition keys of the request as well.")
		}
	}
	return found
}

// ask adds a request, once.
func (r *reader) ask(a Asked) {
	for i := range r.result.Requests {
		if known := &r.result.Requests[i]; known.Request.Name == a.Request.Name && known.Request.Resource == a.Request.Resource &&
			known.Request.Principal == a.Request.Principal && known.Layer == a.Layer && len(known.Request.Context) == 0 && len(a.Request.Context) == 0 {
			return
		}
	}
	if len(r.result.Requests) >= maxFound {
		r.full = true
		return
	}
	r.result.Requests = append(r.result.Requests, a)
}

var entities = strings.NewReplacer("&quot;", `"`, "&#34;", `"`, "&apos;", "'", "&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&")

// flatten takes off what XML, consoles and terminals add: entities, and line
// breaks.
func flatten(text string) string {
	if strings.Contains(text, "</") {
		text = entities.Replace(text)
	}
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	lines := strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '\r' })
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, " ")
}

// callerBefore is the caller whom a message names before its heart.
func callerBefore(text string) string {
	text = text[max(0, len(text)-maxName):]
	if at := strings.LastIndex(text, "User:"); at >= 0 {
		text = text[at+len("User:"):]
	}
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	word := strings.Trim(words[len(words)-1], `"'\`)
	if strings.HasPrefix(word, "arn:") || word == "anonymous" || strings.Contains(word, ".amazonaws.com") || isProvider(word) {
		return word
	}
	return ""
}

func isProvider(word string) bool {
	for _, provider := range iam.BuiltInProviders() {
		if word == provider {
			return true
		}
	}
	return false
}

// isAction says whether a text is `service:Operation`.
func isAction(text string) bool {
	service, name, ok := strings.Cut(text, ":")
	return ok && service != "" && name != "" && !strings.ContainsAny(text, " *?/\"'<>\\`") && !strings.Contains(name, ":")
}

// read reads what follows the heart and answers what follows the message.
func (d *denial) read(text string) string {
	text = strings.TrimLeft(text, ": ")
	d.action, text = cutWord(text)
	text = d.readResource(strings.TrimLeft(text, " "))
	return d.readReason(text)
}

// cutWord cuts off the first word, without the marks around it.
func cutWord(text string) (word, rest string) {
	end := strings.IndexAny(text, " <\\\"")
	if end < 0 {
		end = len(text)
	}
	return strings.Trim(text[:end], "[]().,;'"), text[end:]
}

// readResource reads ` on resource: ARN`, which not all messages have (S-301).
func (d *denial) readResource(text string) string {
	const ciphertext = "on the resource associated with this ciphertext"
	if strings.HasPrefix(text, ciphertext) {
		d.notes = append(d.notes, "The key is not named, since AWS KMS read it from the ciphertext; write its ARN as the resource.")
		d.resource = worlds.Resource
		return text[len(ciphertext):]
	}
	rest, ok := strings.CutPrefix(text, "on resource")
	if !ok {
		return text
	}
	rest = strings.TrimLeft(rest, ": ")
	if inner := strings.TrimLeft(rest, `\`); strings.HasPrefix(inner, `"`) { // as S3 writes it, perhaps escaped
		quote := rest[:len(rest)-len(inner)+1]
		if end := strings.Index(inner[1:min(len(inner), maxName)], quote); end >= 0 {
			d.resource = inner[1 : 1+end]
			return inner[1+end+len(quote):]
		}
	}
	end := resourceEnd(rest)
	d.resource = strings.TrimSpace(rest[:end])
	return rest[end:]
}

// resourceEnd is where a resource without quotes ends. It may hold spaces only
// when what follows is known.
func resourceEnd(text string) int {
	end := min(len(text), maxName)
	for _, mark := range []string{" because ", " with an explicit deny", " (Service", ". Encoded auth", ", Encoded auth", "<", `"`, `\"`, " User: "} {
		if at := strings.Index(text[:end], mark); at >= 0 {
			end = at
		}
	}
	text = text[:min(len(text), end+maxName)]
	known := strings.HasPrefix(text[end:], " because ") || strings.HasPrefix(text[end:], " with an explicit deny")
	if kind, name, two := strings.Cut(text[:end], " "); two && !known {
		if isOldKind(kind) { // "user NAME", as the older messages of IAM say
			word, _, _ := strings.Cut(name, " ")
			return len(kind) + 1 + len(strings.TrimRight(word, ".,;"))
		}
		end = len(strings.TrimRight(kind, ".,;"))
	}
	return end
}

func isOldKind(word string) bool {
	switch word {
	case "user", "group", "role", "policy":
		return true
	}
	return false
}

// readReason reads why: an explicit deny, or nothing that allows (S-302, S-303).
func (d *denial) readReason(text string) string {
	text = strings.TrimLeft(text, ` ."\`)
	if rest, ok := strings.CutPrefix(text, "because no "); ok {
		d.reason = true
		return d.readLayer(rest)
	}
	if rest, ok := strings.CutPrefix(text, "because the resource does not exist in this Region"); ok {
		d.notes = append(d.notes, "The message leaves open whether the key's policy allows nothing or denies, or the key is in another Region.")
		return rest
	}
	if rest, ok := strings.CutPrefix(text, "with an explicit deny"); ok {
		d.reason, d.explicit = true, true
		rest = strings.TrimPrefix(rest, " in ")
		for _, article := range []string{"an ", "a ", "the "} {
			rest = strings.TrimPrefix(rest, article)
		}
		return d.readPolicy(d.readLayer(rest))
	}
	return text
}

// readLayer reads the name of a kind of policy (S-304).
func (d *denial) readLayer(text string) string {
	text = strings.TrimPrefix(text, "applicable ")
	for _, layer := range iam.PolicyLayers() {
		stem := strings.TrimSuffix(strings.TrimSuffix(layer.Words(), "policy"), "boundary")
		if rest, ok := cutFold(text, stem); ok {
			d.layer = layer
			return dropWord(rest, "policy", "policies", "boundary", "boundaries")
		}
	}
	if rest, ok := cutFold(text, "sessions policy"); ok { // a misprint of AWS's (S-304)
		d.layer = iam.SessionPolicy
		return rest
	}
	return text
}

func cutFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}

// dropWord cuts off whichever of the words comes first.
func dropWord(text string, words ...string) string {
	for _, word := range words {
		if rest, ok := strings.CutPrefix(text, word); ok {
			return rest
		}
	}
	return text
}

// readPolicy reads the ARN of the policy that denied, where it is named (S-302).
func (d *denial) readPolicy(text string) string {
	rest, ok := strings.CutPrefix(text, ": ")
	if !ok || !strings.HasPrefix(rest, "arn:") {
		return text
	}
	d.policy, rest = cutWord(rest)
	return rest
}

// asked turns the message into a request of a scenario.
func (d *denial) asked() Asked {
	a := Asked{
		Request:  Request{Principal: d.principal, Action: d.action},
		Identity: identityOf(d.principal), Layer: d.layer, Denied: true, Explicit: d.explicit, Policy: d.policy, Notes: d.notes,
	}
	d.setResource(&a)
	a.expectDenied(d.reason)
	a.finish()
	return a
}

func (d *denial) setResource(a *Asked) {
	caller, _ := arn.Parse(d.principal)
	kind, name, _ := strings.Cut(d.resource, " ")
	switch {
	case d.resource == worlds.Resource:
		a.unknownResource("")
	case d.resource == "" && d.reason:
		a.Request.Resource = "*"
		a.note("The message names no resource, as for an action that has none: the resource is `*`.")
	case d.resource == "":
		a.unknownResource("The message names no resource: write its ARN, or `*` if the action has none.")
	case d.resource == "*" || strings.HasPrefix(d.resource, "arn:") && isARN(d.resource):
		a.Request.Resource = d.resource
	case isOldKind(kind) && name != "" && !strings.Contains(name, " ") && caller.Account != "":
		a.Request.Resource = "arn:" + caller.Partition + ":iam::" + caller.Account + ":" + kind + "/" + name
		a.note("The message names the resource as `" + d.resource + "`, without its path; write the path into the ARN if it has one.")
	default:
		a.unknownResource("The message names the resource as `" + d.resource + "`, which is no ARN; write its ARN.")
	}
}

func isARN(text string) bool {
	_, ok := arn.Parse(text)
	return ok
}

// unknownResource leaves the resource open and says what to write.
func (a *Asked) unknownResource(note string) {
	a.Request.Resource = ""
	a.Request.Unknown = addOnce(a.Request.Unknown, worlds.Resource)
	if note != "" {
		a.note(note)
	}
}

func (a *Asked) note(text string) { a.Notes = addOnce(a.Notes, text) }

// expectDenied writes what the text reports as what should come out. Whether
// an explicit deny of an SCP is one is not settled by the message alone
// (S-306), but where it names the policy.
func (a *Asked) expectDenied(reason bool) {
	a.Denied = true
	a.Request.Expect = &Expect{Decision: "implicitDeny", DecidedBy: a.Layer}
	switch {
	case !reason:
		a.Request.Expect.Decision = "denied"
	case a.Explicit && a.Layer == iam.ServiceControlPolicy && a.Policy == "":
		a.Request.Expect.Decision = "denied"
		a.note("AWS has also written \"explicit deny\" where no service control policy allowed the action; the expectation leaves open which of the two it was.")
	case a.Explicit:
		a.Request.Expect.Decision = "explicitDeny"
	}
}

// finish names the request and looks at its principal.
func (a *Asked) finish() {
	verb := " may call "
	if a.Denied {
		verb = " may not call "
	}
	if a.Request.Expect == nil {
		verb = " calls "
	}
	a.Request.Name = shortName(a.Request.Principal) + verb + a.Request.Action
	if _, wrong := account.ParsePrincipal(a.Request.Principal, a.Request.Action); wrong != "" && a.Request.Principal != "" {
		a.note("As a principal, " + wrong + ".")
	}
	if a.Notes == nil {
		a.Notes = []string{}
	}
}

// shortName is what people call a principal.
func shortName(principal string) string {
	a, ok := arn.Parse(principal)
	switch {
	case principal == "":
		return "the caller"
	case !ok:
		return principal
	case a.Resource == "root":
		return "the root user"
	}
	parts := strings.Split(a.Resource, "/")
	if parts[0] == "assumed-role" && len(parts) > 1 {
		return parts[1]
	}
	return parts[len(parts)-1]
}

// identityOf is the user or role behind a principal, as `identities` lists it.
func identityOf(principal string) string {
	a, ok := arn.Parse(principal)
	if !ok {
		return ""
	}
	parts := strings.Split(a.Resource, "/")
	switch {
	case a.Service == "iam" && (parts[0] == "user" || parts[0] == "role"):
		return principal
	case a.Service == "sts" && parts[0] == "assumed-role" && len(parts) == 3:
		return "arn:" + a.Partition + ":iam::" + a.Account + ":role/" + parts[1]
	}
	return ""
}

// labelled reads a denial as consoles set it out: `User: …`, `Action: …`, `On
// resource(s): …`, `Context: …`.
func labelled(text string) (denial, bool) {
	field := func(end string, labels ...string) string {
		for _, label := range labels {
			if _, value, ok := strings.Cut(text, label); ok {
				if end == "" {
					word, _ := cutWord(strings.TrimSpace(value))
					return word
				}
				return strings.TrimSpace(value)
			}
		}
		return ""
	}
	d := denial{principal: field("", "User:", "Principal:"), action: field("", "Action:"), resource: field("", "On resource(s):", "On resource:", "Resource(s):", "Resource:")}
	if service := field("", "Service:"); service != "" && !strings.Contains(d.action, ":") {
		d.action = strings.ToLower(service) + ":" + d.action
	}
	if !strings.HasPrefix(d.principal, "arn:") || !isAction(d.action) {
		return denial{}, false
	}
	reason := field("rest", "Context:", "Reason:")
	reason = strings.TrimPrefix(strings.TrimPrefix(reason, "because "), "Because ")
	if rest, ok := strings.CutPrefix(reason, "no "); ok {
		d.reason = true
		d.readLayer(rest)
	} else {
		d.readReason(strings.TrimPrefix(reason, "denied "))
	}
	return d, true
}
