// What a request is decided on, beside the policies: what is asked, the tags of who asks and of what is asked for, the
// session and the context. build/requestfacts.go has the same for pages without a script.

import { type Request, type Scenario, writeJson } from "./scenario.ts";

/** A title, and a text that may have several lines. */
export interface Fact {
  readonly title: string;
  readonly text: string;
}

/** A text as it is, a list of texts in brackets, and anything else as JSON. */
function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return `[${value.join(", ")}]`;
  return typeof value === "object" ? writeJson(value) : String(value);
}

/** An object's members as `key=value`, in their order. */
function pairs(object: unknown): string[] {
  if (typeof object !== "object" || object === null) return [];
  return Object.entries(object).map(([key, value]) => `${key}=${valueText(value)}`);
}

/** Whether an identity is the principal, or the role of a session. */
function isIdentityOf(identity: string, principal: string): boolean {
  const [before = "", session] = principal.split(":assumed-role/");
  if (session === undefined) return identity === principal;
  const [account, role] = identity.split(":role/");
  return account === before.replace(":sts:", ":iam:") && role?.split("/").at(-1) === session.split("/")[0];
}

/** requestFacts are what a request of a scenario is decided on; the engine's resource stands in for one that is not written. */
export function requestFacts(
  { identities = [], resources = [] }: Pick<Scenario, "identities" | "resources">,
  { principal = "", action = "", resource = "", context, unknown = [], session = {}, parameters }: Request,
  engines = "",
): Fact[] {
  const about = resource || engines;
  const facts: readonly Fact[] = [
    { title: "Principal", text: principal },
    {
      title: "Principal's tags",
      text: pairs(identities.find(({ arn }) => isIdentityOf(arn, principal))?.tags).join(", "),
    },
    { title: "Session policies", text: (session.policies ?? []).join(", ") },
    { title: "Session tags", text: pairs(session.tags).join(", ") },
    { title: "Session made by", text: session.user ?? "" },
    { title: "Action", text: action },
    { title: "Parameters", text: pairs(parameters).join("\n") },
    { title: "Resource", text: about },
    { title: "Resource's tags", text: pairs(resources.find(({ arn }) => arn === about)?.tags).join(", ") },
    { title: "Context", text: [...pairs(context), ...unknown.map((key) => `${key} unknown`)].join("\n") },
  ];
  return facts.filter(({ text }) => text !== "");
}
