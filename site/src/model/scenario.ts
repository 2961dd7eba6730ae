// The scenario without its policies: the object that the forms read and change.
// The shape is checked only as far as this page touches it; the engine checks the rest.

export type ContextValue = string | number | boolean;

/** The state of a context key of a request. */
export type KeyState = "present" | "absent" | "unknown";

export interface SessionPart {
  name?: string;
  user?: string;
  tags?: Record<string, string>;
  policies?: string[];
  [member: string]: unknown;
}

export interface Request {
  name?: string;
  principal?: string;
  action?: string;
  resource?: string;
  context?: Record<string, ContextValue | ContextValue[]>;
  unknown?: string[];
  session?: SessionPart;
  parameters?: unknown;
  expect?: unknown;
  [member: string]: unknown;
}

export interface Identity {
  arn: string;
  policies?: string[];
  boundary?: string;
  trust?: string;
  groups?: string[];
  tags?: Record<string, string>;
  [member: string]: unknown;
}

export interface Resource {
  arn: string;
  account?: string;
  tags?: Record<string, string>;
  policy?: string;
  [member: string]: unknown;
}

export interface Endpoint {
  id: string;
  policy?: string;
  [member: string]: unknown;
}

/** The root, a unit or an account of the organization. */
export interface OrganizationNode {
  id: string;
  name?: string;
  scps?: string[];
  rcps?: string[];
  units?: OrganizationNode[];
  accounts?: OrganizationNode[];
  [member: string]: unknown;
}

export interface Organization {
  id?: string;
  managementAccount?: string;
  root: OrganizationNode;
  [member: string]: unknown;
}

export interface Scenario {
  title?: string;
  description?: string;
  identities?: Identity[];
  resources?: Resource[];
  vpcEndpoints?: Endpoint[];
  organization?: Organization;
  requests: Request[];
  [member: string]: unknown;
}

type Guard = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isString: Guard = (value) => typeof value === "string";
const isContextValue: Guard = (value) => ["string", "number", "boolean"].includes(typeof value);
const listOf =
  (item: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every(item);
const either =
  (one: Guard, other: Guard): Guard =>
  (value) =>
    one(value) || other(value);
const mapOf =
  (item: Guard): Guard =>
  (value) =>
    isRecord(value) && Object.values(value).every(item);

/** shape accepts a record whose optional members, where present, pass their guards. */
function shape(optional: Record<string, Guard>, required: Record<string, Guard> = {}): Guard {
  return (value) =>
    isRecord(value) &&
    Object.entries(optional).every(([name, guard]) => value[name] === undefined || guard(value[name])) &&
    Object.entries(required).every(([name, guard]) => guard(value[name]));
}

const isSession = shape({ name: isString, user: isString, tags: mapOf(isString), policies: listOf(isString) });
const isRequest = shape({
  name: isString,
  principal: isString,
  action: isString,
  resource: isString,
  context: mapOf(either(isContextValue, listOf(isContextValue))),
  unknown: listOf(isString),
  session: isSession,
});
const isIdentity = shape(
  {
    policies: listOf(isString),
    boundary: isString,
    trust: isString,
    groups: listOf(isString),
    tags: mapOf(isString),
  },
  { arn: isString },
);
const isResource = shape({ account: isString, policy: isString, tags: mapOf(isString) }, { arn: isString });
const isEndpoint = shape({ policy: isString }, { id: isString });
const isNode: Guard = (value) =>
  shape(
    { name: isString, scps: listOf(isString), rcps: listOf(isString), units: listOf(isNode), accounts: listOf(isNode) },
    { id: isString },
  )(value);
const isOrganization = shape({ id: isString, managementAccount: isString }, { root: isNode });
const isScenarioShape = shape(
  {
    title: isString,
    description: isString,
    identities: listOf(isIdentity),
    resources: listOf(isResource),
    vpcEndpoints: listOf(isEndpoint),
    organization: isOrganization,
  },
  { requests: listOf(isRequest) },
);

function isRequestShape(value: unknown): value is Request {
  return isRequest(value);
}

function isScenario(value: unknown): value is Scenario {
  return isScenarioShape(value);
}

/** readScenario is the text's scenario, or undefined where forms can't show it. */
export function readScenario(text: string): Scenario | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isScenario(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** readRequest is the text's request, or what is wrong with it. */
export function readRequest(text: string): { request: Request } | { wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { wrong: cause instanceof Error ? cause.message : String(cause) };
  }
  return isRequestShape(value)
    ? { request: value }
    : { wrong: "a request is an object of the members that the form shows" };
}

/** writeJson is how this page writes JSON texts. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** splitScenario separates a whole scenario file into its policies' texts and the rest. */
export function splitScenario(file: string): { scenario: string; policies: { name: string; text: string }[] } {
  const whole: unknown = JSON.parse(file);
  if (!isRecord(whole)) throw new Error("a scenario is a JSON object");
  const { policies = {}, ...rest } = whole;
  if (!isRecord(policies)) throw new Error("`policies` is a JSON object");
  return {
    scenario: writeJson(rest),
    policies: Object.entries(policies).map(([name, document]) => ({ name, text: writeJson(document) })),
  };
}
