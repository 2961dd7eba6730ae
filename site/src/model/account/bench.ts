// One principal's bench: a session over what the principal meets, which can go back to what the account says.

import type { EngineClient } from "../../engine/client.ts";
import { identityArn } from "../attach.ts";
import type { Catalogue } from "../catalogue.ts";
import { Memory } from "../memory.ts";
import { readScenario, type Request, type Scenario, writeJson } from "../scenario.ts";
import { Session } from "../session.ts";
import type { Workspace } from "../workspace.ts";
import type { Excerpt } from "./answers.ts";
import type { Holding } from "./holding.ts";

/** The texts without the requests, which are a person's own. */
const withoutRequests = (scenario: Scenario): string => writeJson({ ...scenario, requests: [] });

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** Bench is a session, and the account's own state beside it. */
export class Bench {
  readonly session: Session;
  readonly arn: string;
  readonly #holding: Holding;
  #account: Workspace;
  #others: readonly string[] | undefined;
  #compared: { readonly with: Workspace; readonly changed: boolean } | undefined;

  constructor(engine: EngineClient, holding: Holding, actions: Catalogue, arn: string, workspace: Workspace) {
    this.arn = arn;
    this.#holding = holding;
    this.#account = workspace;
    this.session = new Session(engine, new Memory(), workspace, undefined, actions);
    this.session.evaluate();
  }

  /** Whether anything but the request differs from what the account says. */
  get changed(): boolean {
    const { workspace } = this.session;
    if (this.#compared?.with !== workspace) this.#compared = { with: workspace, changed: this.#differs(workspace) };
    return this.#compared.changed;
  }

  #differs({ scenario, policies, without }: Workspace): boolean {
    const own = this.#account.policies;
    if (without.length > 0 || policies.length !== own.length) return true;
    if (policies !== own && policies.some(({ name, text }, at) => own[at]?.name !== name || own[at].text !== text))
      return true;
    const [now, was] = [readScenario(scenario), readScenario(this.#account.scenario)];
    return !now || !was || withoutRequests(now) !== withoutRequests(was);
  }

  /** Goes back to what the account says; the requests stay. */
  reset(): void {
    const { session } = this;
    const account = readScenario(this.#account.scenario);
    if (!account) return;
    const scenario = writeJson({ ...account, requests: session.scenario.requests });
    session.apply({ ...this.#account, scenario, selected: session.selected }, "Went back to the account as it is");
  }

  /** Asks a request of the principal, in the place of the one that is asked. */
  ask(request: Request): void {
    const { session } = this;
    const at = session.selected;
    session.change(
      ({ requests }) => requests.splice(at, 1, { name: "A first request", ...request, principal: this.arn }),
      `Asked about ${request.action ?? "a request"}`,
    );
  }

  /** Whether the request is somebody else's, of whom the bench has no policies. */
  get stranger(): string | undefined {
    const { scenario, request } = this.session;
    if (!request || identityArn(scenario, request) === this.arn) return undefined;
    return request.principal ?? "";
  }

  /** What of the account the selected request names, or the table of every action, and the bench lacks: a resource with a policy, a role. */
  lacking(targets: readonly string[]): string | undefined {
    const { stage } = this.#holding;
    const { scenario, request } = this.session;
    if (stage.kind !== "held") return undefined;
    const known = !(request?.unknown ?? []).includes("resource");
    const resources = [...(known && request?.resource ? [request.resource] : []), ...targets];
    const named = new Set(resources.flatMap((arn) => [arn, arn.split("/")[0]]));
    const has = new Set([...(scenario.resources ?? []), ...(scenario.identities ?? [])].map(({ arn }) => arn));
    const held = [...stage.inventory.resources, ...stage.inventory.principals];
    return held.find(({ arn }) => named.has(arn) && !has.has(arn))?.arn;
  }

  /** The other users and roles of the account. */
  get others(): readonly string[] {
    const { stage } = this.#holding;
    if (stage.kind !== "held") return [];
    this.#others ??= stage.inventory.principals
      .filter(({ arn, kind }) => kind !== "group" && arn !== this.arn)
      .map(({ arn }) => arn);
    return this.#others;
  }

  /** The request that is asked here as another principal makes it, with what that one meets in the account. */
  async asIf(arn: string, targets: readonly string[]): Promise<Workspace> {
    const { session: _, name: __, expect: ___, ...asked } = this.session.request ?? {};
    const request = { ...asked, principal: arn };
    const { scenario, policies } = await this.#holding.ask({
      call: "accountScenario",
      principal: arn,
      targets,
      requests: JSON.stringify([request]),
    });
    return { scenario, policies, selected: 0, without: [] };
  }

  /** Brings along what is lacking, with its policies. */
  async bring(arn: string): Promise<void> {
    const excerpt = await this.#holding.ask({
      call: "accountScenario",
      principal: this.arn,
      targets: [arn],
      requests: "[]",
    });
    const other = accountOf(arn) !== "" && accountOf(arn) !== accountOf(this.arn);
    const what = `Brought ${arn} along from the account${other ? ", with the organization above it" : ""}`;
    this.#account = joined(this.#account, excerpt, other);
    this.session.apply(joined(this.session.workspace, excerpt, other), what);
  }
}

/** joined adds what a work lacks of an excerpt. With a resource of another account comes the organization above both. */
function joined(work: Workspace, excerpt: Excerpt, organization: boolean): Workspace {
  const [scenario, more] = [readScenario(work.scenario), readScenario(excerpt.scenario)];
  if (!scenario || !more) return work;
  const missing = <T extends { readonly arn: string }>(own: readonly T[] = [], other: readonly T[] = []): T[] => [
    ...own,
    ...other.filter(({ arn }) => own.every((one) => one.arn !== arn)),
  ];
  const whole: Scenario = {
    ...scenario,
    identities: missing(scenario.identities, more.identities),
    resources: missing(scenario.resources, more.resources),
    ...(organization && more.organization ? { organization: more.organization } : {}),
  };
  const added = excerpt.policies.filter(({ name }) => work.policies.every((one) => one.name !== name));
  return { ...work, scenario: writeJson(whole), policies: [...work.policies, ...added] };
}
