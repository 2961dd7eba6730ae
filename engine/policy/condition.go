package policy

import (
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/source"
	"fenceline/engine/variable"
)

// condition decodes the Condition element (S-018) of a statement.
func (d *decoder) condition(s *Statement, statement *source.Node, m *source.Member) {
	n := m.Value
	if n.Kind != source.Object {
		d.Error(codeWrongType, n.Span, "`Condition` is an object of operators, `{ \"StringEquals\": { key: value } }`, not "+n.Kind.String()).Fixes = d.onlyItem(n)
		return
	}
	if len(n.Members) == 0 {
		d.Warn(codeEmptyCondition, n.Span, "an empty `Condition` sets no condition").Fix("Remove `Condition`", statement.Remove(m)) // UNDOCUMENTED: S-010
	}
	for i := range n.Members {
		d.operator(s, n, &n.Members[i])
	}
}

func (d *decoder) operator(s *Statement, block *source.Node, m *source.Member) {
	op, wrong := condition.ParseOperator(m.Key)
	if wrong != "" {
		d.Error(codeUnknownOperator, m.KeySpan, wrong).Fixes = renameTo(block, m, condition.Suggestion(m.Key))
	}
	if m.Value.Kind != source.Object {
		d.Error(codeWrongType, m.Value.Span, "`"+source.Clip(m.Key)+"` takes an object of condition keys, `{ \"aws:username\": \"…\" }`, not "+m.Value.Kind.String()).Fixes = d.onlyItem(m.Value)
		return
	}
	if len(m.Value.Members) == 0 {
		d.Warn(codeEmptyCondition, m.Value.Span, "`"+source.Clip(m.Key)+"` without a key sets no condition").Fix("Remove `"+source.Clip(m.Key)+"`", block.Remove(m))
	}
	seen := map[string]*source.Member{}
	for i := range m.Value.Members {
		key := &m.Value.Members[i]
		lower := strings.ToLower(key.Key)
		if first, again := seen[lower]; again && first.Key != key.Key {
			d.Error(codeDuplicateKey, key.KeySpan, "`"+source.Clip(key.Key)+"` and `"+source.Clip(first.Key)+"` are the same condition key, names ignore case; keep one with all values").Fixes = d.merge(m.Value, first, key) // S-008
		}
		seen[lower] = key
		values := d.conditionValues(key)
		if wrong == "" {
			d.checkValues(op, m.Value, key, values)
		}
		s.Conditions = append(s.Conditions, Condition{
			Operator: m.Key, OperatorSpan: m.KeySpan, Key: Text{key.Key, key.KeySpan}, Values: values,
			Span: source.Span{Start: key.KeySpan.Start, End: key.Value.Span.End},
		})
	}
}

// conditionValues reads a scalar or a list of scalars as text (S-019).
func (d *decoder) conditionValues(m *source.Member) []Text {
	nodes := []*source.Node{m.Value}
	if m.Value.Kind == source.Array {
		nodes = m.Value.Items
		if len(nodes) == 0 {
			d.Warn(codeEmptyList, m.Value.Span, "the condition on `"+source.Clip(m.Key)+"` has no value; AWS does not say what it then means")
		}
	}
	values := make([]Text, 0, len(nodes))
	kinds := map[source.Kind]bool{}
	for _, n := range nodes {
		switch n.Kind {
		case source.String, source.Number, source.Bool:
			values = append(values, Text{n.Text, n.Span})
			kinds[n.Kind] = true
		default:
			d.Error(codeWrongType, n.Span, "a condition value is a string, number or boolean, not "+n.Kind.String())
		}
	}
	if len(kinds) > 1 {
		d.Warn(codeMixedTypes, m.Value.Span, "the values of `"+source.Clip(m.Key)+"` mix JSON types; write all of them as strings").Fix("Write all values as strings", stringEdits(nodes)...)
	}
	return values
}

// checkValues is about variables, and about what the operator can't read.
func (d *decoder) checkValues(op condition.Operator, keys *source.Node, m *source.Member, values []Text) {
	if m.Key == "" || strings.ContainsAny(m.Key, " \t\r\n") {
		d.Error(codeInvalidKey, m.KeySpan, "`"+source.Clip(m.Key)+"` is no condition key; write `aws:SourceIp` for one").Fixes = withoutSpaces(keys, m)
	}
	for _, value := range values {
		hasVariable := d.document.Variables && strings.Contains(value.Value, "${")
		switch {
		case hasVariable && op.Family.TakesVariables():
			if _, wrong := variable.Parse(value.Value, false); wrong != "" {
				d.Error(codeInvalidVariable, value.Span, wrong)
			} else if op.Family == condition.Bool {
				d.Warn(codeVariableNotSupported, value.Span, "AWS's pages disagree on policy variables with `Bool`; here they are filled in") // S-073
			}
		case hasVariable:
			d.Warn(codeVariableNotSupported, value.Span, "`"+op.Name+"` takes no policy variables; this text matches nothing")
		default:
			if wrong := op.ValueProblem(value.Value); wrong != "" {
				d.Warn(codeUnreadableValue, value.Span, wrong).Fixes = readable(op, value)
			}
		}
	}
	if op.Family == condition.Bool && len(values) > 1 {
		d.Warn(codeSeveralBooleans, m.Value.Span, "`Bool` takes one value; with several any one may match") // S-138, U-24
	}
}
