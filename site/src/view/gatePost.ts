// A gate as it is drawn: its post on the path, and its name.

import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { Gate } from "../model/gates.ts";
import type { GateState } from "../model/result.ts";

/** The post, drawn across the path: with a gap where the request passes, whole where it does not. */
const posts: Record<GateState, SVGTemplateResult> = {
  open: svg`<path d="M6 0v7M6 17v7" />`,
  shut: svg`<path d="M6 0v24" />`,
  absent: svg`<circle cx="6" cy="12" r="1.5" />`,
  aside: svg`<path d="M6 0v7" />`,
  unknown: svg`<path d="M6 0v24" stroke-dasharray="3 3" />`,
};

/** What only limits what identity-based policies grant. */
const limiting: ReadonlySet<Gate["kind"]> = new Set(["permissionsBoundary", "sessionPolicy"]);

export const gatePost = (state: GateState): TemplateResult =>
  html`<span class="gate-track" aria-hidden="true"
    ><svg viewBox="0 0 12 24" width="12" height="24">${posts[state]}</svg></span
  >`;

export const gateLabel = ({ kind, name }: Gate): TemplateResult =>
  html`${limiting.has(kind) ? html`<span aria-hidden="true">∩ </span>` : nothing}${name}`;

/** gateClasses say how a gate is drawn. */
export const gateClasses = ({ state, decides, stops, beyond, needed }: Gate): string =>
  [state, decides && "decides", stops && "stops", beyond && "beyond", !needed && "spared"].filter(Boolean).join(" ");
