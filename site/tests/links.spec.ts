// Links, without a page: those of each age still open, and damage is never taken for other work.

import { deflateRawSync, deflateSync } from "node:zlib";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { isPacked, pack, unpack } from "../src/model/packed.ts";
import { decodeLink, encodeLink, isLink, mostFragment, mostInflated } from "../src/model/permalink.ts";
import { isUnopened, type Unopened } from "../src/model/unopened.ts";
import { emptyWorkspace, type Workspace } from "../src/model/workspace.ts";

/** A link that "Copy link" gave at some time, and what it must open as for ever. */
interface KeptLink {
  readonly fragment: string;
  readonly workspace: Workspace;
}

const folder = join(import.meta.dirname, "links");
const kept = readdirSync(folder).map((name) => ({
  name,
  ...(JSON.parse(readFileSync(join(folder, name), "utf8")) as KeptLink),
}));

async function encoded(workspace: Workspace): Promise<string> {
  const fragment = await encodeLink(workspace);
  if (typeof fragment !== "string") throw new Error(fragment.message);
  return fragment;
}

const fragmentOf = (text: string | Buffer): string => `#v1.${deflateSync(text).toString("base64url")}`;

async function problemOf(fragment: string): Promise<Unopened> {
  const answer = await decodeLink(fragment);
  if (!isUnopened(answer)) throw new Error(`it opened: ${JSON.stringify(answer).slice(0, 200)}`);
  return answer;
}

test("no kept link is missing", () => {
  expect(kept.length).toBeGreaterThanOrEqual(14);
});

for (const { name, fragment, workspace } of kept) {
  test(`the kept link ${name} opens, and what is made of it today opens the same`, async () => {
    expect(isLink(fragment)).toBe(true);
    expect(await decodeLink(fragment)).toEqual(workspace);
    expect(await decodeLink(await encoded(workspace))).toEqual(workspace);
  });
}

test("texts as this page writes them travel without white space, others as they are", () => {
  const work = { ...emptyWorkspace(), policies: [{ name: "Odd", text: '{ "Statement": [] }' }] };
  const packed: unknown = JSON.parse(pack(work));
  expect(packed).toEqual({
    v: 1,
    s: { version: 1, title: "New scenario", requests: [] },
    p: [["Odd", '{ "Statement": [] }']],
  });
  expect(isPacked(packed)).toBe(true);
  expect(unpack(packed)).toEqual(work);
});

/** A small generator of numbers, so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

type Mutation = (link: string, random: (below: number) => number) => string;

const anywhere = (link: string, random: (below: number) => number): number => 4 + random(link.length - 4);

const mutations: readonly Mutation[] = [
  (link, random) => link.slice(0, anywhere(link, random)),
  (link, random) => {
    const at = anywhere(link, random);
    return link.slice(0, at) + alphabet[random(64)] + link.slice(at + 1);
  },
  (link, random) => {
    const at = anywhere(link, random);
    return link.slice(0, at) + alphabet[random(64)] + link.slice(at);
  },
  (link, random) => {
    const at = anywhere(link, random);
    return link.slice(0, at) + link.slice(at + 1 + random(3));
  },
  (link, random) => {
    const bytes = Buffer.from(link.slice(4), "base64url");
    for (let flips = 1 + random(3); flips > 0; flips--) {
      const at = random(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    }
    return `#v1.${bytes.toString("base64url")}`;
  },
  (link, random) => {
    const [a, b] = [anywhere(link, random), anywhere(link, random)].sort((x, y) => x - y);
    return link.slice(0, a) + link.slice(b) + link.slice(a, b);
  },
  (link, random) => link + String.fromCodePoint(random(0x110000)),
];

test("a damaged link opens as the same work or not at all, and nothing is thrown", async () => {
  const random = generator(20_261_122);
  const links = kept.filter(({ fragment }) => fragment.length < 4000);
  let refused = 0;
  for (let round = 0; round < 3000; round++) {
    const { fragment, workspace } = links[round % links.length] ?? { fragment: "", workspace: emptyWorkspace() };
    const mutated = mutations[random(mutations.length)]?.(fragment, random) ?? "";
    const answer = await decodeLink(mutated);
    if (isUnopened(answer)) refused++;
    else expect(answer, `round ${round}: ${mutated}`).toEqual(workspace);
  }
  expect(refused).toBeGreaterThan(2500);
});

test("each damage is named", async () => {
  const whole = await encoded(emptyWorkspace());
  expect((await problemOf("#v1.")).message).toContain("nothing follows `#v1.`");
  expect((await problemOf("#v1")).cause).toBe("damaged");
  expect((await problemOf(`${whole}%20`)).message).toContain("it has the character `%`");
  expect((await problemOf(`${whole.slice(0, 4)}a`)).message).toContain("last characters are missing");
  const cut = await problemOf(whole.slice(0, -6));
  expect(cut.cause).toBe("damaged");
  expect(cut.message).toContain("checksum does not fit");
  expect(cut.raw).toContain("New scenario");
  expect(await problemOf(`#v1.${deflateRawSync("{}").toString("base64url")}`)).toMatchObject({ cause: "damaged" });
});

test("what a damaged link still says is there to copy by hand", async () => {
  const { fragment = "" } = kept.find(({ name }) => name === "large-policy.json") ?? {};
  const middle = fragment.length >> 1;
  const { raw = "" } = await problemOf(`${fragment.slice(0, middle)}____${fragment.slice(middle + 4)}`);
  expect(raw.length).toBeGreaterThan(10_000);
  expect(raw).toContain('"s":{"version":1,"title":"A policy of 60 KB"');
});

test("a link of a later version is not taken for a damaged one", async () => {
  const later = await problemOf("#v2.whatever it/has");
  expect(later.cause).toBe("later");
  expect(later.message).toContain("(v2); this page opens v1");
  expect(later.message).toContain("Reload the page");
  expect((await problemOf("#v01.AAAA")).cause).toBe("damaged");
});

test("a link that is too large is refused before it is read, and not made", async () => {
  expect(await problemOf(`#v1.${"A".repeat(mostFragment)}`)).toMatchObject({ cause: "tooLarge" });
  const huge = { ...emptyWorkspace(), policies: [{ name: "P", text: "x".repeat(mostInflated) }] };
  expect(await encodeLink(huge)).toMatchObject({ cause: "tooLarge" });
});

test("a little text that becomes very much is stopped early", async () => {
  const started = performance.now();
  const bomb = fragmentOf(Buffer.alloc(1 << 28, " "));
  const made = performance.now();
  expect(bomb.length).toBeLessThan(mostFragment);
  expect(await problemOf(bomb)).toMatchObject({ cause: "bomb" });
  expect(performance.now() - made).toBeLessThan(Math.max(2000, made - started));
});

test("nesting that would grow when it is written out is refused", async () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  expect(await problemOf(fragmentOf(`{"v":1,"s":${deep},"p":[]}`))).toMatchObject({ cause: "notScenario" });
  const wide = "[".repeat(60) + "0,".repeat(200_000) + "0" + "]".repeat(60);
  expect(await problemOf(fragmentOf(`{"v":1,"s":${wide},"p":[]}`))).toMatchObject({ cause: "notScenario" });
});

test("whole text that is no scenario says which part is wrong, and shows it", async () => {
  const part = async (text: string): Promise<string> => {
    const { cause, message, raw } = await problemOf(fragmentOf(text));
    expect(cause).toBe("notScenario");
    expect(raw).toBe(text);
    return message;
  };
  expect(await part("hello")).toContain("its text is not JSON");
  expect(await part("[]")).toContain("it is not a JSON object");
  expect(await part('{"v":2,"s":"","p":[]}')).toContain("its version is not 1");
  expect(await part('{"v":1,"p":[]}')).toContain("the scenario is missing");
  expect(await part('{"v":1,"s":""}')).toContain("the list of policies is missing");
  expect(await part('{"v":1,"s":"","p":[["A"]]}')).toContain("the policy 1 is not a name and a text");
  expect(await part('{"v":1,"s":"","p":[["","x"]]}')).toContain("the policy 1 has no name");
  expect(await part('{"v":1,"s":"","p":[["A",1]]}')).toContain("the text of the policy `A` is missing");
  expect(await part('{"v":1,"s":"","p":[["A",""],["A",""]]}')).toContain("two policies have the same name");
  expect(await part('{"v":1,"s":"","p":[],"n":-1}')).toContain("the selected request");
  expect(await part('{"v":1,"s":"","p":[],"o":[1]}')).toContain("the left-out policies");
  expect(await part('{"v":1,"s":"","p":[],"z":1}')).toContain("a part `z`");
  expect(await part(`{"v":1,"s":"","p":[${'["A",""],'.repeat(1000)}["B",""]]}`)).toContain("more than 1000 policies");
  expect((await problemOf(fragmentOf(Buffer.from([0xff, 0xfe])))).message).toContain("holds no text");
});

test("a browser without CompressionStream is told what it lacks", async () => {
  const { CompressionStream, DecompressionStream } = globalThis;
  const link = await encoded(emptyWorkspace());
  try {
    Object.assign(globalThis, { CompressionStream: undefined, DecompressionStream: undefined });
    expect(await encodeLink(emptyWorkspace())).toMatchObject({ cause: "unsupported" });
    expect((await problemOf(link)).message).toContain("it lacks CompressionStream");
  } finally {
    Object.assign(globalThis, { CompressionStream, DecompressionStream });
  }
});

test("other fragments are no links", () => {
  for (const fragment of ["", "#", "#new", "#decision", "#scenario=mfa/mfa", "#vault"]) {
    expect(isLink(fragment), fragment).toBe(false);
  }
});
