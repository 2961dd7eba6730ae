// The selected request as a form; its twin is the scenario's JSON.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { setMember, setUnknown } from "../model/context.ts";
import type { Request, SessionPart } from "../model/scenario.ts";
import { SessionElement } from "./element.ts";
import "./context.ts";

type TextMember = "name" | "principal" | "action" | "resource";

const inputValue = (event: Event): string => (event.target as HTMLInputElement).value;

export class FencelineRequest extends SessionElement {
  #set(member: TextMember, label: string, value: string): void {
    this.session.changeRequest((changed) => (changed[member] = value), `Changed the ${label.toLowerCase()}`, member);
  }

  #text(request: Request, member: TextMember, label: string, list?: string): TemplateResult {
    return html`<label class="field">
      <span>${label}</span>
      <input
        name=${member}
        .value=${live(request[member] ?? "")}
        list=${list ?? nothing}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        @input=${(event: Event) => this.#set(member, label, inputValue(event))}
      />
    </label>`;
  }

  #sessionText(request: Request, member: "name" | "user", label: string): TemplateResult {
    const set = (value: string): void =>
      this.session.changeRequest(
        (changed) => {
          const part: SessionPart = { ...changed.session };
          setMember(part, member, value === "" ? undefined : value);
          setMember(changed, "session", Object.keys(part).length > 0 ? part : undefined);
        },
        "Changed the session",
        `session ${member}`,
      );
    return html`<label class="field">
      <span>${label}</span>
      <input
        name="session-${member}"
        .value=${live(request.session?.[member] ?? "")}
        autocomplete="off"
        spellcheck="false"
        @input=${(event: Event) => set(inputValue(event))}
      />
    </label>`;
  }

  #sessionFields(request: Request): TemplateResult | typeof nothing {
    const principal = request.principal ?? "";
    const policies = request.session?.policies ?? [];
    const listed = policies.length > 0 ? html`<p class="hint">Session policies: ${policies.join(", ")}</p>` : nothing;
    if (/^arn:[^:]+:iam::\d+:role\//.test(principal)) {
      return html`${this.#sessionText(request, "name", "Session name")}${listed}`;
    }
    if (/^arn:[^:]+:sts::\d+:federated-user\//.test(principal)) {
      return html`${this.#sessionText(request, "user", "The user who made the session")}${listed}`;
    }
    return listed;
  }

  #resource(request: Request): TemplateResult {
    if (request.parameters !== undefined) {
      return html`<p class="hint">
        This request is a call: its resource and context follow from its parameters, which stand in the scenario's JSON.
      </p>`;
    }
    const unknown = (request.unknown ?? []).includes("resource");
    return html`${this.#text(request, "resource", "Resource")}
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(unknown)}
          @change=${(event: Event) => {
            const { checked } = event.target as HTMLInputElement;
            this.session.changeRequest(
              (changed) => setUnknown(changed, "resource", checked),
              checked ? "Marked the resource as unknown" : "Made the resource known",
            );
          }}
        />
        The resource is not known
      </label>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { request } = session;
    if (!request) return html``;
    return html`
      <h2>Request</h2>
      ${
        session.readable
          ? nothing
          : html`<p class="hint" role="note">The scenario's JSON can't be read as it stands. Mend it below the policies; then this form works again.</p>`
      }
      <fieldset ?disabled=${!session.readable}>
        <legend class="unseen">The selected request</legend>
        ${this.#text(request, "name", "Name")} ${this.#text(request, "principal", "Principal", "identities")}
        <datalist id="identities">
          ${(session.scenario.identities ?? []).map(({ arn }) => html`<option value=${arn}></option>`)}
        </datalist>
        ${this.#sessionFields(request)} ${this.#text(request, "action", "Action")} ${this.#resource(request)}
        <fenceline-context .session=${session}></fenceline-context>
      </fieldset>
    `;
  }
}

customElements.define("fenceline-request", FencelineRequest);
