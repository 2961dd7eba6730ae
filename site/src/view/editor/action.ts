// What AWS says of an action, or of a pattern of actions, in a policy's help.

import { html, nothing, type TemplateResult } from "lit";
import type { ActionFacts, Described } from "../../model/catalogue.ts";

const reference =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html";

/** The most resource types, keys and matches that are listed. */
const mostListed = 8;

function listed(names: readonly string[], count = names.length): string {
  const more = count - Math.min(names.length, mostListed);
  return names.slice(0, mostListed).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function matchesView({ matches, service }: Described): TemplateResult {
  const { count = 0, actions = [] } = matches ?? {};
  const of = service ? ` of ${service.name}` : "";
  if (count === 0) return html`<p>No action${of} that AWS lists matches.</p>`;
  const head = count === 1 ? `One action${of} matches` : `${count} actions${of} match`;
  return html`<p>${head}: ${listed(actions, count)}.</p>`;
}

function resourcesView({ resources }: ActionFacts): TemplateResult {
  if (resources.length === 0) {
    return html`<p>It needs <code>*</code> as its resource: it works on nothing that has an ARN.</p>`;
  }
  const more = resources.length - mostListed;
  return html`<p>It works on:</p>
    ${resources
      .slice(0, mostListed)
      .map(
        ({ name, required, arns }) =>
          html`<p class="facts">${name}${required ? ", required" : ""}: ${arns.map((arn) => html`<code>${arn}</code> `)}</p>`,
      )}
    ${more > 0 ? html`<p class="facts">and ${more} more</p>` : nothing}`;
}

function factsView(action: ActionFacts, service: string | undefined): TemplateResult {
  const { name, access, keys, dependent } = action;
  return html`<p><strong>${name}</strong> ${access}${service ? `, ${service}` : ""}</p>
    ${resourcesView(action)}
    ${keys.length > 0 ? html`<p class="facts">Condition keys: ${listed(keys.map((key) => key.name))}</p>` : nothing}
    ${dependent.length > 0 ? html`<p class="facts">It needs as well: ${dependent.join(", ")}</p>` : nothing}`;
}

/** actionView tells what an action works on and which keys it has, what a pattern matches, or what is meant by an unknown name. */
export function actionView(described: Described): TemplateResult {
  const { service, action, matches, like } = described;
  if (matches) return matchesView(described);
  if (!action) {
    const of = service ? ` of ${service.name}` : "";
    return html`<p>AWS lists no such action${of}.${like ? html` Did you mean <code>${like[0]}</code>?` : nothing}</p>`;
  }
  return html`${factsView(action, service?.name)}
    <p><a href=${reference} target="_blank" rel="noopener">AWS about actions, resources and condition keys</a></p>`;
}
