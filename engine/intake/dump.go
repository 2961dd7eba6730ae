package intake

import (
	"strconv"
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// What is read into an account at most. AWS lets an account have 5,000 users
// and 5,000 roles at most, where its limits were raised.
const (
	MaxAccountBytes = 512 << 20
	maxIdentities   = 50_000
	maxDocuments    = 200_000
	maxUnused       = 500
)

// Place is where something stands in what was given: a file by its name, and a
// line from 1.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// Unused is a part of what was given that is in no account, and why.
type Unused struct {
	Place
	Why string `json:"why"`
}

// Read is how much an AccountReader has read and found so far.
type Read struct {
	Bytes      int64 `json:"bytes"`
	Identities int   `json:"identities"`
	Policies   int   `json:"policies"`
	Unused     int   `json:"unused"`
}

// AccountReader reads what AWS's commands print about accounts, and puts it
// together. Texts come in pieces of any size, so that whoever feeds it says how
// long a step takes; no text is kept. The zero value is not ready: use
// NewAccountReader.
type AccountReader struct {
	stream stream
	read   Read
	kept   map[string]string // texts that are kept, each once

	file     string // the name of the text that is read
	named    origin // by the file's name
	told     origin // by the line of a command
	command  string // a command's line that goes on
	document *source.Node
	inside   *source.File // the text of the element that is read
	began    Place        // where the document begins

	identities
	policyTexts
	organization organizationFacts
	resources    []*resourceFact
	endpoints    []*endpointFact
	pages        pages
	unused       []Unused
	more         int // further unused parts, which are not listed
	once         map[string]bool
}

// NewAccountReader is a reader that has read nothing.
func NewAccountReader() *AccountReader {
	r := &AccountReader{kept: map[string]string{}, once: map[string]bool{}}
	r.stream.to = r
	r.identities.init()
	r.policyTexts.init()
	r.organization.init()
	return r
}

// Read reads a piece of the text of that name; with last the text ends.
func (r *AccountReader) Read(name, piece string, last bool) Read {
	if name = strings.ToValidUTF8(name, "\ufffd"); r.file != name {
		r.file, r.named = name, originOfFile(name)
	}
	r.read.Bytes += int64(len(piece))
	if r.read.Bytes > MaxAccountBytes {
		r.onceUnused("size", Place{name, 0}, "more than "+strconv.Itoa(MaxAccountBytes)+" bytes were given; what follows is not read")
		piece, last = "", true
	}
	r.stream.feed(piece, last)
	if last {
		r.file, r.named, r.told, r.command = "", origin{}, origin{}, ""
	}
	r.read.Identities, r.read.Policies, r.read.Unused = len(r.identities.list), r.policyTexts.count, len(r.unused)+r.more
	return r.read
}

// ReadAccount reads whole texts.
func ReadAccount(texts []scenario.NamedText) *Account {
	r := NewAccountReader()
	for _, text := range texts {
		r.Read(text.Name, text.Text, true)
	}
	return r.Finish()
}

// keep is a text to be kept: a copy, so that what it was a part of can go, and
// the same for each that says the same.
func (r *AccountReader) keep(text string) string {
	if kept, ok := r.kept[text]; ok {
		return kept
	}
	text = strings.Clone(text)
	r.kept[text] = text
	return text
}

// place is a line of the text that is read.
func (r *AccountReader) place(line int) Place { return Place{r.file, line} }

// within is where a part of an element stands that begins at a place; of what
// is no element only the beginning is known.
func (r *AccountReader) within(at Place, n *source.Node) Place {
	if r.inside != nil && n != nil {
		at.Line += r.inside.Position(n.Span.Start).Line - 1
	}
	return at
}

// unusedAt lists a part that is not used.
func (r *AccountReader) unusedAt(at Place, why string) {
	if len(r.unused) >= maxUnused {
		r.more++
		return
	}
	r.unused = append(r.unused, Unused{at, why})
}

// onceUnused is unusedAt for what would be said again and again: only the
// first place of each is listed.
func (r *AccountReader) onceUnused(what string, at Place, why string) {
	if !r.once[what] {
		r.once[what] = true
		r.unusedAt(at, why)
	}
}

// unusable takes what the stream could not read.
func (r *AccountReader) unusable(line int, why string) { r.unusedAt(r.place(line), why) }

// line takes a line between two outputs: a command says what follows.
func (r *AccountReader) line(text string, line int) {
	text = strings.ToValidUTF8(strings.TrimSpace(text), "\ufffd")
	if r.command != "" {
		text = r.command + " " + text
		r.command = ""
	}
	if rest, goesOn := strings.CutSuffix(text, `\`); goesOn {
		r.command = strings.Clone(rest)
		return
	}
	if o, ok := originOfLine(text); ok {
		r.told = o
		return
	}
	why := "`" + source.Clip(text) + "` is neither JSON nor a command of the AWS CLI"
	if strings.HasSuffix(text, ":") || strings.HasPrefix(text, "- ") || strings.Contains(text, "\t") || strings.HasPrefix(text, "|") {
		why += "; get the output with `--output json`"
	}
	r.onceUnused("line "+r.file, r.place(line), why)
}

// origin is what is told of the command whose output is read.
func (r *AccountReader) origin() origin {
	if r.told.command != "" {
		return r.told
	}
	return r.named
}

func (r *AccountReader) begin(line int) {
	r.document, r.began = &source.Node{Kind: source.Object}, r.place(line)
}

// member takes a member of an output; a list comes empty, before its elements.
func (r *AccountReader) member(key string, n *source.Node, line int) {
	if r.document.Get(key) != nil {
		r.unusedAt(r.place(line), "`"+source.Clip(key)+"` stands twice in this output; the first counts")
		return
	}
	if detailed[key] != "" {
		r.pages.details++
	}
	r.document.Members = append(r.document.Members, source.Member{Key: key, Value: n, KeySpan: source.Span{Start: line}})
}

// detailed are the lists of get-account-authorization-details whose elements
// are read one by one, and kinds of identity.
var detailed = map[string]string{"UserDetailList": "user", "GroupDetailList": "group", "RoleDetailList": "role"}

// maxElements bounds a list that is read as a whole.
const maxElements = 100_000

func (r *AccountReader) element(key string, n *source.Node, file *source.File, line int) {
	r.inside = file
	defer func() { r.inside = nil }()
	switch list := r.document.Get(key); {
	case detailed[key] != "":
		r.detail(detailed[key], n, r.place(line))
	case key == "Policies" && n.Get("PolicyVersionList") != nil:
		r.policyDetail(n, r.place(line))
	case list == nil || len(list.Items) >= maxElements:
		r.onceUnused("elements", r.place(line), "more elements than any output has; they are not read")
	default:
		n.Span.Start = line // what is asked of it later is where it stands
		list.Items = append(list.Items, n)
	}
}

func (r *AccountReader) end() {
	root := r.document
	r.document = nil
	if root == nil {
		return
	}
	r.pages.note(root, r.began)
	r.output(root, r.began)
	r.told = origin{}
}

// pages are the pages of outputs that were cut.
type pages struct {
	details int // lists of details that were read
	cut     []cutPage
	whole   map[string]bool // outputs, by their shape, whose last page was read
}

type cutPage struct {
	shape string
	at    Place
}

// note reads whether an output goes on in another.
func (p *pages) note(root *source.Node, at Place) {
	shape := outputName(root)
	goesOn := str(root, "IsTruncated") == "true" || str(root, "NextToken") != "" || str(root, "Marker") != ""
	if goesOn {
		p.cut = append(p.cut, cutPage{shape, at})
		return
	}
	if p.whole == nil {
		p.whole = map[string]bool{}
	}
	p.whole[shape] = true
}

// missing lists the pages after which others should follow that were not read:
// a page that is cut is followed by one that is not.
func (p *pages) missing() []cutPage {
	var list []cutPage
	for _, page := range p.cut {
		if !p.whole[page.shape] {
			list = append(list, page)
			p.whole = map[string]bool{page.shape: true}
		}
	}
	return list
}
