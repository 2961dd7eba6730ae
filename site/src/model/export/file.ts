// The work as a file: a scenario file where every text is JSON, else a work file
// that keeps each text as it is. Both open again.

import { duplicateName } from "../duplicates.ts";
import { isPacked, NotPacked, pack, unpack } from "../packed.ts";
import { renamePolicy } from "../references.ts";
import type { OrganizationNode, Scenario } from "../scenario.ts";
import { readScenario, writeJson } from "../scenario.ts";
import { type Unopened, unopened } from "../unopened.ts";
import { byteLength, megabytes, openFile, type Workspace } from "../workspace.ts";
import type { Output } from "./subject.ts";

/** The most bytes of a file that is opened. */
export const mostFile = 8 << 20;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An organization's node without an attachment of its own has AWS's default. */
function detachDefault(node: OrganizationNode): void {
  node.scps ??= [];
  for (const child of [...(node.units ?? []), ...(node.accounts ?? [])]) detachDefault(child);
}

/** detached is the scenario with its left-out policies attached nowhere, which is what leaving them out means. */
function detached(scenario: Scenario, without: readonly string[]): Scenario {
  const copy = structuredClone(scenario);
  if (copy.organization && without.includes("FullAWSAccess")) detachDefault(copy.organization.root);
  for (const name of without) renamePolicy(copy, name, undefined);
  return copy;
}

/** wholeFile puts a scenario and its policies together; or says which text is broken. */
function wholeFile(scenario: Record<string, unknown>, { policies }: Workspace): Output {
  const documents: [string, unknown][] = [];
  for (const { name, text } of policies) {
    const document = parsed(text);
    if (!isObject(document))
      return { problem: `The policy "${name}" is no JSON object, so it can't stand in a scenario file.` };
    documents.push([name, document]);
  }
  // A file lists its policies before the requests that meet them.
  const { requests, ...before } = scenario;
  const file = {
    ...before,
    ...(documents.length === 0 ? {} : { policies: Object.fromEntries(documents) }),
    ...(requests === undefined ? {} : { requests }),
  };
  return { text: `${writeJson(file)}\n` };
}

/** scenarioFile is the work as engine/SCENARIO.md has it, with every policy attached. */
export function scenarioFile(workspace: Workspace): Output {
  const scenario = parsed(workspace.scenario);
  return isObject(scenario)
    ? wholeFile(scenario, workspace)
    : { problem: "The scenario's text is no JSON object, so it can't be a scenario file." };
}

/** decidedFile is the scenario file that gives the decisions of now, with left-out policies attached nowhere. */
export function decidedFile(workspace: Workspace, change: (scenario: Scenario) => void = () => {}): Output {
  const scenario = readScenario(workspace.scenario);
  if (!scenario) return { problem: "The scenario's text can't be read: mend it first." };
  const copy = detached(scenario, workspace.without);
  change(copy);
  return wholeFile({ ...copy }, workspace);
}

/** workFile keeps each text as it is, be it broken: the JSON that a link carries. */
export const workFile = (workspace: Workspace): string => `${pack(workspace)}\n`;

/** fileName is a file's name for a work: its title in small letters. */
export function fileName({ scenario }: Workspace, ending: string): string {
  const { title = "" } = readScenario(scenario) ?? {};
  const words = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${words.slice(0, 60) || "scenario"}${ending}`;
}

const notOpened = (cause: Unopened["cause"], why: string, raw?: string): Unopened =>
  unopened(cause, `This file was not opened: ${why}.`, raw);

/** tooLarge refuses a file for its size. */
export const tooLarge = (bytes: number): Unopened =>
  notOpened("tooLarge", `it has ${megabytes(bytes)}; at most ${megabytes(mostFile)} are opened`);

/** openScenarioFile is the work of a scenario file or a work file. */
export function openScenarioFile(text: string): Workspace | Unopened {
  const size = byteLength(text);
  if (size > mostFile) return tooLarge(size);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return notOpened("damaged", `it is not JSON (${why})`);
  }
  const twice = duplicateName(text);
  if (twice !== undefined) {
    return notOpened("damaged", `an object in it has \`${twice}\` twice, of which one would be lost; keep one of them`);
  }
  if (isPacked(value)) return openWork(value);
  if (!isObject(value) || !("requests" in value)) {
    return notOpened(
      "notScenario",
      "it is JSON, but no scenario: a scenario has `requests`, and optionally `policies`",
    );
  }
  if ("policies" in value && !isObject(value["policies"])) {
    return notOpened("notScenario", "its `policies` are not an object of policies by their names");
  }
  try {
    return openFile(text);
  } catch (cause) {
    return notOpened("notScenario", cause instanceof Error ? cause.message : String(cause));
  }
}

function openWork(value: Record<string, unknown>): Workspace | Unopened {
  if (typeof value["v"] === "number" && value["v"] > 1) {
    return notOpened("later", "a later version of Fenceline made it; reload the page to get its newest version");
  }
  try {
    return unpack(value);
  } catch (cause) {
    if (cause instanceof NotPacked) return notOpened("notScenario", cause.message);
    throw cause;
  }
}
