// The engine's reading of a text, and a document taken out of what was pasted into an editor.

import { type Ask, type Imported, readText, sourceWords, unread } from "../model/intake.ts";
import type { Session } from "../model/session.ts";

/** "The output of …" within a sentence. */
const thisIs = (found: Imported): string =>
  `This is ${sourceWords(found).replace(/^(?:The|A|An) /, (article) => article.toLowerCase())}`;

/** importThrough asks a session's engine. */
export function importThrough(session: Session): Ask {
  return async (call) => {
    try {
      const answer = await session.ask(call);
      return answer.ok ? answer.answer : unread(answer.error.message);
    } catch (cause) {
      return unread(`the engine stopped on this text: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  };
}

/** takeDocument puts the one document of what was pasted over a policy in its place, where it is wrapped in something else. */
export async function takeDocument(session: Session, name: string, pasted: string): Promise<void> {
  const found = await readText(pasted, importThrough(session));
  const { workspace } = session;
  if (workspace.policies.find((policy) => policy.name === name)?.text.trim() !== pasted.trim()) return;
  const [first, ...more] = found.policies;
  if (found.kind === "policies" && first && more.length === 0) {
    if (first.bare) return;
    const policies = workspace.policies.map((policy) => (policy.name === name ? { name, text: first.text } : policy));
    session.apply({ ...workspace, policies }, `Took the document out of what was pasted into ${name}`);
    session.say(`${thisIs(found)}; its document was taken.`, true);
  } else if (found.kind !== "none") {
    session.say(`${thisIs(found)}, not one policy. "Paste an error or a policy" reads it.`, true);
  }
}
