package change

import (
	"slices"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// maxTrials bounds how many edited scenarios are tried for one request, and
// maxEffort all there is to do, in bytes of text to read: small scenarios never
// come near it, and of the largest only the first things are tried. What lies
// beyond is not found.
const (
	maxTrials = 160
	maxEffort = 32 << 20
)

// What other things cost, as so many bytes to read: deciding a request, one of
// which something is unknown, and finding all outcomes of a condition.
const (
	costOfRequest  = 1 << 10
	costOfUnknown  = 200 << 10
	costOfOutcomes = 1 << 20
)

func newFinder(s *scenario.Scenario, i int, options iam.Options, now *scenario.Inspection) *finder {
	f := &finder{scenario: s, index: i, options: options, now: now, effort: maxEffort}
	f.deciding = costOfRequest
	for _, text := range s.Texts() {
		f.deciding += len(text.File.Text) / 8 // compiled policies are faster than their texts
	}
	f.deciding *= 1 + s.CallsBefore(i)
	if now.Request.ResourceUnknown || slices.ContainsFunc(now.Request.Context, func(k iam.Key) bool { return k.Origin == iam.NotKnown }) {
		f.deciding += costOfUnknown
	}
	return f
}

// spend says whether there is so much effort left, and takes it.
func (f *finder) spend(cost int) bool {
	if cost > f.effort {
		f.effort = 0
		return false
	}
	f.effort -= cost
	return true
}

// spendTrial is spend for one edited scenario.
func (f *finder) spendTrial(edits []scenario.TextEdit) bool {
	cost := f.deciding + len(f.scenario.File().Text)
	for i := range edits {
		if edits[i].Policy != "" {
			cost += len(f.scenario.PolicyFile(edits[i].Policy).Text)
		}
	}
	f.trials++
	return f.trials <= maxTrials && f.spend(cost)
}
