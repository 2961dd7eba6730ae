// Work in progress, kept in this browser only.

import type { Workspace } from "./workspace.ts";

const key = "fenceline.work.1";

function isWorkspace(value: unknown): value is Workspace {
  if (typeof value !== "object" || value === null) return false;
  const { scenario, policies, selected } = value as Partial<Record<keyof Workspace, unknown>>;
  return (
    typeof scenario === "string" &&
    typeof selected === "number" &&
    Array.isArray(policies) &&
    policies.every(
      (policy: unknown) =>
        typeof policy === "object" &&
        policy !== null &&
        "name" in policy &&
        typeof policy.name === "string" &&
        "text" in policy &&
        typeof policy.text === "string",
    )
  );
}

/** loadWork is what was kept, if anything that can be read was. */
export function loadWork(): Workspace | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return isWorkspace(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** keepWork keeps the work, and says whether the browser let it. */
export function keepWork(workspace: Workspace): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(workspace));
    return true;
  } catch {
    return false;
  }
}

/** forgetWork removes what was kept. */
export function forgetWork(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}
