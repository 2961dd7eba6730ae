// Problems in the text, with their fixes: under the pointer, and on Ctrl+. for
// the keyboard.

import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorState, Extension, TransactionSpec } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import { html } from "lit";
import { visibleRange } from "../../model/positions.ts";
import type { Fix, Problem, Severity } from "../../model/result.ts";
import { fixWords } from "../../model/fixes.ts";
import { inline, sentence } from "../prose.ts";
import { openCard } from "./help.ts";

const severities: Record<Severity, Diagnostic["severity"]> = { error: "error", warning: "warning", note: "info" };

type Choose = (problem: Problem, fix: Fix) => void;

/** showProblems underlines problems; a fix is one of its actions. */
export function showProblems(state: EditorState, problems: readonly Problem[], choose: Choose): TransactionSpec {
  const diagnostics = problems.map((problem): Diagnostic => {
    const { from, to } = visibleRange(state.doc, problem);
    return {
      from,
      to,
      severity: severities[problem.severity],
      message: problem.message.replaceAll("`", ""),
      source: problem.code,
      actions: (problem.fixes ?? []).map((fix) => ({ name: fixWords(fix), apply: () => choose(problem, fix) })),
    };
  });
  return setDiagnostics(state, diagnostics);
}

/** The problems on the cursor's line, those at the cursor first. */
function near(state: EditorState, problems: readonly Problem[]): { problem: Problem; from: number }[] {
  const at = state.selection.main.head;
  const line = state.doc.lineAt(at);
  const distance = ({ from, to }: { from: number; to: number }): number =>
    at < from ? from - at : at > to ? at - to : 0;
  return problems
    .map((problem) => ({ problem, ...visibleRange(state.doc, problem) }))
    .filter(({ from, to }) => from <= line.to && to >= line.from)
    .sort((a, b) => distance(a) - distance(b));
}

/** quickFix opens the problems at the cursor with their fixes as buttons. */
export function quickFix(problems: () => readonly Problem[], choose: Choose): Extension {
  const open = (editor: EditorView): boolean => {
    const here = near(editor.state, problems());
    const first = here[0];
    if (!first) return false;
    const take = (problem: Problem, fix: Fix): void => {
      editor.focus();
      choose(problem, fix);
    };
    const part = ({ problem }: { problem: Problem }) => html`<p>${sentence(problem.message)}</p>
      ${(problem.fixes ?? []).map(
        (fix) => html`<button type="button" @click=${() => take(problem, fix)}>${inline(fix.title)}</button>`,
      )}`;
    openCard(editor, first.from, "Problems on this line", html`${here.map(part)}`);
    return true;
  };
  return keymap.of([{ key: "Mod-.", run: open }]);
}
