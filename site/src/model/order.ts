// Requests in another order: where each stood, from the first to the last. One that is named twice is copied.

import type { Request, Scenario } from "./scenario.ts";

export type Order = readonly number[];

/** The order in which a request stands twice, the copy below it. */
export const copiedIn = (count: number, index: number): Order =>
  Array.from({ length: count }, (_, at) => at).flatMap((at) => (at === index ? [at, at] : [at]));

/** The order without a request. */
export const withoutIn = (count: number, index: number): Order =>
  Array.from({ length: count }, (_, at) => at).filter((at) => at !== index);

/** The order in which two requests changed places; undefined where there is no such place. */
export function swappedIn(count: number, index: number, to: number): Order | undefined {
  const order = Array.from({ length: count }, (_, at) => at);
  const [one, other] = [order[index], order[to]];
  if (one === undefined || other === undefined) return undefined;
  [order[index], order[to]] = [other, one];
  return order;
}

/** reorder puts a scenario's requests in an order. */
export function reorder(scenario: Scenario, order: Order): void {
  scenario.requests = order.flatMap((at): Request[] => structuredClone(scenario.requests.slice(at, at + 1)));
}

/** likeRequest is a request to add below the others: like one, or with another action. */
export function likeRequest({ name: _, expect: __, ...like }: Request, number: number, action?: string): Request {
  const named: Request = { name: action ?? `Request ${number}`, ...structuredClone(like) };
  if (action === undefined) return named;
  delete named.parameters; // they are the other action's
  return { ...named, action, resource: named.resource ?? "*" };
}
