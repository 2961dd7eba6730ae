package intake

import (
	"net/netip"
	"strings"

	"fenceline/engine/source"
)

// readEvents reads CloudTrail events: one, a file's records, what
// `lookup-events` prints, and what EventBridge delivers.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html
func (r *reader) readEvents(n *source.Node) bool {
	switch {
	case isEvent(n):
		return r.takeEvent(n)
	case isEvent(n.Get("detail")):
		return r.takeEvent(n.Get("detail"))
	}
	list := n
	for _, member := range []string{"Records", "Events"} {
		if inner := n.Get(member); inner != nil {
			list = inner
		}
	}
	found := false
	for _, item := range list.Items {
		found = r.readListed(item) || found
	}
	return found
}

// readListed reads an entry of a list of events.
func (r *reader) readListed(n *source.Node) bool {
	if text := n.Get("CloudTrailEvent"); isString(text) {
		inner, problems := source.Parse(source.NewFile("event", text.Text), MaxBytes)
		if inner == nil || source.HasErrors(problems) {
			return false
		}
		n = inner
	}
	if isEvent(n.Get("detail")) {
		n = n.Get("detail")
	}
	return isEvent(n) && r.takeEvent(n)
}

// takeEvent adds an event's request; some events are no requests.
func (r *reader) takeEvent(n *source.Node) bool {
	if str(n, "eventType") == "AwsServiceEvent" {
		r.note("`" + str(n, "eventName") + "` is an event of AWS's own, no request that policies decide.")
		return true
	}
	r.ask(readEvent(n))
	return true
}

func isEvent(n *source.Node) bool {
	return isString(n.Get("eventSource")) && isString(n.Get("eventName")) && n.Get("userIdentity") != nil
}

// event is a CloudTrail event on its way to a request.
type event struct {
	node *source.Node
	Asked
	service, operation, region, account, partition string
}

func readEvent(n *source.Node) Asked {
	e := &event{node: n, region: str(n, "awsRegion"), account: str(n, "userIdentity", "accountId")}
	e.Request.Context = map[string]any{}
	e.caller(n.Get("userIdentity"))
	e.partition = partitionOf(e.Request.Principal)
	e.action()
	e.resource()
	e.context()
	e.outcome()
	e.finish()
	return e.Asked
}

// caller reads userIdentity.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
func (e *event) caller(who *source.Node) {
	kind, name := str(who, "type"), str(who, "arn")
	issuer := who.Get("sessionContext").Get("sessionIssuer")
	switch kind {
	case "AssumedRole", "Role":
		e.Request.Principal, e.Identity = name, identityOf(name)
		if role := str(issuer, "arn"); role != "" {
			e.Identity = role
		}
	case "FederatedUser":
		e.Request.Principal = name
		if user := str(issuer, "userName"); user != "" && str(issuer, "type") == "IAMUser" {
			e.Request.Session, e.Identity = &Session{User: user}, str(issuer, "arn")
		}
	case "AWSService":
		e.Request.Principal = str(who, "invokedBy")
	case "WebIdentityUser", "SAMLUser":
		e.provider(who)
	case "AWSAccount":
		e.otherAccount(who)
	case "Root":
		e.Request.Principal = name
		if e.account != "" && !strings.HasSuffix(name, ":root") {
			e.Request.Principal = "arn:aws:iam::" + e.account + ":root"
		}
	default:
		e.Request.Principal, e.Identity = name, identityOf(name)
	}
	if e.Request.Principal == "" {
		e.note("The event does not name its caller (type `" + kind + "`); write the principal's ARN.")
	}
}

// provider is a caller of AssumeRoleWith…, whom an identity provider vouches for.
func (e *event) provider(who *source.Node) {
	e.Request.Principal = str(who, "identityProvider")
	if name := str(e.node, "requestParameters", "principalArn"); name != "" {
		e.Request.Principal = name
	}
}

// otherAccount is a caller from another account, of whom the event shows no ARN.
func (e *event) otherAccount(who *source.Node) {
	if id := strings.ToLower(str(who, "principalId") + str(who, "accountId")); id == "" || strings.Contains(id, "anonymous") {
		e.Request.Principal = "anonymous"
		return
	}
	e.note("The caller belongs to account " + str(who, "accountId") + ", whose name for it (`" + str(who, "principalId") + "`) says nothing here; write the ARN of the user or session.")
}

// context takes the condition keys that the event settles.
func (e *event) context() {
	n := e.node
	e.key("aws:CurrentTime", str(n, "eventTime"))
	e.key("aws:RequestedRegion", e.region)
	e.key("aws:UserAgent", str(n, "userAgent"))
	e.address(str(n, "sourceIPAddress"), str(n, "vpcEndpointId"))
	session := n.Get("userIdentity").Get("sessionContext")
	e.key("aws:MultiFactorAuthPresent", str(session, "attributes", "mfaAuthenticated"))
	e.key("aws:TokenIssueTime", str(session, "attributes", "creationDate"))
	e.key("aws:SourceIdentity", str(session, "sourceIdentity"))
	e.key("ec2:RoleDelivery", str(session, "ec2RoleDelivery"))
	if n.Get("tlsDetails").Get("tlsVersion") != nil {
		e.key("aws:SecureTransport", "true")
	}
	e.invoker()
	if e.service == "sts" {
		e.key("sts:ExternalId", str(n, "requestParameters", "externalId"))
		e.key("sts:RoleSessionName", str(n, "requestParameters", "roleSessionName"))
		e.key("sts:SourceIdentity", str(n, "requestParameters", "sourceIdentity"))
	}
	if e.Request.Action == "s3:ListBucket" {
		e.key("s3:prefix", str(n, "requestParameters", "prefix"))
	}
}

func (e *event) key(name, value string) {
	if value != "" {
		e.Request.Context[name] = value
	}
}

// address takes where the request came from: through a VPC endpoint the
// address is that of the caller in its network, and aws:SourceIp is absent.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip
func (e *event) address(address, endpoint string) {
	e.key("aws:SourceVpce", endpoint)
	if _, err := netip.ParseAddr(address); err != nil {
		return
	}
	if endpoint != "" {
		e.key("aws:VpcSourceIp", address)
		e.note("The call came through a VPC endpoint, so it has no `aws:SourceIp`; the event does not name the VPC (`aws:SourceVpc`).")
		return
	}
	e.key("aws:SourceIp", address)
}

// invoker takes what is known of a service that made the call for the caller.
func (e *event) invoker() {
	by := str(e.node, "userIdentity", "invokedBy")
	if by == "" || str(e.node, "userIdentity", "type") == "AWSService" {
		return
	}
	if !strings.HasSuffix(by, ".amazonaws.com") {
		e.note("A service of AWS made the call for the caller (`invokedBy` is `" + by + "`), which one is not said.")
		return
	}
	e.key("aws:ViaAWSService", "true")
	e.Request.Unknown = addOnce(e.Request.Unknown, "aws:CalledVia")
	e.note("`" + by + "` made the call for the caller. The event does not show the whole chain, so `aws:CalledVia` is unknown.")
}

// denialCodes are the error codes with which services refuse.
var denialCodes = []string{
	"AccessDenied", "AccessDeniedException", "Client.UnauthorizedOperation", "UnauthorizedOperation", "UnauthorizedAccess",
	"AuthorizationError", "AuthorizationErrorException", "NotAuthorized", "NotAuthorizedException", "AuthFailure", "Client.AuthFailure",
}

// outcome reads how the call ended.
func (e *event) outcome() {
	code := str(e.node, "errorCode")
	switch {
	case code == "" || code == "Client.DryRunOperation" || code == "DryRunOperation":
		e.Request.Expect = &Expect{Decision: "allowed"}
	case contains(denialCodes, code):
		e.denied(str(e.node, "errorMessage"))
	default:
		e.note("The call failed with `" + code + "`, which does not say whether it was authorised.")
	}
}

// denied reads the message of a refusal, which may name resource and layer.
func (e *event) denied(message string) {
	message = flatten(message)
	at := strings.Index(message, notAuthorized)
	if at < 0 {
		e.expectDenied(false)
		return
	}
	d := denial{principal: e.Request.Principal}
	d.read(message[at+len(notAuthorized):])
	e.Layer, e.Explicit, e.Policy = d.layer, d.explicit, d.policy
	if isAction(d.action) {
		e.Request.Action = d.action
	}
	if strings.HasPrefix(d.resource, "arn:") || d.resource == "*" {
		said := Asked{}
		d.setResource(&said)
		e.Request.Resource, e.Request.Unknown = said.Request.Resource, without(e.Request.Unknown, "resource")
		e.Notes = without(e.Notes, noResource)
	}
	e.expectDenied(d.reason)
}

func without(list []string, text string) []string {
	var rest []string
	for _, item := range list {
		if item != text {
			rest = append(rest, item)
		}
	}
	return rest
}

// action names the permission that the operation needs.
func (e *event) action() {
	e.service = servicePrefix(str(e.node, "eventSource"))
	e.operation = operation(e.service, str(e.node, "eventName"))
	name := permission(e.service, e.operation, e.node.Get("requestParameters"))
	e.Request.Action = e.service + ":" + name
	if note := unsettled(e.service, e.operation); note != "" {
		e.note(note)
	}
	if strings.Contains(e.service, ".") {
		e.note("The service prefix of actions of `" + str(e.node, "eventSource") + "` is not known here; correct the action.")
	}
}
