// What a pasted or dropped text is, as the engine reads it; and its words.

import { manyOf, oneOf } from "./layers.ts";
import type { PolicyLayer, Position } from "./result.ts";
import type { Request } from "./scenario.ts";
import { byteLength, limits, megabytes } from "./workspace.ts";

/** What a policy is attached to, as far as the text says. */
export interface Target {
  readonly kind: "user" | "group" | "role" | "resource" | "endpoint";
  readonly name?: string;
  readonly arn?: string;
}

export interface ImportedPolicy {
  readonly name: string;
  readonly layer?: PolicyLayer;
  readonly text: string;
  /** Whether the text was the document and nothing else. */
  readonly bare: boolean;
  readonly attachTo?: Target;
}

/** A request, with what the text says of its decision. */
export interface Asked {
  readonly request: Request;
  /** The user or role behind the principal. */
  readonly identity?: string;
  readonly layer?: PolicyLayer;
  readonly denied: boolean;
  readonly explicit: boolean;
  /** The ARN of the policy that denied, where it is named. */
  readonly policy?: string;
  readonly notes: readonly string[];
}

export interface Imported {
  readonly kind: "policies" | "requests" | "scenario" | "none";
  /** The shape, in a word that stays the same: `message`, `get-policy-version`. */
  readonly source: string;
  readonly policies: readonly ImportedPolicy[];
  readonly requests: readonly Asked[];
  /** The scenario's text, where it is one. */
  readonly text?: string;
  readonly notes: readonly string[];
  readonly problems: readonly { readonly message: string; readonly start: Position; readonly end: Position }[];
}

/** Asks the engine what a text is. */
export interface ImportCall {
  readonly call: "import";
  readonly text: string;
}

/** Sends the call, and answers what the engine found. */
export type Ask = (call: ImportCall) => Promise<Imported>;

/** unread is the answer where a text could not be read, and why. */
export function unread(message: string): Imported {
  const start = { line: 1, column: 0, offset: 0 };
  return {
    kind: "none",
    source: "",
    policies: [],
    requests: [],
    notes: [],
    problems: [{ message, start, end: start }],
  };
}

const yamlMember =
  /^(?:AWSTemplateFormatVersion|Attributes|Document|PolicyVersion|Policy|PolicyDocument|PolicyName|Records|Resources|Role|RoleName|Statement|Transform|UserName|GroupName|Version|eventVersion|userIdentity)["']?:(?:\s|$)/m;

/** Whether a text is YAML rather than anything that the engine reads itself. */
function isYaml(text: string): boolean {
  return !/^\s*[{["%]/.test(text) && (yamlMember.test(text) || /^\s*-\s+(?:Sid|Effect):/.test(text));
}

/** readText says what a text is. YAML becomes JSON first. */
export async function readText(text: string, ask: Ask): Promise<Imported> {
  if (byteLength(text) > limits.scenario) {
    return unread(`the text has ${megabytes(byteLength(text))}; at most ${megabytes(limits.scenario)} is read`);
  }
  if (!isYaml(text)) return ask({ call: "import", text });
  const { yamlToJson } = await import("./yaml.ts");
  const json = yamlToJson(text);
  return "problem" in json ? unread(json.problem) : ask({ call: "import", text: json.text });
}

const sources: Readonly<Record<string, string>> = {
  document: "A policy document",
  statement: "A statement",
  statements: "A list of statements",
  "percent-encoded": "A percent-encoded text",
  "json-string": "A JSON string",
  message: "An access-denied message",
  cloudtrail: "A CloudTrail event",
  "decoded-message": "A decoded authorization message",
  scenario: "A scenario",
  terraform: "Terraform text",
  "terraform-show": "The output of `terraform show -json`",
  cloudformation: "A CloudFormation template",
};

/** sourceWords names a text's shape: "The output of `get-role-policy`". */
export function sourceWords({ source, kind }: Imported): string {
  const known = sources[source];
  if (known) return known;
  return /^(?:get|describe)-/.test(source)
    ? `The output of \`${source}\``
    : kind === "policies"
      ? "A JSON text"
      : "A text";
}

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** foundWords says what was found in a text. */
export function foundWords(found: Imported): string {
  const words = sourceWords(found);
  switch (found.kind) {
    case "requests":
      return found.requests.length === 1 ? `${words}.` : `${words}, with ${count(found.requests.length, "request")}.`;
    case "policies":
      return ["document", "statement"].includes(found.source) && found.policies.length === 1
        ? `${words}.`
        : `${words}, with ${count(found.policies.length, "policy", "policies")}.`;
    case "scenario":
      return `${words}.`;
    case "none":
      return "";
  }
}

const code = (text: string): string => `\`${text}\``;

/** askedWords says what a request asked and how it ended. */
export function askedWords({ request, layer, denied, explicit }: Asked): string {
  const verb = denied ? "may not call" : request.expect === undefined ? "called" : "may call";
  const on = request.resource === undefined || request.resource === "*" ? "" : ` on ${code(request.resource)}`;
  const who = request.principal ? code(request.principal) : "An unnamed caller";
  const what = `${who} ${verb} ${code(request.action ?? "")}${on}.`;
  if (!layer) return what;
  return explicit
    ? `${what} It names an explicit deny in the ${oneOf(layer)}.`
    : `${what} It names the ${oneOf(layer)}.`;
}

const nameOf = (arn: string): string => arn.split("/").at(-1) ?? arn;
const accountOf = (arn: string | undefined): string => arn?.split(":")[4] ?? "";

/** The command that prints a policy that is named by its ARN. */
function commandForPolicy(arn: string): string {
  return arn.includes(":organizations:")
    ? `aws organizations describe-policy --policy-id ${nameOf(arn)}`
    : `aws iam get-policy-version --policy-arn ${arn} --version-id v1`;
}

/** The command that prints the policy of a resource, where there is one for its service. */
function commandForResource(resource: string): string | undefined {
  const [, , service, , , ...rest] = resource.split(":");
  const name = rest.join(":");
  switch (service) {
    case "s3":
      return `aws s3api get-bucket-policy --bucket ${name.split("/")[0]}`;
    case "kms":
      return `aws kms get-key-policy --key-id ${nameOf(resource)}`;
    case "sns":
      return `aws sns get-topic-attributes --topic-arn ${resource}`;
    case "secretsmanager":
      return `aws secretsmanager get-resource-policy --secret-id ${resource}`;
    case "lambda":
      return `aws lambda get-policy --function-name ${resource}`;
    default:
      return undefined;
  }
}

/** nextStep says what to paste next, so that the engine can show the cause. */
export function nextStep({ request, identity = "", layer, policy }: Asked): string | undefined {
  if (!layer) return undefined;
  if (policy) return `Next, paste what ${code(commandForPolicy(policy))} prints.`;
  const who = nameOf(identity);
  const kind = identity.includes(":role/") ? "role" : "user";
  const { resource = "" } = request;
  switch (layer) {
    case "permissionsBoundary":
      return identity
        ? `Next, paste the boundary of ${who}: ${code(`aws iam get-${kind} --${kind}-name ${who}`)} names it, ${code("aws iam get-policy-version")} prints it.`
        : undefined;
    case "identityPolicy":
      return identity
        ? `Next, paste the policies of ${who}: ${code(`aws iam list-attached-${kind}-policies --${kind}-name ${who}`)} and ${code(`aws iam list-${kind}-policies --${kind}-name ${who}`)} name them.`
        : undefined;
    case "serviceControlPolicy":
    case "resourceControlPolicy": {
      const filter = layer === "serviceControlPolicy" ? "SERVICE_CONTROL_POLICY" : "RESOURCE_CONTROL_POLICY";
      const account = accountOf(layer === "serviceControlPolicy" ? request.principal : resource) || "ACCOUNT";
      return `Next, paste the ${manyOf(layer)
        .toLowerCase()
        .replace(/\(.*\)/, "")
        .trim()}: ${code(`aws organizations list-policies-for-target --target-id ${account} --filter ${filter}`)} names them, ${code("describe-policy")} prints them.`;
    }
    case "trustPolicy":
      return `Next, paste what ${code(`aws iam get-role --role-name ${nameOf(resource)}`)} prints.`;
    case "resourcePolicy": {
      const command = commandForResource(resource);
      return command ? `Next, paste what ${code(command)} prints.` : "Next, paste the policy of the resource.";
    }
    case "vpcEndpointPolicy":
      return `Next, paste what ${code("aws ec2 describe-vpc-endpoints")} prints.`;
    case "sessionPolicy":
      return "Next, paste the session policy: it was passed when the session was made, and the CloudTrail event of that `AssumeRole` shows it.";
  }
}
