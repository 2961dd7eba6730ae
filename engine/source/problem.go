package source

import (
	"slices"

	"fenceline/engine/order"
)

// Severity ranks a problem.
type Severity uint8

const (
	// Error: AWS would refuse the text, or it can't be read; it is not evaluated.
	Error Severity = iota
	// Warning: legal and evaluated, but probably not what was meant.
	Warning
	// Note: worth knowing.
	Note
)

var severityNames = [...]string{"error", "warning", "note"}

// String is "error", "warning" or "note".
func (s Severity) String() string { return severityNames[s] }

// MarshalText writes String.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Problem is a defect of a text. Code is stable; Message says what is wrong
// and what to write instead.
type Problem struct {
	Code     string
	Severity Severity
	Message  string
	Span     Span
	// Fixes are mechanical ways to be rid of it, the likeliest first.
	Fixes []Fix
}

// maxProblems is after how many problems of one severity a text is not
// reported on further.
const maxProblems = 100

// Report collects problems. A text that has more of a severity than anyone
// reads gets the first of them and a last one that says so. The zero value is
// empty.
type Report struct {
	Problems []Problem
	counts   [len(severityNames)]int
	unlisted Problem // takes the fixes of what is not reported
}

// Error adds an Error and answers it, to be given its fixes at once.
func (r *Report) Error(code string, span Span, message string) *Problem {
	return r.Add(Problem{Code: code, Message: message, Span: span})
}

// Warn adds a Warning and answers it, to be given its fixes at once.
func (r *Report) Warn(code string, span Span, message string) *Problem {
	return r.Add(Problem{Code: code, Severity: Warning, Message: message, Span: span})
}

// Add adds a problem and answers it.
func (r *Report) Add(p Problem) *Problem {
	r.counts[p.Severity]++
	count := r.counts[p.Severity]
	if count == maxProblems+1 {
		r.Problems = append(r.Problems, Problem{
			Code: TooManyProblems, Severity: p.Severity, Span: p.Span,
			Message: "there are more problems from here on; mend those before first",
		})
	}
	if count > maxProblems {
		r.unlisted = Problem{}
		return &r.unlisted
	}
	r.Problems = append(r.Problems, p)
	return &r.Problems[len(r.Problems)-1]
}

// SortProblems orders by place, then by severity and code, and drops repeats.
func SortProblems(list []Problem) []Problem {
	order.By(list, func(a, b Problem) int {
		switch {
		case a.Span.Start != b.Span.Start:
			return a.Span.Start - b.Span.Start
		case a.Severity != b.Severity:
			return int(a.Severity) - int(b.Severity)
		case a.Code < b.Code:
			return -1
		case a.Code > b.Code:
			return 1
		}
		return 0
	})
	return slices.CompactFunc(list, func(a, b Problem) bool {
		return a.Code == b.Code && a.Severity == b.Severity && a.Message == b.Message && a.Span == b.Span
	})
}

// HasErrors says whether any problem is an Error.
func HasErrors(list []Problem) bool {
	return slices.ContainsFunc(list, func(p Problem) bool { return p.Severity == Error })
}
