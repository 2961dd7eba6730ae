package words

import "strings"

const keysPage = guide + "reference_policies_condition-keys.html"

// keyPage is AWS's page of a global key, at its place.
func keyPage(name string) string {
	prefix, rest, _ := strings.Cut(name, ":")
	if prefix != "aws" {
		return iamKeysPage
	}
	return keysPage + "#condition-keys-" + strings.ToLower(strings.TrimSuffix(rest, "/"))
}

// keyMeaning is what a key holds and which requests have it.
type keyMeaning struct {
	text, when string
	rules      []string
}

// keyTexts are the meanings of the global keys, by AWS's spelling.
var keyTexts = map[string]keyMeaning{
	"aws:PrincipalArn":                 {"The ARN of the caller; of the role, for its sessions.", "signed requests, but not those of services", nil},
	"aws:PrincipalAccount":             {"The account of the caller.", "", nil},
	"aws:PrincipalOrgID":               {"The organization of the caller's account.", "the account is in an organization", nil},
	"aws:PrincipalOrgPaths":            {"The place of the caller's account in its organization, as o-…/r-…/ou-…/.", "the account is in an organization", []string{"S-296"}},
	"aws:PrincipalTag/":                {"A tag of the caller: of the user, the role or the session.", "the caller has the tag", []string{"S-294"}},
	"aws:PrincipalIsAWSService":        {"Whether an AWS service calls by itself.", "signed requests", []string{"S-236"}},
	"aws:PrincipalServiceName":         {"The service that calls by itself.", "a service calls by itself", []string{"S-236"}},
	"aws:PrincipalServiceNamesList":    {"All names of the service that calls by itself.", "a service calls by itself", []string{"S-236"}},
	"aws:PrincipalType":                {"What the caller is: Account, User, AssumedRole, FederatedUser or Anonymous.", "", nil},
	"aws:userid":                       {"The unique id of the caller; with the session's name for role sessions.", "", nil},
	"aws:username":                     {"The name of the IAM user.", "the caller is an IAM user", nil},
	"aws:AssumedRoot":                  {"Whether the session was made by AssumeRoot.", "sessions of AssumeRoot", nil},
	"aws:FederatedProvider":            {"The identity provider that the caller signed in with.", "sessions of SAML or web identities", nil},
	"aws:TokenIssueTime":               {"When the temporary credentials were issued.", "temporary credentials", nil},
	"aws:SignInSessionArn":             {"The sign-in session of the console or command line.", "credentials that a sign-in gave", nil},
	"aws:MultiFactorAuthPresent":       {"Whether the credentials were made with MFA.", "temporary credentials; long-term keys lack it", []string{"S-276", "S-277"}},
	"aws:MultiFactorAuthAge":           {"Seconds since the sign-in with MFA.", "credentials made with MFA", []string{"S-278"}},
	"aws:SourceIdentity":               {"The identity that was set when the first role was assumed.", "it was set then", nil},
	"aws:ChatbotSourceArn":             {"The chat configuration that the request comes from.", "sessions of Amazon Q in chat applications", nil},
	"aws:Ec2InstanceSourceVpc":         {"The VPC of the instance that was given the credentials.", "credentials of an EC2 instance", nil},
	"aws:Ec2InstanceSourcePrivateIPv4": {"The private address of the instance that was given the credentials.", "credentials of an EC2 instance", nil},
	"aws:ViaCustomerDomain":            {"The customer's domain through which access was delegated.", "temporary delegated access", nil},
	"aws:SourceIp":                     {"The caller's public address.", "requests that don't come through a VPC endpoint", nil},
	"aws:VpcSourceIp":                  {"The caller's address inside the VPC.", "requests through a VPC endpoint", nil},
	"aws:SourceVpc":                    {"The VPC that the request comes from.", "requests through a VPC endpoint", nil},
	"aws:SourceVpce":                   {"The VPC endpoint that the request comes through.", "requests through a VPC endpoint", []string{"S-220"}},
	"aws:SourceVpcArn":                 {"The ARN of the VPC that the request comes from.", "requests through a VPC endpoint, of services that support it", nil},
	"aws:VpceAccount":                  {"The account that owns the VPC endpoint.", "requests through a VPC endpoint, of services that support it", nil},
	"aws:VpceOrgID":                    {"The organization of the endpoint's owner.", "requests through a VPC endpoint, of services that support it", nil},
	"aws:VpceOrgPaths":                 {"The place of the endpoint's owner in its organization.", "requests through a VPC endpoint, of services that support it", []string{"S-296"}},
	"aws:ResourceAccount":              {"The account that owns the resource.", "most actions", nil},
	"aws:ResourceOrgID":                {"The organization of the resource's owner.", "the owner is in an organization", nil},
	"aws:ResourceOrgPaths":             {"The place of the resource's owner in its organization.", "the owner is in an organization", []string{"S-296"}},
	"aws:ResourceTag/":                 {"A tag of the resource.", "the resource has the tag and the action looks at it", []string{"S-294"}},
	"aws:CalledVia":                    {"The services through which the request came, in order.", "a service calls on somebody's behalf", nil},
	"aws:CalledViaFirst":               {"The first service of aws:CalledVia.", "a service calls on somebody's behalf", nil},
	"aws:CalledViaLast":                {"The last service of aws:CalledVia.", "a service calls on somebody's behalf", nil},
	"aws:ViaAWSService":                {"Whether a service calls on the caller's behalf.", "", nil},
	"aws:CalledViaAWSMCP":              {"The MCP server of AWS through which the request came.", "requests through such a server", nil},
	"aws:ViaAWSMCPService":             {"Whether the request came through an MCP server of AWS.", "requests through such a server", nil},
	"aws:IsMcpServiceAction":           {"Whether the action is one of an MCP server of AWS.", "requests to such a server", nil},
	"aws:CurrentTime":                  {"The time of the request.", "", nil},
	"aws:EpochTime":                    {"The time of the request, as a date or in seconds since 1970.", "", nil},
	"aws:referer":                      {"The address of the page that linked here, which anybody can forge.", "the browser sent one", nil},
	"aws:RequestedRegion":              {"The Region that was called; us-east-1 for global services.", "", nil},
	"aws:RequestTag/":                  {"A tag that the request sends.", "the request sends the tag", []string{"S-294"}},
	"aws:TagKeys":                      {"The keys of all tags that the request sends.", "the request sends tags", nil},
	"aws:SecureTransport":              {"Whether the request came over TLS.", "", nil},
	"aws:SourceAccount":                {"The account of the resource on whose behalf a service calls.", "a service calls by itself", []string{"S-236"}},
	"aws:SourceArn":                    {"The resource on whose behalf a service calls.", "a service calls by itself", []string{"S-236"}},
	"aws:SourceOrgID":                  {"The organization of the resource on whose behalf a service calls.", "a service calls by itself", []string{"S-236"}},
	"aws:SourceOrgPaths":               {"The place in its organization of the account on whose behalf a service calls.", "a service calls by itself", []string{"S-236"}},
	"aws:UserAgent":                    {"What the client calls itself, which anybody can forge.", "", nil},
	"sts:TransitiveTagKeys":            {"The keys of session tags that pass on to the next role.", "calls that set them", nil},
	"sts:IdentityTokenAudience":        {"The audiences for which a token is asked.", "calls for such a token", nil},
	"sts:RequestContextProviders":      {"The providers of context that the call passes on.", "calls that pass context on", nil},
}

const (
	iamKeysPage   = guide + "reference_policies_iam-condition-keys.html"
	authorization = "https://docs.aws.amazon.com/service-authorization/latest/reference/"
)

// serviceKeys are keys of single services that policies name most.
var serviceKeys = []Key{
	{Word: Word{"iam:PermissionsBoundary", "The boundary that the call sets, or that the user or role has.", nil, iamKeysPage}, Type: "arn", When: "IAM calls about users and roles"},
	{Word: Word{"iam:PassedToService", "The service that will use the role which is passed.", []string{"S-216"}, iamKeysPage}, Type: "text", When: "iam:PassRole"},
	{Word: Word{"iam:AssociatedResourceArn", "The resource by which the role that is passed will be used.", []string{"S-217"}, iamKeysPage}, Type: "arn", When: "iam:PassRole"},
	{Word: Word{"iam:PolicyARN", "The managed policy that is attached or detached.", nil, iamKeysPage}, Type: "arn", When: "calls that attach or detach a policy"},
	{Word: Word{"iam:ResourceTag/", "A tag of the user or role that the call is about.", nil, iamKeysPage}, Type: "text", When: "the user or role has the tag"},
	{Word: Word{"iam:AWSServiceName", "The service to which a service-linked role is tied.", nil, iamKeysPage}, Type: "text", When: "iam:CreateServiceLinkedRole"},
	{Word: Word{"iam:OrganizationsPolicyId", "The policy of the organization that a report is about.", nil, iamKeysPage}, Type: "text", When: "iam:GenerateOrganizationsAccessReport"},
	{Word: Word{"sts:ExternalId", "The secret that a third party shows when it assumes the role.", nil, iamKeysPage}, Type: "text", When: "AssumeRole with an external id"},
	{Word: Word{"sts:RoleSessionName", "The name that the session is given.", nil, iamKeysPage}, Type: "text", When: "AssumeRole and its like"},
	{Word: Word{"sts:SourceIdentity", "The source identity that the call sets.", []string{"S-212"}, iamKeysPage}, Type: "text", When: "AssumeRole that sets one"},
	{Word: Word{"sts:DurationSeconds", "How long the session is asked to last.", nil, iamKeysPage}, Type: "number", When: "AssumeRole with a duration"},
	{Word: Word{"sts:AWSServiceName", "The service for which a token is asked.", nil, iamKeysPage}, Type: "text", When: "GetServiceBearerToken"},
	{Word: Word{"saml:aud", "The address to which the SAML assertion was sent.", []string{"S-211"}, iamKeysPage}, Type: "text", When: "AssumeRoleWithSAML"},
	{Word: Word{"accounts.google.com:aud", "The audience of a Google token.", []string{"S-211"}, iamKeysPage}, Type: "text", When: "AssumeRoleWithWebIdentity with a Google token"},
	{Word: Word{"ec2:ResourceTag/", "A tag of the EC2 resource.", nil, authorization + "list_amazonec2.html"}, Type: "text", When: "the resource has the tag"},
	{Word: Word{"ec2:InstanceType", "The type of the instance.", nil, authorization + "list_amazonec2.html"}, Type: "text", When: "actions on instances"},
	{Word: Word{"ec2:Region", "The Region that was called.", nil, authorization + "list_amazonec2.html"}, Type: "text", When: "EC2 actions"},
	{Word: Word{"ec2:CreateAction", "The call that creates what is tagged.", nil, authorization + "list_amazonec2.html"}, Type: "text", When: "ec2:CreateTags"},
	{Word: Word{"s3:prefix", "The prefix by which objects are listed.", nil, authorization + "list_amazons3.html"}, Type: "text", When: "s3:ListBucket with a prefix"},
	{Word: Word{"s3:delimiter", "The delimiter by which objects are listed.", nil, authorization + "list_amazons3.html"}, Type: "text", When: "s3:ListBucket with a delimiter"},
	{Word: Word{"s3:max-keys", "The most keys that are listed at once.", nil, authorization + "list_amazons3.html"}, Type: "number", When: "s3:ListBucket with a limit"},
	{Word: Word{"s3:x-amz-acl", "The canned access control list that the call sets.", nil, authorization + "list_amazons3.html"}, Type: "text", When: "calls that send the header"},
	{Word: Word{"s3:x-amz-server-side-encryption", "The encryption that the call asks for.", nil, authorization + "list_amazons3.html"}, Type: "text", When: "calls that send the header"},
	{Word: Word{"s3:ExistingObjectTag/", "A tag of the object.", nil, authorization + "list_amazons3.html"}, Type: "text", When: "the object has the tag"},
	{Word: Word{"s3:TlsVersion", "The version of TLS that the client uses.", nil, authorization + "list_amazons3.html"}, Type: "number", When: "S3 actions"},
	{Word: Word{"dynamodb:LeadingKeys", "The partition keys that the request touches.", nil, authorization + "list_amazondynamodb.html"}, Type: "text", Many: true, When: "actions on items"},
	{Word: Word{"dynamodb:Attributes", "The attributes that the request reads or writes.", nil, authorization + "list_amazondynamodb.html"}, Type: "text", Many: true, When: "actions on items"},
	{Word: Word{"dynamodb:Select", "What a query or scan selects.", nil, authorization + "list_amazondynamodb.html"}, Type: "text", When: "queries and scans"},
	{Word: Word{"kms:ViaService", "The service through which the key is used.", nil, authorization + "list_awskeymanagementservice.html"}, Type: "text", When: "a service uses the key on somebody's behalf"},
	{Word: Word{"kms:GrantIsForAWSResource", "Whether a service makes the grant for a resource of its own.", nil, authorization + "list_awskeymanagementservice.html"}, Type: "bool", When: "actions on grants"},
	{Word: Word{"kms:CallerAccount", "The account of the caller.", nil, authorization + "list_awskeymanagementservice.html"}, Type: "text", When: "actions on keys"},
	{Word: Word{"kms:EncryptionContext:", "A pair of the encryption context; write its key behind the colon.", nil, authorization + "list_awskeymanagementservice.html"}, Type: "text", When: "the call sends the pair"},
	{Word: Word{"lambda:FunctionArn", "The function that an event source calls.", nil, authorization + "list_awslambda.html"}, Type: "arn", When: "actions on event source mappings"},
	{Word: Word{"ssm:resourceTag/", "A tag of the managed node or document.", nil, authorization + "list_awssystemsmanager.html"}, Type: "text", When: "the resource has the tag"},
	{Word: Word{"secretsmanager:SecretId", "The secret that the request is about.", nil, authorization + "list_awssecretsmanager.html"}, Type: "arn", When: "actions on secrets"},
	{Word: Word{"sns:Protocol", "The protocol of the subscription.", nil, authorization + "list_amazonsns.html"}, Type: "text", When: "sns:Subscribe"},
}
