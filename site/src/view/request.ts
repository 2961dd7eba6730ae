// The selected request, as a form or as JSON: two views of one thing.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { openPlace } from "../model/catalogue.ts";
import { loadParameters, type ParameterWord } from "../assets.ts";
import { setMember, setUnknown } from "../model/context.ts";
import { requestLines } from "../model/export/words.ts";
import { asCall } from "../model/parameters.ts";
import { type RequestProblem, requestProblems } from "../model/requestProblems.ts";
import type { Problem } from "../model/result.ts";
import { readRequest, type Request, type SessionPart, writeJson } from "../model/scenario.ts";
import type { rangeOf } from "../model/places.ts";
import { type Offer, resourceOffers } from "../model/surroundings.ts";
import type { EditEvent } from "./editor.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { Facts } from "./facts.ts";
import { group } from "./field.ts";
import { Later } from "./later.ts";
import { Printing } from "./printing.ts";
import { sentence } from "./prose.ts";
import { tagRows } from "./tags.ts";
import "./context.ts";
import "./editor.ts";

type TextMember = "name" | "principal" | "action" | "resource";

/** Members in which AWS's list of actions helps: it is loaded when a person goes there. */
const looksUp: ReadonlySet<TextMember> = new Set<TextMember>(["action", "resource"]);

/** The most resources that are offered. */
const mostOffers = 6;

const inputValue = (event: Event): string => (event.target as HTMLInputElement).value;

/** Whether a principal is a session that may carry policies and tags, by what it is. */
const sessionKinds = {
  role: /^arn:[^:]+:iam::\d+:role\//,
  assumedRole: /^arn:[^:]+:sts::\d+:assumed-role\//,
  federatedUser: /^arn:[^:]+:sts::\d+:federated-user\//,
};

export class FencelineRequest extends SessionElement {
  static override properties = { ...SessionElement.properties, only: { attribute: false }, asJson: { state: true } };

  /** Where everything is about one principal: who that is. The form then tells it instead of asking. */
  declare only: string | undefined;
  /** Whether the request is shown as JSON. */
  declare asJson: boolean;
  /** On paper the request stands as a list, which cuts nothing off. */
  readonly #printing = new Printing(this);
  /** What stands in the JSON editor while it is not the request as this page writes it. */
  #draft: { readonly text: string; readonly request: string; readonly wrong: string } | undefined;
  /** Finds places in the request's JSON, once that was asked for. */
  #rangeOf: typeof rangeOf | undefined;
  #problems: RequestProblem[] = [];
  readonly #facts = new Facts(this);
  readonly #parametersCode = new Later(this, () => import("./parameters.ts"));
  /** The action whose parameters were looked up, and what they are where its calls are known. */
  #action: string | undefined;
  #parameters: readonly ParameterWord[] | undefined;

  constructor() {
    super();
    this.asJson = false;
  }

  #problemsOf(member: string | undefined): Problem[] {
    return this.#problems.filter(({ path }) => path[0] === member).map(({ problem }) => problem);
  }

  /** The problems of a member, under its field. */
  #wrong(member: string | undefined): TemplateResult | typeof nothing {
    const problems = this.#problemsOf(member);
    if (problems.length === 0) return nothing;
    return html`<div class="wrong" id="wrong-${member ?? "request"}">
      ${problems.map(({ message, severity }) => html`<p class="severity-${severity}">${sentence(message)}</p>`)}
    </div>`;
  }

  #set(member: TextMember, label: string, value: string): void {
    this.session.changeRequest((changed) => (changed[member] = value), `Changed the ${label.toLowerCase()}`, member);
  }

  #text(request: Request, member: TextMember, label: string, list?: string): TemplateResult {
    const wrong = this.#problemsOf(member);
    return html`<label class="field">
        <span>${label}</span>
        <input
          name=${member}
          .value=${live(request[member] ?? "")}
          list=${list ?? nothing}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-invalid=${wrong.some(({ severity }) => severity === "error") ? "true" : nothing}
          aria-describedby=${wrong.length > 0 ? `wrong-${member}` : nothing}
          @focus=${() => looksUp.has(member) && void this.session.catalogue.load()}
          @input=${(event: Event) => this.#set(member, label, inputValue(event))}
        />
      </label>
      ${this.#wrong(member)}`;
  }

  #changeSession(mutate: (part: SessionPart) => void, place?: string): void {
    this.session.changeRequest(
      (changed) => {
        const part: SessionPart = { ...changed.session };
        mutate(part);
        setMember(changed, "session", Object.keys(part).length > 0 ? part : undefined);
      },
      "Changed the session",
      place,
    );
  }

  #sessionText(request: Request, member: "name" | "user", label: string): TemplateResult {
    const set = (value: string): void =>
      this.#changeSession((part) => setMember(part, member, value === "" ? undefined : value), `session ${member}`);
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

  #sessionPolicies(policies: readonly string[]): TemplateResult | typeof nothing {
    if (policies.length === 0) return nothing;
    return html`<p class="hint">Session policies: ${policies.join(", ")}. Attach and detach them at the policy.</p>`;
  }

  #sessionFields(request: Request): TemplateResult | typeof nothing {
    const principal = request.principal ?? "";
    const isRole = sessionKinds.role.test(principal);
    const isFederated = sessionKinds.federatedUser.test(principal);
    const { tags = {}, policies = [] } = request.session ?? {};
    const wrong = this.#wrong("session");
    if (!isRole && !isFederated && !sessionKinds.assumedRole.test(principal)) {
      return html`${this.#sessionPolicies(policies)}${wrong}`;
    }
    return html`${isRole ? this.#sessionText(request, "name", "Session name") : nothing}
      ${isFederated ? this.#sessionText(request, "user", "The user who made the session") : nothing}
      ${tagRows("Session tags", "the session", tags, (next) =>
        this.#changeSession((part) => setMember(part, "tags", next)),
      )}
      ${this.#sessionPolicies(policies)} ${wrong}`;
  }

  /** Puts a template in the field, with its first open place selected: that is typed over. */
  #take({ resource }: Offer): void {
    this.session.changeRequest((changed) => (changed.resource = resource), "Filled in the resource");
    const field = (): HTMLInputElement | null => this.querySelector<HTMLInputElement>("input[name=resource]");
    focusSoon(() => {
      const place = openPlace(resource);
      if (place) field()?.setSelectionRange(place.start, place.end);
      return field();
    });
  }

  /** What the action works on, where the resource is none of it. */
  #offers(request: Request): TemplateResult | typeof nothing {
    const action = this.#facts.now?.action;
    const offers = action ? resourceOffers(action, request.resource ?? "") : [];
    if (offers.length === 0) return nothing;
    return html`<div class="suggestions" role="group" aria-label="Resources of ${action?.name}">
      ${offers
        .slice(0, mostOffers)
        .map(
          (offer) =>
            html`<button type="button" class="suggestion" @click=${() => this.#take(offer)}><code>${offer.resource}</code> ${offer.why}</button>`,
        )}
    </div>`;
  }

  /** Where the action's calls are known, the request may be one. */
  #calling(request: Request): TemplateResult | typeof nothing {
    const { action = "" } = request;
    if (action !== this.#action) {
      this.#action = action;
      this.#parameters = undefined;
      void loadParameters(action).then((words) => {
        if (action === this.#action) this.#parameters = words;
        this.requestUpdate();
      });
    }
    const words = this.#parameters;
    if (!words) return nothing;
    return html`<div class="tools">
      <button type="button" class="quiet" @click=${() => this.session.changeRequest((changed) => asCall(changed, words), "Made the request a call")}>Give the call's parameters instead</button>
    </div>`;
  }

  #resource(request: Request): TemplateResult {
    if (request.parameters !== undefined) {
      const fields = html`<fenceline-parameters .session=${this.session}></fenceline-parameters>`;
      return html`${this.#wrong("resource")}${this.#parametersCode.here ? fields : nothing}`;
    }
    const unknown = (request.unknown ?? []).includes("resource");
    return html`${this.#text(request, "resource", "Resource")} ${unknown ? nothing : this.#offers(request)}
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
      </label>
      ${this.#calling(request)}
      ${this.#wrong("unknown")}`;
  }

  #who(request: Request): TemplateResult {
    return html`${this.#text(request, "name", "Name")} ${this.#text(request, "principal", "Principal", "identities")}
      <datalist id="identities">
        ${(this.session.scenario.identities ?? []).map(({ arn }) => html`<option value=${arn}></option>`)}
      </datalist>`;
  }

  #onlyWho(request: Request): TemplateResult {
    return html`<p class="field"><span>Principal</span> <code>${request.principal ?? this.only}</code></p>
      ${this.#wrong("principal")}`;
  }

  #form(request: Request): TemplateResult {
    const { session } = this;
    return group(
      "The selected request",
      session.readable,
      html`${this.#wrong(undefined)} ${this.only === undefined ? this.#who(request) : this.#onlyWho(request)}
      ${this.#sessionFields(request)} ${this.#text(request, "action", "Action")} ${this.#resource(request)}
      <fenceline-context .session=${session}></fenceline-context>
      ${this.#wrong("context")} ${this.#wrong("expect")}`,
    );
  }

  /** A text that is a request takes its place; another one is kept here until it is. */
  #edit(text: string): void {
    const read = readRequest(text);
    this.#draft = {
      text,
      request: "request" in read ? JSON.stringify(read.request) : JSON.stringify(this.session.request),
      wrong: "wrong" in read ? read.wrong : "",
    };
    if ("request" in read) this.session.replaceRequest(read.request);
    else this.requestUpdate();
  }

  async #loadPlaces(): Promise<void> {
    this.#rangeOf ??= (await import("../model/places.ts")).rangeOf;
    this.requestUpdate();
  }

  /** The problems as they stand in the request's own text. */
  #problemsIn(text: string): Problem[] {
    const find = this.#rangeOf;
    if (!find) return [];
    return this.#problems.map(({ problem, path }) => ({ ...problem, ...find(text, path) }));
  }

  #json(request: Request): TemplateResult {
    if (this.#draft?.request !== JSON.stringify(request)) this.#draft = undefined;
    const text = this.#draft?.text ?? writeJson(request);
    const wrong = this.#draft?.wrong;
    return html`<fenceline-editor
        .kind=${"scenario"}
        .label=${"The selected request"}
        .text=${text}
        .problems=${wrong ? [] : this.#problemsIn(text)}
        @edit=${(event: EditEvent) => this.#edit(event.detail)}
      ></fenceline-editor>
      ${
        wrong
          ? html`<p class="wrong" role="alert">This is not yet a request: ${wrong}. The form and the decision show the last one that was.</p>`
          : this.#problems.map(({ problem }) => html`<p class="wrong">${sentence(problem.message)}</p>`)
      }`;
  }

  #printed(request: Request): TemplateResult | typeof nothing {
    const result = this.session.current ? this.session.resultOf(this.session.selected) : undefined;
    if (!this.#printing.now || !result) return nothing;
    return html`<dl class="printed">
      ${requestLines({ request, result }).map(
        ([part, values]) => html`<dt>${part}</dt><dd>${values.map((value) => html`<code>${value}</code> `)}</dd>`,
      )}
    </dl>`;
  }

  #view(asJson: boolean, label: string): TemplateResult {
    return html`<button
      type="button"
      aria-pressed=${asJson === this.asJson ? "true" : "false"}
      @click=${() => {
        this.#draft = undefined;
        this.asJson = asJson;
        if (asJson) void this.#loadPlaces();
      }}
    >${label}</button>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { request, readable } = session;
    if (!request) return html``;
    this.#problems = session.fresh ? requestProblems(session.problems, session.selected) : [];
    return html`
      <div class="head-line">
        <h2>Request</h2>
        <div class="switch" role="group" aria-label="Show the request as">${this.#view(false, "Form")}${this.#view(true, "JSON")}</div>
      </div>
      ${
        readable
          ? nothing
          : html`<p class="hint" role="note">The scenario's JSON can't be read as it stands. Mend it below the policies; then this form works again.</p>`
      }
      ${this.#printed(request)}
      ${this.asJson && readable ? this.#json(request) : this.#form(request)}
    `;
  }
}

customElements.define("fenceline-request", FencelineRequest);
