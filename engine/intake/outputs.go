package intake

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/source"
)

// output is one command's output, told by a member that it has.
type output struct {
	member string
	// is says whether a value under that name is this output's; nil means any.
	is   func(n *source.Node) bool
	name string
	read func(r *AccountReader, root *source.Node, at Place)
	// also are further members that belong to it.
	also []string
}

// outputs are all that are read, those that can be told with more certainty
// first.
var outputs []output

func init() {
	object := func(n *source.Node) bool { return n.Kind == source.Object }
	lists := []string{"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"}
	outputs = []output{
		{"UserDetailList", nil, "get-account-authorization-details", (*AccountReader).details, lists},
		{"RoleDetailList", nil, "get-account-authorization-details", (*AccountReader).details, lists},
		{"GroupDetailList", nil, "get-account-authorization-details", (*AccountReader).details, lists},
		{"PolicyDocument", nil, "get-…-policy", (*AccountReader).inlinePolicy, []string{"PolicyName", "UserName", "GroupName", "RoleName"}},
		{"PolicyVersion", object, "get-policy-version", (*AccountReader).policyVersion, nil},
		{"Policy", func(n *source.Node) bool { return n.Get("PolicySummary") != nil }, "describe-policy", (*AccountReader).describePolicy, nil},
		{"Policy", object, "get-policy", (*AccountReader).policySummary, nil},
		{"Policy", isString, "a resource's policy", (*AccountReader).resourcePolicy, []string{"PolicyName", "RevisionId"}},
		{"ResourcePolicy", isString, "get-resource-policy", (*AccountReader).secretPolicy, []string{"ARN", "Name"}},
		{"Attributes", object, "get-…-attributes", (*AccountReader).attributes, nil},
		{"VpcEndpoints", nil, "describe-vpc-endpoints", (*AccountReader).vpcEndpoints, nil},
		{"Group", object, "get-group", (*AccountReader).group, []string{"Users"}},
		{"User", object, "get-user", identityOutput("user", "User"), nil},
		{"Role", object, "get-role", identityOutput("role", "Role"), nil},
		{"Users", nil, "list-users", listOutput("user", "Users"), nil},
		{"Roles", nil, "list-roles", listOutput("role", "Roles"), nil},
		{"Groups", nil, "list-groups", (*AccountReader).groups, nil},
		{"AttachedPolicies", nil, "list-attached-…-policies", (*AccountReader).attachedPolicies, nil},
		{"PolicyNames", nil, "list-…-policies", (*AccountReader).policyNames, nil},
		{"Tags", nil, "list-…-tags", (*AccountReader).tagList, nil},
		{"Organization", object, "describe-organization", (*AccountReader).describeOrganization, nil},
		{"Roots", nil, "list-roots", (*AccountReader).roots, nil},
		{"OrganizationalUnits", nil, "list-organizational-units-for-parent", (*AccountReader).unitsForParent, nil},
		{"OrganizationalUnit", object, "describe-organizational-unit", (*AccountReader).unit, nil},
		{"Accounts", nil, "list-accounts", (*AccountReader).accounts, nil},
		{"Account", object, "describe-account", (*AccountReader).describeAccount, nil},
		{"Parents", nil, "list-parents", (*AccountReader).parents, nil},
		{"Children", nil, "list-children", (*AccountReader).children, nil},
		{"Targets", nil, "list-targets-for-policy", (*AccountReader).targets, nil},
		{"Policies", nil, "list-policies", (*AccountReader).policyList, nil},
	}
}

func outputOf(root *source.Node) *output {
	for i := range outputs {
		o := &outputs[i]
		if n := root.Get(o.member); n != nil && (o.is == nil || o.is(n)) {
			return o
		}
	}
	return nil
}

func outputName(root *source.Node) string {
	if o := outputOf(root); o != nil {
		return o.name
	}
	return ""
}

// paging are members that outputs have beside what they hold.
var paging = []string{"IsTruncated", "Marker", "NextToken", "ResponseMetadata"}

// output reads an object at the top of a text. People put several outputs into
// one object; each is read, and what is left is listed.
func (r *AccountReader) output(root *source.Node, at Place) {
	if str(root, "Arn") != "" && str(root, "UserId")+str(root, "GroupId")+str(root, "RoleId") != "" {
		r.noOutput(root, at)
		return
	}
	used := slices.Clone(paging)
	for i := range outputs {
		o := &outputs[i]
		if n := root.Get(o.member); n != nil && (o.is == nil || o.is(n)) && !slices.Contains(used, o.member) {
			o.read(r, root, at)
			used = append(append(used, o.member), o.also...)
		}
	}
	if len(used) == len(paging) {
		r.noOutput(root, at)
		return
	}
	for i := range root.Members {
		if m := &root.Members[i]; !slices.Contains(used, m.Key) {
			r.unusedAt(r.place(m.KeySpan.Start), "`"+source.Clip(m.Key)+"` is not known here; it is not used")
		}
	}
}

// noOutput reads an object that has no member by which an output is told: an
// element that a query took out of one, if anything.
func (r *AccountReader) noOutput(root *source.Node, at Place) {
	switch {
	case str(root, "UserId") != "" && str(root, "Arn") != "":
		r.detailAlone("user", root, at)
	case str(root, "RoleId") != "" && str(root, "Arn") != "":
		r.detailAlone("role", root, at)
	case str(root, "GroupId") != "" && str(root, "Arn") != "":
		r.detailAlone("group", root, at)
	case root.Get("PolicyVersionList") != nil:
		r.policyDetail(root, at)
	case isDocument(root):
		r.unusedAt(at, "a policy alone does not say whose it is; give the output of the command that printed it")
	case isScenario(root):
		r.unusedAt(at, "a scenario is no account; open it in the playground")
	case len(root.Members) == 0:
		r.unusedAt(at, "an empty object")
	default:
		r.unusedAt(at, "the output with `"+strings.Join(memberNames(root), "`, `")+"` is not read here")
	}
}

func memberNames(n *source.Node) []string {
	var names []string
	for i := range n.Members {
		if i == 3 {
			return append(names, "…")
		}
		names = append(names, source.Clip(n.Members[i].Key))
	}
	return names
}

// detailAlone reads an identity that a query took out of an output.
func (r *AccountReader) detailAlone(kind string, root *source.Node, at Place) {
	if root.Get("AttachedManagedPolicies") != nil {
		r.detail(kind, root, at)
		return
	}
	r.description(kind, root, at, root.Get("PermissionsBoundary") != nil || root.Get("Tags") != nil)
}

// details is the end of get-account-authorization-details, whose elements were
// read already.
func (r *AccountReader) details(root *source.Node, at Place) {
	for _, n := range items(root.Get("Policies")) {
		r.unusedAt(r.place(n.Span.Start), "the policy `"+source.Clip(str(n, "Arn"))+"` has no `PolicyVersionList` and so no document")
	}
}

// description reads what get-user and its like print.
func (r *AccountReader) description(kind string, n *source.Node, at Place, whole bool) *entity {
	e := r.identity(kind, str(n, "Arn"), at)
	if e == nil {
		return nil
	}
	if e.known&knowsAll == knowsAll { // the details said it all
		return e
	}
	r.describe(e, n, at)
	if whole {
		e.known |= knowsBoundary
	}
	r.strange(n, at)
	return e
}

func identityOutput(kind, member string) func(*AccountReader, *source.Node, Place) {
	return func(r *AccountReader, root *source.Node, at Place) { r.description(kind, root.Get(member), at, true) }
}

// listOutput reads list-users and list-roles, which leave tags and boundaries
// out.
func listOutput(kind, member string) func(*AccountReader, *source.Node, Place) {
	return func(r *AccountReader, root *source.Node, _ Place) {
		for _, n := range items(root.Get(member)) {
			r.description(kind, n, r.place(n.Span.Start), false)
		}
	}
}

// group reads get-group: the group and who is in it.
func (r *AccountReader) group(root *source.Node, at Place) {
	group := r.description("group", root.Get("Group"), at, true)
	for _, n := range items(root.Get("Users")) {
		user := r.description("user", n, r.place(n.Span.Start), false)
		if user != nil && group != nil && !slices.Contains(user.groups, group.name) {
			user.groups = append(user.groups, group.name)
		}
	}
}

// groups reads list-groups, or list-groups-for-user where that is told.
func (r *AccountReader) groups(root *source.Node, at Place) {
	var names []string
	for _, n := range items(root.Get("Groups")) {
		if e := r.description("group", n, r.place(n.Span.Start), true); e != nil {
			names = append(names, e.name)
		}
	}
	if user := r.origin().about("user-name", "list-groups-for-user"); user != "" {
		r.afterwards(at, "user", user, func(e *entity) {
			e.groups, e.known = names, e.known|knowsGroups
		})
	}
}

// afterwards notes what is to be said of an identity that an output names
// without its account.
func (r *AccountReader) afterwards(at Place, kind, name string, apply func(*entity)) {
	r.identities.pending = append(r.identities.pending, later{kind, r.keep(name), at, apply})
}

// settleIdentities says what was noted for afterwards.
func (r *AccountReader) settleIdentities() {
	for _, l := range r.identities.pending {
		switch found := r.identities.named[l.kind+"/"+l.name]; {
		case len(found) == 0:
			r.unusedAt(l.at, "this is of the "+l.kind+" `"+source.Clip(l.name)+"`, whose account is not told; give the output of `aws iam get-"+l.kind+" --"+l.kind+"-name "+l.name+"` as well")
		case len(found) > 1:
			r.unusedAt(l.at, "this is of a "+l.kind+" `"+source.Clip(l.name)+"`, and more than one account has one")
		case found[0].known&knowsAll == knowsAll:
		default:
			l.apply(found[0])
		}
	}
}

// inlinePolicy reads get-user-policy and its like.
func (r *AccountReader) inlinePolicy(root *source.Node, at Place) {
	p := r.policyText(root.Get("PolicyDocument"), at)
	name := r.keep(str(root, "PolicyName"))
	for _, kind := range []string{"user", "group", "role"} {
		if owner := str(root, strings.ToUpper(kind[:1])+kind[1:]+"Name"); owner != "" && name != "" {
			r.afterwards(at, kind, owner, func(e *entity) { r.addInline(e, name, p) })
			return
		}
	}
	r.unusedAt(at, "the policy does not say whose it is")
}

// owner finds whom a list of policies is of, which only the command tells.
func (r *AccountReader) owner(at Place, before, after string) (kind, name string) {
	for _, kind := range []string{"user", "group", "role"} {
		if name := r.origin().about(kind+"-name", before+kind+after); name != "" {
			return kind, name
		}
	}
	command := before + "user" + after
	r.unusedAt(at, "this output does not say whose policies it lists; write the command's line before it, or call the file `"+command+"-NAME.json`")
	return "", ""
}

func (r *AccountReader) attachedPolicies(root *source.Node, at Place) {
	kind, name := r.owner(at, "list-attached-", "-policies")
	if name == "" {
		return
	}
	arns := r.attachedOf(root.Get("AttachedPolicies"))
	r.afterwards(at, kind, name, func(e *entity) { e.attached, e.known = arns, e.known|knowsAttached })
}

// policyNames reads the names of all inline policies of an identity: those
// whose documents are not given are missing.
func (r *AccountReader) policyNames(root *source.Node, at Place) {
	kind, name := r.owner(at, "list-", "-policies")
	if name == "" {
		return
	}
	var names []string
	for _, n := range items(root.Get("PolicyNames")) {
		names = append(names, r.keep(n.Text))
	}
	r.afterwards(at, kind, name, func(e *entity) {
		e.known |= knowsInline
		for _, name := range names {
			if !slices.ContainsFunc(e.inline, func(p *policyFact) bool { return p.name == name }) {
				r.addInline(e, name, &policyFact{text: r.documentText(nil), at: at})
			}
		}
	})
}

func (r *AccountReader) tagList(root *source.Node, at Place) {
	for _, kind := range []string{"user", "role"} {
		if name := r.origin().about(kind+"-name", "list-"+kind+"-tags"); name != "" {
			tags := r.tagsOf(root.Get("Tags"), at)
			r.afterwards(at, kind, name, func(e *entity) { e.tags = tags })
			return
		}
	}
	r.unusedAt(at, "these tags don't say whose they are; write the command's line before them")
}

// policyVersion reads get-policy-version, which does not name the policy.
func (r *AccountReader) policyVersion(root *source.Node, at Place) {
	n := root.Get("PolicyVersion")
	text := r.origin().about("policy-arn", "get-policy-version")
	if !isPolicyARN(text) {
		r.unusedAt(at, "`get-policy-version` does not print which policy this is; write the command's line, with `--policy-arn`, before it")
		return
	}
	r.loose = append(r.loose, looseVersion{
		r.keep(text), r.keep(str(n, "VersionId")), str(n, "IsDefaultVersion") == "true", r.policyText(n.Get("Document"), at),
	})
}

// policySummary reads get-policy, which has no document but says which version
// is in force.
func (r *AccountReader) policySummary(root *source.Node, at Place) {
	n := root.Get("Policy")
	text, version := str(n, "Arn"), str(n, "DefaultVersionId")
	if !isPolicyARN(text) || version == "" {
		r.unusedAt(at, "`Policy` is neither a managed policy nor one of AWS Organizations")
		return
	}
	r.versions[r.keep(text)] = r.keep(version)
}

// policyList reads list-policies of AWS IAM or of AWS Organizations, or
// list-policies-for-target.
func (r *AccountReader) policyList(root *source.Node, at Place) {
	list := items(root.Get("Policies"))
	switch {
	case len(list) > 0 && isPolicyARN(str(list[0], "Arn")):
		for _, n := range list {
			if text := str(n, "Arn"); isPolicyARN(text) {
				r.versions[r.keep(text)] = r.keep(str(n, "DefaultVersionId"))
			}
		}
	default:
		r.organizationPolicies(list, at)
	}
}

// accountIn is the account of an ARN.
func accountIn(text string) string {
	a, _ := arn.Parse(text)
	return a.Account
}
