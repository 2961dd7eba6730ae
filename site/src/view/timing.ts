// Marks when a decision is on the page, so that a person's tools, and ours, can measure how long it took.

import type { Session } from "../model/session.ts";

/** The mark's name in the browser's performance timeline; the newest one is kept. */
export const decisionMark = "fenceline:decision";

function mark(): void {
  performance.clearMarks(decisionMark);
  performance.mark(decisionMark);
}

/** markDecisions marks each answer of the engine once what it changes on the page is in place. */
export function markDecisions(session: Session): void {
  let marked = session.result;
  session.subscribe(() => {
    if (session.result === marked) return;
    marked = session.result;
    // Components render in microtasks; this comes after them, and before the engine's next answer.
    if (marked) setTimeout(mark);
  });
}
