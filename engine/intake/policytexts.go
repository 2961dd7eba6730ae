package intake

import (
	"strconv"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

func itoa(n int) string { return strconv.Itoa(n) }

// policyFact is a policy's document with where it stands.
type policyFact struct {
	name, arn, version string
	text               string
	at                 Place
}

// policyTexts are the managed policies that were read.
type policyTexts struct {
	managed  map[string]*policyFact // by ARN
	versions map[string]string      // the version in force, by ARN, as get-policy says it
	loose    []looseVersion
	count    int
}

// looseVersion is what get-policy-version printed: it may be of a version that
// is not in force, which another output tells.
type looseVersion struct {
	arn, version string
	inForce      bool
	fact         *policyFact
}

func (p *policyTexts) init() {
	p.managed, p.versions = map[string]*policyFact{}, map[string]string{}
}

// policyText reads a document: an object, or a text that holds one, percent-
// encoded or not. What is no JSON stays as it is, so that its problems are
// told where it is looked at.
func (r *AccountReader) policyText(n *source.Node, at Place) *policyFact {
	r.policyTexts.count++
	if r.policyTexts.count > maxDocuments {
		r.onceUnused("documents", at, "more policies than are read; those from here on are missing")
		n = nil
	}
	return &policyFact{text: r.documentText(n), at: at}
}

func (r *AccountReader) documentText(n *source.Node) string {
	switch {
	case n == nil || n.Kind == source.Null:
		return scenario.Missing
	case n.Kind != source.String:
		return r.keep(print(n))
	}
	text := strings.TrimSpace(n.Text)
	if strings.HasPrefix(strings.ToUpper(text[:min(3, len(text))]), "%7B") {
		if decoded, ok := percentDecode(text); ok {
			text = decoded
		}
	}
	root, problems := source.Parse(source.NewFile("", text), MaxBytes)
	switch {
	case root == nil || source.HasErrors(problems):
		return r.keep(text)
	case root.Kind == source.Null || text == "":
		return scenario.Missing
	}
	return r.keep(print(root))
}

// isPolicyARN says whether a text is the ARN of a managed policy.
func isPolicyARN(text string) bool {
	a, ok := arn.Parse(text)
	return ok && a.Service == "iam" && strings.HasPrefix(a.Resource, "policy/")
}

// policyDetail reads an element of Policies in get-account-authorization-details.
func (r *AccountReader) policyDetail(n *source.Node, at Place) {
	text := str(n, "Arn")
	if !isPolicyARN(text) {
		r.unusedAt(at, "`"+source.Clip(text)+"` is not the ARN of a managed policy; it is not read")
		return
	}
	r.strange(n, at)
	var inForce *source.Node
	for _, version := range items(n.Get("PolicyVersionList")) {
		if str(version, "IsDefaultVersion") == "true" || str(version, "VersionId") == str(n, "DefaultVersionId") {
			inForce = version
		}
	}
	if inForce == nil {
		r.unusedAt(at, "`"+source.Clip(text)+"` has no version that is in force here; its document is missing")
	}
	document := inForce.Get("Document")
	p := r.policyText(document, r.within(at, document))
	p.arn, p.version = r.keep(text), r.keep(str(inForce, "VersionId"))
	r.addManaged(p)
}

// addManaged files a managed policy; of two that differ the later counts.
func (r *AccountReader) addManaged(p *policyFact) {
	if before := r.managed[p.arn]; before != nil && before.text != p.text && before.text != scenario.Missing {
		if p.text == scenario.Missing {
			return
		}
		r.unusedAt(before.at, "`"+source.Clip(p.arn)+"` is another policy at "+p.at.String()+", which counts")
	}
	r.managed[p.arn] = p
}

// settleVersions files what get-policy-version printed, where it is the version
// in force.
func (r *AccountReader) settleVersions() {
	for _, v := range r.loose {
		inForce, known := r.versions[v.arn]
		switch {
		case r.managed[v.arn] != nil && !v.inForce && !known:
		case known && inForce != v.version, !known && !v.inForce:
			r.unusedAt(v.fact.at, "version `"+source.Clip(v.version)+"` of `"+source.Clip(v.arn)+"` is not the one in force, or nothing says that it is; run `aws iam get-policy --policy-arn "+v.arn+"`")
		default:
			v.fact.arn, v.fact.version = v.arn, v.version
			r.addManaged(v.fact)
		}
	}
}
