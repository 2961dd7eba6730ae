// A work that one page of the site hands to the playground. It lies in the browser's storage only from the click until
// the playground takes it: an address would carry it into the history, which browsers synchronise.

import { asWorkspace, type Workspace } from "./workspace.ts";

const key = "fenceline.handover";
const fragmentForm = /^#handover=([0-9a-f-]{36})$/;

/** handOver lays a work down, and answers the fragment under which the playground finds it; nothing where the browser keeps nothing. */
export function handOver(workspace: Workspace): string | undefined {
  const id = crypto.randomUUID();
  try {
    localStorage.setItem(key, JSON.stringify({ id, workspace }));
    return `#handover=${id}`;
  } catch {
    return undefined;
  }
}

/** isHandover says whether a fragment names such a work. */
export const isHandover = (fragment: string): boolean => fragmentForm.test(fragment);

/** takeOver is the work that a fragment names; it is gone then. */
export function takeOver(fragment: string): Workspace | undefined {
  const [, id] = fragmentForm.exec(fragment) ?? [];
  try {
    const laid = JSON.parse(localStorage.getItem(key) ?? "null") as { id?: unknown; workspace?: unknown } | null;
    if (laid?.id !== id) return undefined;
    localStorage.removeItem(key);
    return asWorkspace(laid?.workspace);
  } catch {
    return undefined;
  }
}
