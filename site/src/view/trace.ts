// What each layer, policy and statement made of the request. What has a place
// in an editor is a button that shows it there.

import { html, nothing, type TemplateResult } from "lit";
import { manyOf } from "../model/layers.ts";
import type {
  ConditionResult,
  ElementResult,
  LayerResult,
  PolicyResult,
  Range,
  RequestResult,
  StatementResult,
} from "../model/result.ts";
import type { Session } from "../model/session.ts";
import { inline } from "./prose.ts";
import { layerTag, outcomeTag } from "./verdict.ts";

/** statementName is a statement's Sid, or its number for people, who count from 1. */
export const statementName = ({ sid, index }: { sid: string; index: number }): string =>
  sid === "" ? `statement ${index + 1}` : sid;

/** placeButton shows a range of a policy; a policy without an editor is built in, and has only words. */
export function placeButton(session: Session, policy: string, range: Range, content: unknown): TemplateResult {
  if (!session.workspace.policies.some(({ name }) => name === policy))
    return html`<span class="place">${content}</span>`;
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

function condition(session: Session, policy: string, result: ConditionResult): TemplateResult {
  return html`<li>
    ${placeButton(session, policy, result, html`<code>${result.operator}</code> <code>${result.key}</code>`)}
    ${outcomeTag(result.outcome)}
    <span class="detail">${inline(result.reason)}</span>
    ${
      result.values.length > 1 || result.values.some(({ resolved }) => resolved)
        ? html`<ul>
          ${result.values.map(
            (value) => html`<li>
              ${placeButton(session, policy, value, html`<code>${value.value}</code>`)}
              ${value.resolved ? html`is <code>${value.resolved}</code>` : nothing} ${outcomeTag(value.outcome)}
            </li>`,
          )}
        </ul>`
        : nothing
    }
  </li>`;
}

function statement(session: Session, policy: string, result: StatementResult): TemplateResult {
  return html`<li class="statement">
    <details ?open=${result.outcome !== "noMatch"}>
      <summary>
        <span class="effect effect-${result.effect}">${result.effect}</span> ${statementName(result)}
        ${outcomeTag(result.outcome)}
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

function policyPart(session: Session, { policy, via, statements }: PolicyResult): TemplateResult {
  const builtIn = !session.workspace.policies.some(({ name }) => name === policy);
  return html`<li>
    <span class="policy-name">${policy}</span>
    ${builtIn ? html`<span class="policy-note">built in</span>` : nothing}
    ${via ? html`<span class="policy-note">through ${via}</span>` : nothing}
    <ul>${statements.map((one) => statement(session, policy, one))}</ul>
  </li>`;
}

/** deciding is the place that a click on a layer shows: what decided there, else its first statement. */
function deciding(
  session: Session,
  layer: LayerResult,
  result: RequestResult,
): { policy: string; range: Range } | undefined {
  const own = layer.policies.filter(({ policy }) => session.workspace.policies.some(({ name }) => name === policy));
  const names = new Set(own.map(({ policy }) => policy));
  const determining = result.determining.find((one) => one.layer === layer.layer && names.has(one.policy));
  if (determining) return { policy: determining.policy, range: determining };
  const nearest = result.nearest.find(
    (one) => one.layer === layer.layer && names.has(one.policy) && one.at === layer.at,
  );
  if (nearest) return { policy: nearest.policy, range: { start: nearest.failedStart, end: nearest.failedEnd } };
  const all = own.flatMap(({ policy, statements }) => statements.map((range) => ({ policy, range })));
  const effect = layer.decision === "explicitDeny" ? "Deny" : "Allow";
  return all.find(({ range }) => range.outcome === "match" && range.effect === effect) ?? all[0];
}

function layerPart(session: Session, layer: LayerResult, result: RequestResult): TemplateResult {
  const stops = result.decidedBy === layer.layer && layer.decision !== "allowed" && layer.decision !== "depends";
  const heading = html`<span class="layer-name">${manyOf(layer.layer)}</span>
    ${layer.at ? html`<span class="policy-note">${layer.at}</span>` : nothing} ${layerTag(layer.decision)}`;
  const place = deciding(session, layer, result);
  const count = layer.policies.reduce((sum, { statements }) => sum + statements.length, 0);
  const decisive = result.decidedBy === layer.layer;
  return html`<li class="layer ${decisive ? "decisive" : ""} ${stops ? "stops" : ""}">
    ${place ? placeButton(session, place.policy, place.range, heading) : html`<div class="place">${heading}</div>`}
    ${
      layer.policies.length === 0
        ? nothing
        : html`<details ?open=${decisive}>
          <summary>${count} ${count === 1 ? "statement" : "statements"}</summary>
          <ul class="layer-policies">${layer.policies.map((one) => policyPart(session, one))}</ul>
        </details>`
    }
  </li>`;
}

/** layersPart lists the layers in AWS's order; a line is drawn under the one that stopped the request. */
export function layersPart(session: Session, result: RequestResult): TemplateResult | typeof nothing {
  if (result.layers.length === 0) return nothing;
  const bounded = result.layers.some(({ layer }) => layer === "permissionsBoundary");
  const couldBeBounded = /:(user|role|assumed-role)\//.test(result.principal);
  return html`<h3>Layers</h3>
    <ol class="layers">
      ${result.layers.map((layer) => layerPart(session, layer, result))}
      ${
        !bounded && couldBeBounded
          ? html`<li class="layer absent"><div class="place"><span class="layer-name">No permissions boundary</span> <span class="policy-note">does not limit</span></div></li>`
          : nothing
      }
    </ol>`;
}
