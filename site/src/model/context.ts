// The context of a request: keys ignore case, and a key is present, absent or unknown.

import type { ContextValue, KeyState, Request } from "./scenario.ts";

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A key as the form shows it. */
export interface ContextRow {
  readonly key: string;
  readonly state: KeyState;
  readonly values: readonly string[];
}

/** Values that follow from others. */
export type NextValues = (values: readonly string[]) => readonly string[];

function valuesOf(value: ContextValue | ContextValue[]): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** contextRows lists a request's keys, then the missing ones that its policies name. */
export function contextRows(request: Request, missing: readonly string[]): ContextRow[] {
  const rows: ContextRow[] = Object.entries(request.context ?? {}).map(([key, value]) => ({
    key,
    state: "present",
    values: valuesOf(value),
  }));
  const add = (key: string, state: KeyState): void => {
    if (!rows.some((row) => same(row.key, key))) rows.push({ key, state, values: [] });
  };
  for (const key of request.unknown ?? []) if (key !== "resource") add(key, "unknown");
  for (const key of missing) add(key, "absent");
  return rows;
}

/** setKey gives a key its state, and its values when it is present. */
export function setKey(request: Request, key: string, state: KeyState, values: readonly string[]): void {
  const context = Object.entries(request.context ?? {});
  const at = context.findIndex(([name]) => same(name, key));
  if (state === "present") {
    const value = values.length === 1 ? (values[0] ?? "") : [...values];
    if (at < 0) context.push([key, value]);
    else context[at] = [context[at]?.[0] ?? key, value];
  } else if (at >= 0) {
    context.splice(at, 1);
  }
  setMember(request, "context", context.length > 0 ? Object.fromEntries(context) : undefined);
  setUnknown(request, key, state === "unknown");
}

/**
 * changeKey gives a key its state, and values that follow from those that it has by now: a page shows what is typed a
 * moment later.
 */
export function changeKey(request: Request, key: string, state: KeyState, next: NextValues): void {
  const [, value] = Object.entries(request.context ?? {}).find(([name]) => same(name, key)) ?? [];
  setKey(request, key, state, next(value === undefined ? [] : valuesOf(value)));
}

/** setUnknown marks a key, or `resource`, as not known. */
export function setUnknown(request: Request, key: string, unknown: boolean): void {
  const rest = (request.unknown ?? []).filter((name) => !same(name, key));
  if (unknown) rest.push(key);
  setMember(request, "unknown", rest.length > 0 ? rest : undefined);
}

/** renameKey changes a key's name where no other key has it. */
export function renameKey(request: Request, from: string, to: string): void {
  const context = Object.entries(request.context ?? {});
  if (!same(from, to) && context.some(([name]) => same(name, to))) return;
  setMember(
    request,
    "context",
    Object.fromEntries(context.map(([name, value]) => [same(name, from) ? to : name, value])),
  );
}

/** setMember sets a member, or removes it. */
export function setMember<T extends object, K extends keyof T>(object: T, member: K, value: T[K] | undefined): void {
  if (value === undefined) delete object[member];
  else object[member] = value;
}
