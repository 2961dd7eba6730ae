package call

import (
	"bytes"
	"encoding/json"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// formatting is a call that lays a JSON text out afresh.
type formatting struct {
	named
	Text string `json:"text"`
}

// formatted answers it. A text that is no JSON stays as it is.
type formatted struct {
	Text      string `json:"text"`
	Formatted bool   `json:"formatted"`
}

// format puts every member and every entry on a line of its own. What the text
// says stays as it is written: order, repeated names, numbers and escapes.
func format(in formatting) any {
	// A nesting that no text of ours has would make the indents huge.
	if root, _ := source.Parse(source.NewFile("text", in.Text), scenario.MaxBytes); root == nil {
		return formatted{Text: in.Text}
	}
	var out bytes.Buffer
	if err := json.Indent(&out, bytes.TrimSpace([]byte(in.Text)), "", "  "); err != nil {
		return formatted{Text: in.Text}
	}
	return formatted{out.String(), true}
}
