// The parameters of a call: values of any JSON form, shown by what they are.

import type { ParameterWord } from "./words.ts";
import type { Request } from "./scenario.ts";

export type Parameters = Readonly<Record<string, unknown>>;

/** parametersOf are a request's, by name; none where they are no object. */
export function parametersOf({ parameters }: Request): Parameters {
  const isObject = typeof parameters === "object" && parameters !== null && !Array.isArray(parameters);
  return isObject ? (parameters as Parameters) : {};
}

const beginnings: Readonly<Record<ParameterWord["form"], unknown>> = {
  text: "",
  flag: true,
  number: 1,
  list: [""],
  tags: [{ Key: "", Value: "" }],
  arns: [{ arn: "" }],
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  profile: { Name: "" },
  any: {},
};

/** A role's trust policy names principals, and no resource. */
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** beginning is what a parameter holds when it is added. */
export function beginning({ name, form }: ParameterWord, action = ""): unknown {
  const isTrust = name === "AssumeRolePolicyDocument" || /^iam:UpdateAssumeRolePolicy$/i.test(action);
  return structuredClone(form === "document" && isTrust ? trust : beginnings[form]);
}

/** asCall makes a request a call, with the parameters that it must have. */
export function asCall(request: Request, words: readonly ParameterWord[]): void {
  const required = words.filter((word) => word.required);
  request.parameters = Object.fromEntries(required.map((word) => [word.name, beginning(word, request.action)]));
  delete request.resource;
  const unknown = (request.unknown ?? []).filter((name) => name !== "resource");
  if (unknown.length > 0) request.unknown = unknown;
  else delete request.unknown;
}

/** asPlain makes a call a request on a resource. */
export function asPlain(request: Request, resource: string): void {
  delete request.parameters;
  request.resource = resource === "" ? "*" : resource;
}

/** setParameter gives a parameter a value, or takes it away. */
export function setParameter(request: Request, name: string, value: unknown): void {
  const parameters: Record<string, unknown> = { ...parametersOf(request) };
  if (value === undefined) delete parameters[name];
  else parameters[name] = value;
  request.parameters = parameters;
}
