// Exercises in which policies are read, not edited.

import { html } from "lit";
import { Task } from "./task.ts";

export abstract class Reading extends Task {
  protected override policiesPart(): unknown {
    return this.work.policies.map(
      ({ name, text }) =>
        html`<div class="policy">
          <h3 class="exercise-policy-name"><span class="policy-name">${name}</span></h3>
          ${this.attachedPart(name)}
          <pre class="still-text" tabindex="0" role="group" aria-label="Policy ${name}">${text}</pre>
        </div>`,
    );
  }
}
