// Adds a request for an action: a search over the actions that the work knows,
// and over all of AWS's once their list is there.

import { html, type TemplateResult } from "lit";
import { type KnownAction, knownActions } from "../model/actions.ts";
import type { FencelineActionSearch } from "./actionSearch.ts";
import { focusSoon, SessionElement } from "./element.ts";
import "./actionSearch.ts";

export class FencelineActions extends SessionElement {
  readonly #known = (): KnownAction[] => {
    const { scenario, workspace } = this.session;
    return knownActions({ scenario, policies: workspace.policies });
  };

  #add(event: CustomEvent<string>): void {
    (event.target as FencelineActionSearch).search = "";
    this.session.addRequest(event.detail);
    focusSoon(() => document.querySelector<HTMLElement>(".request[aria-current=true] .request-name"));
  }

  protected override render(): TemplateResult {
    return html`<fenceline-action-search
      .label=${"Add a request for an action"}
      .name=${"new-action"}
      .disabled=${!this.session.readable}
      .known=${this.#known}
      .listing=${this.session.catalogue.now}
      @focusin=${() => void this.session.catalogue.load()}
      @taken=${(event: CustomEvent<string>) => this.#add(event)}
    ></fenceline-action-search>`;
  }
}

customElements.define("fenceline-actions", FencelineActions);
