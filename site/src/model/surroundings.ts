// Where a request plays: what goes into the ARN of a resource that it may name.

import { type ActionFacts, matchesPattern, type Surroundings } from "./catalogue.ts";
import type { RequestResult } from "./result.ts";
import type { Request, Scenario } from "./scenario.ts";

const partsOf = (arn: string | undefined): string[] => (arn?.startsWith("arn:") ? arn.split(":") : []);
const isRegion = (text: string | undefined): text is string => /^[a-z]{2}(-[a-z]+)+-\d$/.test(text ?? "");

/** surroundingsOf takes partition and account from the principal, and the Region from the context, else from a resource. */
export function surroundingsOf(
  { resources = [], requests }: Scenario,
  request: Request,
  result: RequestResult | undefined,
): Surroundings {
  const [, partition, , , account] = partsOf(request.principal);
  const context = [
    ...Object.entries(request.context ?? {}).map(([key, value]) => ({ key, value: String(value) })),
    ...(result?.context ?? []).map(({ key, values }) => ({ key, value: values[0] })),
  ];
  const named = [request.resource, ...resources.map(({ arn }) => arn), ...requests.map(({ resource }) => resource)];
  const region = [
    context.find(({ key }) => key.toLowerCase() === "aws:requestedregion")?.value,
    ...named.map((arn) => partsOf(arn)[3]),
  ].find(isRegion);
  return { ...(partition ? { partition } : {}), ...(account ? { account } : {}), ...(region ? { region } : {}) };
}

/** A resource that an action could be asked for. */
export interface Offer {
  readonly resource: string;
  readonly why: string;
}

const open = /\$\{[^}]*\}/g;

/** resourceOffers are what to write as the resource where what stands there fits no type of the action's. */
export function resourceOffers({ resources }: ActionFacts, resource: string): Offer[] {
  if (resources.length === 0) {
    return resource === "*" ? [] : [{ resource: "*", why: "is what it needs: it works on nothing that has an ARN" }];
  }
  const all = resources.flatMap(({ name, required, arns }) =>
    arns.map((arn) => ({ resource: arn, why: name, required })),
  );
  // The plainest first: a bucket's object before one behind an access point.
  all.sort((a, b) => Number(b.required) - Number(a.required) || a.resource.length - b.resource.length);
  const fits = all.some((one) => matchesPattern(one.resource.replaceAll(open, "*"), resource));
  return fits ? [] : all.map(({ resource: arn, why }) => ({ resource: arn, why }));
}
