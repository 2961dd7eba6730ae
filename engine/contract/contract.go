// Package contract puts the engine's own checks and the published JSON Schemas
// together, for programs that people use. The engine's decoding is complete by
// itself; where both find fault with the same place, its message stands alone.
package contract

import (
	"fenceline/engine"
	"fenceline/engine/catalogue"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/policy"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
	"fenceline/schemas"
)

// maxRemembered bounds the texts whose checks a Checker keeps.
const maxRemembered = 64

// Checker checks texts and remembers what it found in the last ones, as most
// texts of a scenario stay the same while one is edited. It is not safe for
// concurrent use; the zero value is ready.
type Checker struct {
	// Catalogue, if there is one, is where actions and keys are looked up.
	Catalogue *catalogue.Catalogue

	remembered map[checked][]source.Problem
}

type checked struct{ schema, text string }

// Decode reads a scenario and checks it both ways.
func (c *Checker) Decode(file *source.File, texts []scenario.NamedText, without ...string) *scenario.Scenario {
	s := scenario.Decode(file, texts, without...)
	for _, text := range s.Texts() {
		if text.Policy == "" {
			s.Add(text, c.check("scenario", text.File, scenario.MaxBytes))
		}
		for _, layer := range text.Layers {
			s.Add(text, c.check(layer.String(), text.File, policy.MaxBytes))
		}
	}
	s.Consult(c.Catalogue)
	return s
}

// Evaluate is engine.Evaluate with both checks.
func (c *Checker) Evaluate(in engine.Input) engine.Result {
	return c.Decode(source.NewFile("scenario", in.Scenario), in.Policies, in.Without...).Run(in.Options, in.Trace)
}

// Validate checks a policy as one of a kind, both ways.
func (c *Checker) Validate(file *source.File, layer iam.Layer, options iam.Options) []source.Problem {
	problems := lint.Decode(file, layer, options, c.Catalogue)
	more := scenario.New(problems, c.check(layer.String(), file, policy.MaxBytes))
	return source.SortProblems(append(problems, more...))
}

// check validates a text against a schema; one that is no JSON has been
// refused already.
func (c *Checker) check(schema string, file *source.File, limit int) []source.Problem {
	key := checked{schema, file.Text}
	if found, ok := c.remembered[key]; ok {
		return found
	}
	var found []source.Problem
	if root, problems := source.Parse(file, limit); root != nil && !source.HasErrors(problems) {
		found = schemas.Check(schema, root)
	}
	if c.remembered == nil || len(c.remembered) >= maxRemembered {
		c.remembered = map[checked][]source.Problem{}
	}
	c.remembered[key] = found
	return found
}
