// Where policies are attached, and what is known of their texts, without a browser.

import { expect, test } from "@playwright/test";
import { emptinessWords, statementCount } from "../src/model/documents.ts";
import { Managed } from "../src/model/managed.ts";
import type { PolicyLayer } from "../src/model/result.ts";
import type { Scenario } from "../src/model/scenario.ts";
import { moveAll, type Slot, slotsOf } from "../src/model/attached.ts";

const account = "arn:aws:iam::111122223333";
const user = `${account}:user/U`;
const role = `${account}:role/team/R`;
const group = `${account}:group/G`;

const make = (): Scenario => ({
  identities: [{ arn: user, policies: ["P"], boundary: "B" }, { arn: group }, { arn: role, trust: "T" }],
  resources: [{ arn: "arn:aws:s3:::b" }],
  vpcEndpoints: [{ id: "vpce-1", policy: "E" }],
  organization: {
    root: { id: "r", units: [{ id: "ou", name: "Work", scps: [], accounts: [{ id: "1", rcps: ["X"] }] }] },
  },
  requests: [
    { principal: "arn:aws:sts::111122223333:assumed-role/R/s", resource: "arn:aws:s3:::b/key" },
    { name: "second", principal: `${account}:user/New`, resource: "arn:aws:sqs:eu-central-1:111122223333:q" },
  ],
});

const wordsOf = ({ layer, where, names }: Slot): string => `${layer} ${where}: ${names.join(" ")}`;

function slot(scenario: Scenario, layer: string, where: string): Slot {
  const found = slotsOf(scenario, 0).find((one) => one.layer === layer && one.where === where);
  if (!found) throw new Error(`there is no ${layer} at ${where}`);
  return found;
}

test("every place is listed, also those that attaching would make", () => {
  expect(slotsOf(make(), 0).map(wordsOf)).toEqual([
    "identityPolicy the user U: P",
    "permissionsBoundary the user U: B",
    "identityPolicy the group G: ",
    "identityPolicy the role R: ",
    "permissionsBoundary the role R: ",
    "trustPolicy the role R: T",
    "identityPolicy the user New: ",
    "permissionsBoundary the user New: ",
    "sessionPolicy the session of request 1: ",
    "resourcePolicy arn:aws:s3:::b: ",
    "resourcePolicy arn:aws:sqs:eu-central-1:111122223333:q: ",
    "serviceControlPolicy r: FullAWSAccess",
    "resourceControlPolicy r: ",
    "serviceControlPolicy Work (ou): ",
    "resourceControlPolicy Work (ou): ",
    "serviceControlPolicy 1: FullAWSAccess",
    "resourceControlPolicy 1: X",
    "vpcEndpointPolicy vpce-1: E",
  ]);
  expect(slotsOf(make(), 1).some(({ layer }) => layer === "sessionPolicy")).toBe(false);
});

test("a policy is put into a place and taken out of it", () => {
  for (const { layer, where } of slotsOf(make(), 0)) {
    const scenario = make();
    slot(scenario, layer, where).put("N");
    const filled = slot(scenario, layer, where);
    expect(filled.names.at(-1), `${layer} ${where}`).toBe("N");
    if (filled.single) expect(filled.names).toEqual(["N"]);
    filled.take("N");
    expect(slot(scenario, layer, where).names, `${layer} ${where}`).not.toContain("N");
  }
});

test("an SCP beside AWS's default keeps it, and the default can be detached", () => {
  const scenario = make();
  slot(scenario, "serviceControlPolicy", "r").put("N");
  expect(scenario.organization?.root.scps).toEqual(["FullAWSAccess", "N"]);
  slot(scenario, "serviceControlPolicy", "1").take("FullAWSAccess");
  expect(scenario.organization?.root.units?.[0]?.accounts?.[0]?.scps).toEqual([]);
});

test("a policy becomes the boundary of those who have it, and back", () => {
  const scenario = make();
  expect(moveAll(scenario, "P", "identityPolicy", "permissionsBoundary")).toBe(true);
  expect(scenario.identities?.[0]).toEqual({ arn: user, policies: [], boundary: "P" });
  expect(moveAll(scenario, "P", "permissionsBoundary", "identityPolicy")).toBe(true);
  expect(scenario.identities?.[0]).toEqual({ arn: user, policies: ["P"] });
  expect(moveAll(scenario, "E", "vpcEndpointPolicy", "identityPolicy")).toBe(false);
  const ofGroup: Scenario = { identities: [{ arn: group, policies: ["P"] }], requests: [] };
  expect(moveAll(ofGroup, "P", "identityPolicy", "permissionsBoundary")).toBe(false);
  expect(ofGroup.identities).toEqual([{ arn: group, policies: ["P"] }]);
});

test("statements are counted where the text is JSON", () => {
  const count = (text: string): number | undefined => statementCount({ name: "P", text });
  expect(count('{"Statement":[{},{}]}')).toBe(2);
  expect(count('{"Statement":{}}')).toBe(1);
  expect(count("{}")).toBe(0);
  expect(count("null")).toBe(0);
  expect(count("{")).toBeUndefined();
});

test("a policy that allows nothing says what that means where it stands", () => {
  const words = (layer: PolicyLayer, statements: string): string | undefined =>
    emptinessWords({ name: "P", text: `{"Statement":${statements}}` }, layer);
  expect(words("permissionsBoundary", "[]")).toBe(
    "An empty permissions boundary allows nothing: whatever the policies of its identity allow has no effect.",
  );
  expect(words("permissionsBoundary", '{"Effect":"Deny"}')).toMatch(
    /^A permissions boundary without an Allow statement/,
  );
  expect(words("permissionsBoundary", '[{"Effect":"Deny"},{"Effect":"Allow"}]')).toBeUndefined();
  expect(words("identityPolicy", "[]")).toMatch(/^An empty identity-based policy says nothing/);
  expect(words("identityPolicy", '[{"Effect":"Deny"}]')).toBeUndefined();
  expect(words("permissionsBoundary", "[")).toBeUndefined();
});

test("a managed policy's text is asked for once, and again after a failure", async () => {
  const asked: string[] = [];
  let broken = true;
  const managed = new Managed(async (name) => {
    asked.push(name);
    if (broken) return { ok: false, error: { code: "x", message: "no engine" } };
    return { ok: true, answer: { names: ["A"], ...(name === "A" ? { text: "{}" } : {}) } };
  });
  await expect(managed.text("A")).rejects.toThrow("no engine");
  expect(await managed.names()).toEqual([]);
  broken = false;
  expect(await managed.text("A")).toBe("{}");
  expect(await managed.text("A")).toBe("{}");
  expect(await managed.names()).toEqual(["A"]);
  await expect(managed.text("Z")).rejects.toThrow("no text of Z");
  expect(asked).toEqual(["A", "", "A", "", "Z"]);
});
