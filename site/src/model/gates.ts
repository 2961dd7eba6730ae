// The evaluation as gates that a request passes, in AWS's order, or stops at.

import type { GateResult, LayerResult, RequestResult } from "./result.ts";
import type { OrganizationNode, Scenario } from "./scenario.ts";
import type { Verdict } from "./verdict.ts";

/** A gate as it is drawn. */
export interface Gate {
  /** Tells it from the others of its request. */
  readonly key: string;
  readonly kind: GateResult["gate"];
  readonly name: string;
  /** The level of the organization, for people. */
  readonly level: string;
  readonly state: GateResult["state"];
  readonly needed: boolean;
  readonly decides: boolean;
  /** Whether the request stops here: the line is drawn across. */
  readonly stops: boolean;
  /** Whether the request never comes here, since it was stopped before. */
  readonly beyond: boolean;
  readonly verdict: Verdict;
  readonly reason: string;
  /** What its policies said. */
  readonly layers: readonly LayerResult[];
}

/** Gates that one account, or both, have. */
export interface Lane {
  /** Whose gates they are, where two accounts must both allow. */
  readonly title: string;
  readonly gates: readonly Gate[];
}

const names: Record<GateResult["gate"], string> = {
  explicitDeny: "Explicit denies",
  service: "Rule of the service",
  resourceControlPolicy: "RCPs",
  serviceControlPolicy: "SCPs",
  vpcEndpointPolicy: "Endpoint policy",
  resourcePolicy: "Resource-based policy",
  trustPolicy: "Trust policy",
  identityPolicy: "Identity-based policies",
  permissionsBoundary: "Permissions boundary",
  sessionPolicy: "Session policy",
};

/** gateName is a gate's name, short. */
export const gateName = (kind: GateResult["gate"]): string => names[kind];

/** What a gate says when the request comes to it, and what it would have said when it does not. */
type Words = readonly [said: string, would: string];

const layerWords: Record<GateResult["state"], Words> = {
  open: ["allows", "would allow"],
  shut: ["does not allow", "would not allow"],
  absent: ["not present", "not present"],
  aside: ["does not grant", "would not grant"],
  unknown: ["depends", "would depend"],
};

const denyWords: Record<GateResult["state"], Words> = {
  ...layerWords,
  open: ["none matches", "none matches"],
  shut: ["one matches", "one matches"],
};

const looks: Record<GateResult["state"], Pick<Verdict, "sign" | "tone">> = {
  open: { sign: "✓", tone: "allow" },
  shut: { sign: "✖", tone: "deny" },
  absent: { sign: "–", tone: "none" },
  aside: { sign: "○", tone: "none" },
  unknown: { sign: "?", tone: "depends" },
};

/** levelName tells a node of the organization by its kind, and a unit by its name. */
export function levelName(at: string, root: OrganizationNode | undefined): string {
  const id = at.split("/").at(-1) ?? "";
  if (id.startsWith("r-")) return "root";
  if (/^\d{12}$/.test(id)) return "account";
  const name = findNode(root, id)?.["name"];
  return `unit ${typeof name === "string" && name !== "" ? name : id}`;
}

function findNode(node: OrganizationNode | undefined, id: string): OrganizationNode | undefined {
  if (!node || node.id === id) return node;
  for (const unit of node.units ?? []) {
    const found = findNode(unit, id);
    if (found) return found;
  }
  return undefined;
}

/** verdictAt is what a gate says of the request, or would have said. */
function verdictAt({ gate, state, needed }: GateResult, denies: boolean): Verdict {
  const [said, would] = (gate === "explicitDeny" ? denyWords : layerWords)[state];
  const words = denies ? "denies" : needed ? said : would;
  return { ...looks[state], words, ...(needed ? {} : { tone: "none" }) };
}

function asGate(result: GateResult, all: RequestResult, scenario: Pick<Scenario, "organization">): Gate {
  const { gate, at, state, needed, decides, reason } = result;
  const layers = all.layers.filter((layer) => layer.layer === gate && (at === undefined || layer.at === at));
  const denies = layers.some(({ decision }) => decision === "explicitDeny");
  return {
    key: at === undefined ? gate : `${gate} ${at}`,
    kind: gate,
    name: names[gate],
    level: at === undefined ? "" : levelName(at, scenario.organization?.root),
    state,
    needed,
    decides,
    stops: needed && state === "shut",
    beyond: !needed && all.decision !== "allowed",
    verdict: verdictAt(result, denies),
    reason,
    layers,
  };
}

/** RCPs allow everywhere, since RCPFullAWSAccess can't be detached: where all levels say the same they are one gate. */
function joined(gates: readonly Gate[]): Gate[] {
  const out: Gate[] = [];
  for (const gate of gates) {
    const last = out.at(-1);
    const same =
      last?.kind === "resourceControlPolicy" && gate.kind === last.kind && gate.verdict.words === last.verdict.words;
    if (!same || gate.needed !== last.needed) out.push(gate);
    else out.splice(-1, 1, { ...last, level: "", layers: [...last.layers, ...gate.layers] });
  }
  return out;
}

function accountOf(result: RequestResult, key: string): string {
  return result.context.find((entry) => entry.key.toLowerCase() === key)?.values[0] ?? "";
}

/** lanesOf are the gates of a request: those that belong to no account alone, then each account's where two must allow. */
export function lanesOf(result: RequestResult, scenario: Pick<Scenario, "organization">): Lane[] {
  const side = (of: GateResult["side"]): Gate[] =>
    joined(result.gates.filter((gate) => gate.side === of).map((gate) => asGate(gate, result, scenario)));
  if (result.gates.every((gate) => gate.side === undefined)) return [{ title: "", gates: side(undefined) }];
  const title = (whose: string, key: string): string => `${whose} account ${accountOf(result, key)}`.trim();
  return [
    { title: "", gates: side(undefined) },
    { title: title("The caller's", "aws:principalaccount"), gates: side("caller") },
    { title: title("The resource's", "aws:resourceaccount"), gates: side("resource") },
  ];
}

/** The gate that is looked at first: the one that settled the request, else one that depends. */
export function gateToShow(lanes: readonly Lane[]): Gate | undefined {
  const gates = lanes.flatMap((lane) => lane.gates);
  return gates.find(({ decides }) => decides) ?? gates.find(({ needed, state }) => needed && state === "unknown");
}

/** What a gate means for the answer, beside what it says. */
export function gateNote(gate: Gate): string {
  if (gate.stops && gate.decides) return "stops here";
  if (gate.stops) return "stops here, too";
  if (gate.decides) return "this settles it";
  if (gate.needed || gate.state === "absent") return "";
  return gate.beyond ? "not reached" : "not needed";
}

/** gateTitle is a gate's name with its level. */
export const gateTitle = ({ name, level }: Gate): string => (level === "" ? name : `${name}, ${level}`);

/** Whether a lane lets the request pass; undefined where it was stopped before. */
export function laneVerdict({ gates }: Lane): Verdict | undefined {
  const needed = gates.filter((gate) => gate.needed);
  if (needed.length === 0) return undefined;
  const state = needed.some(({ stops }) => stops)
    ? "shut"
    : needed.some(({ state }) => state === "unknown")
      ? "unknown"
      : "open";
  return { ...looks[state], words: layerWords[state][0] };
}
