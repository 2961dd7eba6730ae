// What the policies of a layer made of the request, down to the single value.
// What has a place in an editor is a button that shows it there.

import { html, nothing, type TemplateResult } from "lit";
import type { Gate } from "../model/gates.ts";
import { documentOf } from "../model/made.ts";
import { writtenAt } from "../model/positions.ts";
import type {
  ConditionResult,
  ElementResult,
  LayerResult,
  NearMiss,
  PolicyResult,
  Range,
  RequestResult,
  StatementResult,
} from "../model/result.ts";
import type { Session } from "../model/session.ts";
import { inline } from "./prose.ts";
import { outcomeTag } from "./verdict.ts";

/** statementName is a statement's Sid, or its number for people, who count from 1. */
export const statementName = ({ sid, index }: { sid: string; index: number }): string =>
  sid === "" ? `statement ${index + 1}` : sid;

/** hasEditor says whether a policy's text is on the page, as its own or a call's; a built-in one's is not. */
export const hasEditor = (session: Session, policy: string): boolean =>
  session.workspace.policies.some(({ name }) => name === policy) || documentOf(session.result, policy) !== undefined;

/** placeButton shows a range of a policy; a policy without an editor is built in, and has only words. */
export function placeButton(session: Session, policy: string, range: Range, content: unknown): TemplateResult {
  if (!hasEditor(session, policy)) return html`<span class="place">${content}</span>`;
  const { start, end } = range;
  return html`<button type="button" class="place" @click=${() => session.show({ policy, start, end, focus: false })}>${content}</button>`;
}

function elementWords({ element, outcome, pattern, matched }: ElementResult): unknown {
  const negated = element.startsWith("Not");
  const at = matched ? html`, as <code>${matched}</code>` : nothing;
  if (pattern) return html`<code>${pattern}</code>${outcome === "match" || negated ? at : nothing}`;
  return outcome === "match" ? "" : negated ? "names it" : "no entry names it";
}

function element(session: Session, policy: string, result: ElementResult | undefined): TemplateResult | typeof nothing {
  if (!result) return nothing;
  return html`<li>
    ${placeButton(session, policy, result, html`<code>${result.element}</code>`)} ${outcomeTag(result.outcome)}
    <span class="detail">${elementWords(result)}</span>
  </li>`;
}

function values(session: Session, policy: string, result: ConditionResult): TemplateResult {
  return html`<ul>
    ${result.values.map(
      (value) => html`<li>
        ${placeButton(session, policy, value, html`<code>${value.value}</code>`)}
        ${value.resolved ? html`is <code>${value.resolved}</code>` : nothing} ${outcomeTag(value.outcome)}
      </li>`,
    )}
  </ul>`;
}

function condition(session: Session, policy: string, result: ConditionResult): TemplateResult {
  return html`<li>
    ${placeButton(session, policy, result, html`<code>${result.operator}</code> <code>${result.key}</code>`)}
    ${outcomeTag(result.outcome)}
    <span class="detail">${inline(result.reason)}</span>
    ${values(session, policy, result)}
  </li>`;
}

interface Aspect {
  /** The policy's name, where the statements of several stand together. */
  readonly from?: string;
  /** Whether the statement came closest to allowing the request. */
  readonly near?: boolean;
}

function statement(
  session: Session,
  policy: string,
  result: StatementResult,
  { from = "", near = false }: Aspect,
): TemplateResult {
  return html`<li class="statement">
    <details ?open=${near || result.outcome !== "noMatch"}>
      <summary>
        <span class="effect effect-${result.effect}">${result.effect}</span> ${statementName(result)}
        ${from ? html`<span class="policy-note">${from}</span>` : nothing} ${outcomeTag(result.outcome)}
      </summary>
      ${placeButton(session, policy, result, "Show the statement")}
      <ul class="elements">
        ${element(session, policy, result.principal)} ${element(session, policy, result.action)}
        ${element(session, policy, result.resource)}
        ${result.conditions.map((one) => condition(session, policy, one))}
      </ul>
    </details>
  </li>`;
}

function policyPart(
  session: Session,
  { policy, via, statements }: PolicyResult,
  misses: readonly NearMiss[],
): TemplateResult {
  const isNear = (index: number): boolean => misses.some((miss) => miss.policy === policy && miss.index === index);
  return html`<li>
    <span class="policy-name">${policy}</span>
    ${hasEditor(session, policy) ? nothing : html`<span class="policy-note">built in</span>`}
    ${via ? html`<span class="policy-note">through ${via}</span>` : nothing}
    <ul>${statements.map((one) => statement(session, policy, one, { near: isNear(one.index) }))}</ul>
  </li>`;
}

function nearMiss(session: Session, miss: NearMiss): TemplateResult {
  const range = { start: miss.failedStart, end: miss.failedEnd };
  const text = session.workspace.policies.find(({ name }) => name === miss.policy)?.text;
  const written = text === undefined || miss.failed === "condition" ? "" : writtenAt(text, range);
  return html`<li>
    ${placeButton(session, miss.policy, range, `${miss.policy}, ${statementName(miss)}`)}
    <span class="near">${inline(miss.reason)}${written ? html`. It says <code>${written}</code>` : nothing}</span>
  </li>`;
}

/** The statements of a layer that came closest to allowing the request, with the element that failed. */
function nearest(session: Session, misses: readonly NearMiss[]): TemplateResult | typeof nothing {
  if (misses.length === 0) return nothing;
  return html`<h5>Closest to allowing it</h5>
    <ul class="plain">${misses.map((miss) => nearMiss(session, miss))}</ul>`;
}

type Located = Range & { readonly policy: string };

/** deciding is the place that a click on a gate shows: what decided there, else what came closest, else its first statement. */
export function deciding(session: Session, gate: Gate, result: RequestResult): Located | undefined {
  const layers = gate.kind === "explicitDeny" ? result.layers : gate.layers;
  const own = layers.flatMap((layer) =>
    layer.policies.filter(({ policy }) => hasEditor(session, policy)).map((policy) => ({ ...policy, layer })),
  );
  const inGate = ({ policy, layer }: { policy: string; layer: string }): boolean =>
    own.some((one) => one.policy === policy && one.layer.layer === layer);
  const wanted = gate.kind === "explicitDeny" || gate.verdict.words === "denies" ? "Deny" : "Allow";
  const determining = result.determining.find((one) => inGate(one) && one.effect === wanted);
  if (determining) return determining;
  if (gate.kind !== "explicitDeny") {
    const near = result.nearest.find((one) => inGate(one) && layers.some(({ at }) => at === one.at));
    if (near) return { policy: near.policy, start: near.failedStart, end: near.failedEnd };
  }
  const all = own.flatMap(({ policy, statements }) => statements.map((one) => ({ policy, ...one })));
  const first = all.find(({ outcome, effect }) => outcome === "match" && effect === wanted);
  return first ?? (gate.kind === "explicitDeny" ? all.find(({ effect }) => effect === "Deny") : all[0]);
}

/** layerPart is what a layer, or one level of it, made of the request. */
export function layerPart(session: Session, layer: LayerResult, result: RequestResult, named: boolean): TemplateResult {
  const misses = result.nearest.filter((miss) => miss.layer === layer.layer && miss.at === layer.at);
  return html`
    ${named && layer.at ? html`<h5>${layer.at}</h5>` : nothing} ${nearest(session, misses)}
    ${
      layer.policies.length === 0
        ? html`<p class="hint">No policy is attached here.</p>`
        : html`<ul class="layer-policies">${layer.policies.map((one) => policyPart(session, one, misses))}</ul>`
    }
  `;
}

/** denyPart lists the Deny statements of all layers, those that match first. */
export function denyPart(session: Session, result: RequestResult): TemplateResult {
  const denies = result.layers.flatMap(({ policies }) =>
    policies.flatMap(({ policy, statements }) =>
      statements.filter(({ effect }) => effect === "Deny").map((one) => ({ policy, one })),
    ),
  );
  if (denies.length === 0) return html`<p class="hint">No policy that meets this request has a Deny statement.</p>`;
  const order = { match: 0, unknown: 1, noMatch: 2 };
  denies.sort((a, b) => order[a.one.outcome] - order[b.one.outcome]);
  return html`<ul class="layer-policies">${denies.map(({ policy, one }) => statement(session, policy, one, { from: policy }))}</ul>`;
}
