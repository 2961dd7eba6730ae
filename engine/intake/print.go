package intake

import (
	"strings"

	"fenceline/engine/source"
)

// print writes a JSON tree with an indentation of two spaces, in the order of
// the tree.
func print(n *source.Node) string {
	var b strings.Builder
	printNode(&b, n, "\n")
	return b.String()
}

func printNode(b *strings.Builder, n *source.Node, newline string) {
	switch n.Kind {
	case source.Array:
		b.WriteByte('[')
		for i, item := range n.Items {
			printBreak(b, i, newline)
			printNode(b, item, newline+"  ")
		}
		printEnd(b, len(n.Items), newline, ']')
	case source.Object:
		b.WriteByte('{')
		for i := range n.Members {
			printBreak(b, i, newline)
			printString(b, n.Members[i].Key)
			b.WriteString(": ")
			printNode(b, n.Members[i].Value, newline+"  ")
		}
		printEnd(b, len(n.Members), newline, '}')
	case source.String:
		printString(b, n.Text)
	case source.Null:
		b.WriteString("null")
	default:
		b.WriteString(n.Text)
	}
}

func printBreak(b *strings.Builder, i int, newline string) {
	if i > 0 {
		b.WriteByte(',')
	}
	b.WriteString(newline + "  ")
}

func printEnd(b *strings.Builder, count int, newline string, closing byte) {
	if count > 0 {
		b.WriteString(newline)
	}
	b.WriteByte(closing)
}

const hexDigits = "0123456789abcdef"

func printString(b *strings.Builder, text string) {
	b.WriteByte('"')
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c == '\r':
			b.WriteString(`\r`)
		case c < 0x20:
			b.WriteString(`\u00` + string(hexDigits[c>>4]) + string(hexDigits[c&15]))
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
}
