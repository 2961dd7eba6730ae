package call

import (
	"errors"
	"strconv"
	"unicode/utf8"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// The program reads and writes JSON without encoding/json, which with all that
// it rests on makes a fifth of what a browser would have to download. The
// readers and writers of each type are in codec.go, which a test generates from
// the types and holds to encoding/json; the handlers stand there, too.

// errNoValue says that a call's member has a value of another kind.
func errNoValue(member string) error {
	return errors.New("the call's `" + member + "` has a value of the wrong kind")
}

// unknownMember refuses a member that a call doesn't have.
func unknownMember(name string) error {
	return errors.New("the call has an unknown member `" + source.Clip(name) + "`")
}

func readString(to *string, n *source.Node, member string) error {
	if n.Kind != source.String {
		return errNoValue(member)
	}
	*to = n.Text
	return nil
}

func readBool(to *bool, n *source.Node, member string) error {
	if n.Kind != source.Bool {
		return errNoValue(member)
	}
	*to = n.Text == "true"
	return nil
}

func readInt(to *int, n *source.Node, member string) error {
	value, err := strconv.Atoi(n.Text)
	if n.Kind != source.Number || err != nil {
		return errNoValue(member)
	}
	*to = value
	return nil
}

// readList reads a list, null as none.
func readList[T any](to *[]T, n *source.Node, member string, read func(*T, *source.Node, string) error) error {
	if n.Kind == source.Null {
		return nil
	}
	if n.Kind != source.Array {
		return errNoValue(member)
	}
	*to = make([]T, len(n.Items))
	for i, item := range n.Items {
		if err := read(&(*to)[i], item, member); err != nil {
			return err
		}
	}
	return nil
}

// writeString writes a text as a JSON string; what is not UTF-8 becomes U+FFFD.
func writeString(b []byte, text string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, text[from:i]...), "\ufffd"...)
				from = i + size
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, text[from:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		from = i
	}
	return append(append(b, text[from:]...), '"')
}

func writeBool(b []byte, value bool) []byte { return strconv.AppendBool(b, value) }

func writeInt(b []byte, value int) []byte { return strconv.AppendInt(b, int64(value), 10) }

// writeText writes what has a text of its own.
func writeText(b []byte, value interface{ MarshalText() ([]byte, error) }) []byte {
	text, err := value.MarshalText()
	if err != nil {
		panic(err) // the types are ours and always have one
	}
	return writeString(b, string(text))
}

// writeList writes so many entries; no list at all is null, which a page must
// not be given where it expects a list. It is no generic function: a copy of it
// for every type would be larger than what calls it.
func writeList(b []byte, none bool, count int, write func(b []byte, i int) []byte) []byte {
	if none {
		return writeNull(b)
	}
	b = append(b, '[')
	for i := range count {
		if i > 0 {
			b = append(b, ',')
		}
		b = write(b, i)
	}
	return append(b, ']')
}

func writeStrings(b []byte, list []string) []byte {
	return writeList(b, list == nil, len(list), func(b []byte, i int) []byte { return writeString(b, list[i]) })
}

func writeInts(b []byte, list []int) []byte {
	return writeList(b, list == nil, len(list), func(b []byte, i int) []byte { return writeInt(b, list[i]) })
}

func writeAnys(b []byte, list []any) []byte {
	return writeList(b, list == nil, len(list), func(b []byte, i int) []byte { return writeAny(b, list[i]) })
}

// writeAny writes what stands in a member that may have values of several kinds.
func writeAny(b []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return writeNull(b)
	case string:
		return writeString(b, v)
	case bool:
		return writeBool(b, v)
	case int:
		return writeInt(b, v)
	case []string:
		return writeStrings(b, v)
	case []any:
		return writeAnys(b, v)
	case *scenario.Expected:
		return writeScenarioExpected(b, v)
	}
	panic("an answer holds a value of a kind that is not written")
}

// writeKey begins an object's next member.
func writeKey(b []byte, key string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(writeString(b, key), ':')
}

// open and shut begin an object and end it.
func open(b []byte) []byte { return append(b, '{') }
func shut(b []byte) []byte { return append(b, '}') }

func writeNull(b []byte) []byte { return append(b, "null"...) }
