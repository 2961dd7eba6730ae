// Who and what is there: identities, resources, the organization, endpoints, with the members that most people change.
// Everything else stands in the scenario's JSON.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { setMember } from "../model/context.ts";
import type { Identity, OrganizationNode, Resource, Scenario } from "../model/scenario.ts";
import { identityKind, identityWords, nodeWords, shortName } from "../model/attached.ts";
import { SessionElement } from "./element.ts";
import { group } from "./field.ts";
import { tagRows } from "./tags.ts";

const account = "111122223333";

/** The first name that is not taken: `arn:…/Alex`, `arn:…/Alex2`. */
function free(wish: string, taken: readonly string[]): string {
  let name = wish;
  for (let n = 2; taken.includes(name); n++) name = wish + String(n);
  return name;
}

const newIdentities = { user: "Alex", role: "Application", group: "Developers" } as const;

/** Every node of an organization, from the root. */
function nodesOf(node: OrganizationNode): OrganizationNode[] {
  return [node, ...[...(node.units ?? []), ...(node.accounts ?? [])].flatMap(nodesOf)];
}

function removeNode(node: OrganizationNode, id: string): void {
  for (const member of ["units", "accounts"] as const) {
    const children = node[member];
    if (children)
      setMember(
        node,
        member,
        children.filter((child) => child.id !== id),
      );
    for (const child of node[member] ?? []) removeNode(child, id);
  }
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value.trim();

export class FencelineInventory extends SessionElement {
  #field(label: string, value: string, set: (value: string) => void, placeholder = ""): TemplateResult {
    return html`<label class="field">
      <span>${label}</span>
      <input .value=${live(value)} placeholder=${placeholder} autocomplete="off" spellcheck="false" @change=${(event: Event) => set(valueOf(event))} />
    </label>`;
  }

  #change(mutate: (scenario: Scenario) => void, what: string): void {
    this.session.change(mutate, what);
  }

  #remove(words: string, mutate: (scenario: Scenario) => void): TemplateResult {
    const remove = (): void => {
      this.closest<HTMLElement>(".pane")?.focus();
      this.#change(mutate, `Deleted ${words}`);
      this.session.say(`Deleted ${words}.`, true);
    };
    return html`<div class="tools">
      <button type="button" aria-label="Delete ${words}" @click=${remove}>Delete</button>
    </div>`;
  }

  #identity(identity: Identity, at: number): TemplateResult {
    const { arn, policies = [], boundary, trust, groups = [], tags = {} } = identity;
    const words = identityWords(arn);
    const kind = identityKind(arn);
    const change = (mutate: (changed: Identity) => void): void =>
      this.#change((scenario) => {
        const changed = scenario.identities?.[at];
        if (changed) mutate(changed);
      }, `Changed ${words}`);
    const list = (text: string): string[] | undefined => {
      const names = text.split(/[\s,]+/).filter((one) => one !== "");
      return names.length > 0 ? names : undefined;
    };
    const has = [
      policies.length > 0 ? `policies ${policies.map(shortName).join(", ")}` : "no policies",
      ...(boundary ? [`boundary ${shortName(boundary)}`] : []),
      ...(trust ? [`trust policy ${trust}`] : []),
      ...(groups.length > 0 ? [`in ${groups.map(shortName).join(", ")}`] : []),
    ];
    return html`<details class="entry">
      <summary>${words.replace(/^the /, "")} <span class="policy-note">${has.join("; ")}</span></summary>
      <div class="entry-body">
        ${this.#field("ARN", arn, (value) => change((changed) => (changed.arn = value)))}
        ${kind === "user" ? this.#field("Groups, by ARN", groups.join(" "), (value) => change((changed) => setMember(changed, "groups", list(value))), `arn:aws:iam::${account}:group/Developers`) : nothing}
        ${kind === "group" ? nothing : tagRows("Tags", words, tags, (next) => change((changed) => setMember(changed, "tags", next)))}
        ${this.#remove(words, (scenario) => scenario.identities?.splice(at, 1))}
      </div>
    </details>`;
  }

  #addIdentity(kind: keyof typeof newIdentities): void {
    this.#change((scenario) => {
      const identities = (scenario.identities ??= []);
      const arn = free(
        `arn:aws:iam::${account}:${kind}/${newIdentities[kind]}`,
        identities.map((one) => one.arn),
      );
      identities.push({ arn });
    }, `Added a ${kind}`);
  }

  #resource(resource: Resource, at: number): TemplateResult {
    const { arn, account: owner = "", policy, tags = {} } = resource;
    const change = (mutate: (changed: Resource) => void): void =>
      this.#change((scenario) => {
        const changed = scenario.resources?.[at];
        if (changed) mutate(changed);
      }, `Changed ${arn}`);
    return html`<details class="entry">
      <summary><code>${arn}</code> <span class="policy-note">${policy ? `policy ${policy}` : "no policy"}</span></summary>
      <div class="entry-body">
        ${this.#field("ARN", arn, (value) => change((changed) => (changed.arn = value)))}
        ${this.#field("Account, where the ARN names none", owner, (value) => change((changed) => setMember(changed, "account", value || undefined)), account)}
        ${tagRows("Tags", arn, tags, (next) => change((changed) => setMember(changed, "tags", next)))}
        ${this.#remove(arn, (scenario) => scenario.resources?.splice(at, 1))}
      </div>
    </details>`;
  }

  #addResource(): void {
    this.#change((scenario) => {
      const resources = (scenario.resources ??= []);
      const arn = free(
        "arn:aws:s3:::example-bucket",
        resources.map((one) => one.arn),
      );
      resources.push({ arn });
    }, "Added a resource");
  }

  #inNode(id: string, mutate: (node: OrganizationNode) => void, what: string): void {
    this.#change(({ organization }) => {
      const node = organization && nodesOf(organization.root).find((one) => one.id === id);
      if (node) mutate(node);
    }, what);
  }

  #addNode(parent: OrganizationNode, kind: "units" | "accounts"): void {
    const { organization } = this.session.scenario;
    const taken = organization ? nodesOf(organization.root).map(({ id }) => id) : [];
    let id = "";
    for (let n = 1; id === "" || taken.includes(id); n++) {
      id = kind === "units" ? `ou-abcd-${String(n).padStart(8, "0")}` : String(Number(account) + (n - 1) * 1111);
    }
    this.#inNode(parent.id, (node) => (node[kind] ??= []).push({ id }), `Added ${id}`);
  }

  #node(node: OrganizationNode, kind: "root" | "unit" | "account"): TemplateResult {
    const { id, name = "", scps = ["FullAWSAccess"], rcps = [] } = node;
    const children = [
      ...(node.units ?? []).map((unit) => this.#node(unit, "unit")),
      ...(node.accounts ?? []).map((one) => this.#node(one, "account")),
    ];
    const limits = scps.length > 0 ? `SCPs ${scps.join(", ")}` : "no SCP: nothing is allowed here";
    const rename = (value: string): void =>
      this.#inNode(id, (changed) => setMember(changed, "name", value || undefined), `Renamed ${id}`);
    const renumber = (value: string): void => this.#inNode(id, (changed) => (changed.id = value), `Changed ${id}`);
    return html`<li>
      <details class="entry">
        <summary>${kind} ${nodeWords(node)} <span class="policy-note">${limits}${rcps.length > 0 ? `; RCPs ${rcps.join(", ")}` : ""}</span></summary>
        <div class="entry-body">
          ${this.#field(kind === "account" ? "Account id" : "Id", id, renumber)}
          ${kind === "unit" ? this.#field("Name", name, rename) : nothing}
          ${
            kind === "account"
              ? nothing
              : html`<div class="tools">
                <button type="button" aria-label="Add a unit under ${id}" @click=${() => this.#addNode(node, "units")}>Add a unit</button>
                <button type="button" aria-label="Add an account under ${id}" @click=${() => this.#addNode(node, "accounts")}>Add an account</button>
              </div>`
          }
          ${kind === "root" ? nothing : this.#remove(`${kind} ${id}`, ({ organization }) => organization && removeNode(organization.root, id))}
        </div>
      </details>
      ${children.length > 0 ? html`<ul>${children}</ul>` : nothing}
    </li>`;
  }

  #organization(): TemplateResult {
    const { organization } = this.session.scenario;
    const found = (): void =>
      this.#change((scenario) => {
        scenario.organization = {
          id: "o-exampleorgid",
          managementAccount: "999999999999",
          root: { id: "r-abcd", accounts: [{ id: account }] },
        };
      }, "Added an organization");
    if (!organization) {
      return html`<p class="hint">The accounts are in no organization.</p>
        <div class="tools"><button type="button" @click=${found}>Add an organization</button></div>`;
    }
    const words = "the organization";
    return html`<ul class="tree">${this.#node(organization.root, "root")}</ul>
      ${this.#remove(words, (scenario) => delete scenario.organization)}`;
  }

  #endpoints(): TemplateResult {
    const { vpcEndpoints = [] } = this.session.scenario;
    const add = (): void =>
      this.#change((scenario) => {
        const endpoints = (scenario.vpcEndpoints ??= []);
        const id = free(
          "vpce-0a1b2c3d",
          endpoints.map((one) => one.id),
        );
        endpoints.push({ id });
      }, "Added a VPC endpoint");
    return html`${vpcEndpoints.map(
      (endpoint, at) => html`<details class="entry">
          <summary><code>${endpoint.id}</code> <span class="policy-note">${endpoint.policy ? `policy ${endpoint.policy}` : "no policy"}</span></summary>
          <div class="entry-body">
            ${this.#field("Id", endpoint.id, (value) =>
              this.#change((scenario) => {
                const changed = scenario.vpcEndpoints?.[at];
                if (changed) changed.id = value;
              }, `Changed ${endpoint.id}`),
            )}
            ${this.#remove(endpoint.id, (scenario) => scenario.vpcEndpoints?.splice(at, 1))}
          </div>
        </details>`,
    )}
      <div class="tools"><button type="button" @click=${add}>Add an endpoint</button></div>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { identities = [], resources = [] } = session.scenario;
    const counts = [
      `${identities.length} ${identities.length === 1 ? "identity" : "identities"}`,
      `${resources.length} ${resources.length === 1 ? "resource" : "resources"}`,
      session.scenario.organization ? "an organization" : "no organization",
    ];
    return html`<details class="policy">
      <summary>
        <span class="policy-name">Who and what is there</span> <span class="policy-note">${counts.join(", ")}</span>
      </summary>
      ${group(
        "Who and what is there",
        session.readable,
        html`<h3>Identities</h3>
        ${identities.map((one, at) => this.#identity(one, at))}
        <div class="tools">
          ${(["user", "role", "group"] as const).map((kind) => html`<button type="button" @click=${() => this.#addIdentity(kind)}>Add a ${kind}</button>`)}
        </div>
        <h3>Resources</h3>
        ${resources.map((one, at) => this.#resource(one, at))}
        <div class="tools"><button type="button" @click=${() => this.#addResource()}>Add a resource</button></div>
        <h3>Organization</h3>
        ${this.#organization()}
        <h3>VPC endpoints</h3>
        ${this.#endpoints()}`,
      )}
    </details>`;
  }
}

customElements.define("fenceline-inventory", FencelineInventory);
