// A work in an address's fragment: `#v1.` and, in base64url without padding, the
// packed work (packed.ts) compressed as zlib. Not raw deflate: zlib ends with a
// checksum of the text (Adler-32), so a link that lost or changed a character on
// its way is told from a whole one, and no policy changes in silence.
//
// Links are kept for ever: what `v1` means never changes, and tests/links/ holds
// some of each age.

import { mostText, NotPacked, pack, packedVersion, textLength, unpack } from "./packed.ts";
import { type Unopened, unopened } from "./unopened.ts";
import type { Workspace } from "./workspace.ts";

/** The most characters of a fragment: browsers keep about two million. */
export const mostFragment = 2_000_000;

/** The most bytes that a link's text has once it is inflated. */
export const mostInflated = 512 << 10;

const prefix = `#v${packedVersion}.`;
const again = "Copy the whole link again, or ask for the scenario file";

/** isLink says whether a fragment means to be a link of any version. */
export const isLink = (fragment: string): boolean => /^#v\d{1,4}(?:\.|$)/.test(fragment);

const unsupported = (does: string): Unopened =>
  unopened(
    "unsupported",
    `This browser can't ${does} links: it lacks CompressionStream, which browsers have since 2023. Update it, or share the scenario file instead.`,
  );

/** encodeLink is the fragment that carries a work. */
export async function encodeLink(workspace: Workspace): Promise<string | Unopened> {
  if (typeof CompressionStream === "undefined") return unsupported("make");
  const packed = new TextEncoder().encode(pack(workspace));
  const tooLarge = packed.length > mostInflated || textLength(workspace) > mostText;
  const fragment = tooLarge ? "" : prefix + toBase64(await deflate(packed));
  if (tooLarge || fragment.length > mostFragment) {
    const most = `at most ${mostInflated >> 10} KB of text fit`;
    return unopened("tooLarge", `This scenario is too large for a link: ${most}. Save it as a file instead.`);
  }
  return fragment;
}

/** decodeLink is the work that a fragment carries; it never throws. */
export async function decodeLink(fragment: string): Promise<Workspace | Unopened> {
  const [, version, body = ""] = /^#?v(\d{1,4})(?:\.(.*))?$/s.exec(fragment) ?? [];
  if (version === undefined)
    return unopened("damaged", `This link is damaged: it does not begin with \`${prefix}\`. ${again}.`);
  if (fragment.length > mostFragment) {
    const size = `${fragment.length.toLocaleString("en")} characters; at most ${mostFragment.toLocaleString("en")} are opened`;
    return unopened("tooLarge", `This link is too large: it has ${size}. Ask for the scenario file instead.`);
  }
  if (Number(version) > packedVersion) {
    const made = `This link was made by a later version of Fenceline (v${version}); this page opens v${packedVersion}`;
    return unopened("later", `${made}. Reload the page to get its newest version, then open the link again.`);
  }
  const bytes = fromBase64(body);
  if (typeof bytes === "string") return unopened("damaged", `This link is damaged: ${bytes}. ${again}.`);
  if (typeof DecompressionStream === "undefined") return unsupported("open");
  return open(await inflate(bytes));
}

/** What came out of a link's bytes, whole or not. */
interface Inflated {
  readonly text: string;
  readonly end: "whole" | "damaged" | "bomb" | "notText";
}

function open({ text, end }: Inflated): Workspace | Unopened {
  switch (end) {
    case "damaged":
      return unopened(
        "damaged",
        `This link is damaged: its text is cut off or changed, since its checksum does not fit. ${again}.`,
        text,
      );
    case "bomb":
      return unopened(
        "bomb",
        `This link was not opened: its text becomes larger than ${mostInflated >> 10} KB. Ask for the scenario file instead.`,
        text.slice(0, 2000),
      );
    case "notText":
      return unopened("notScenario", "This link is whole, but holds no text. Ask who made it for the scenario file.");
    case "whole":
      return openText(text);
  }
}

function openText(text: string): Workspace | Unopened {
  const not = (why: string): Unopened =>
    unopened(
      "notScenario",
      `This link is whole, but holds no scenario: ${why}. Ask who made it for the scenario file.`,
      text,
    );
  try {
    return unpack(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof NotPacked) return not(cause.message);
    return not("its text is not JSON");
  }
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Small pieces, since a browser inflates each of them whole before any of it can be counted. */
const piece = 256;

function inPieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(at, (at += piece)));
    },
  });
}

/** Inflates until the end, the limit, or what does not inflate. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Inflated> {
  const reader = inPieces(bytes).pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let end: Inflated["end"] = "whole";
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > mostInflated) {
        end = "bomb";
        await reader.cancel();
        break;
      }
      parts.push(next.value);
    }
  } catch {
    end = "damaged";
  }
  const inflated = await new Blob(parts).arrayBuffer();
  try {
    // What is not whole may end amid a character.
    return { text: new TextDecoder("utf-8", { fatal: end === "whole", ignoreBOM: true }).decode(inflated), end };
  } catch {
    return { text: "", end: "notText" };
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  const step = 8192;
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** fromBase64 is the bytes, or what is wrong in words that end a sentence. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | string {
  if (text === "") return `nothing follows \`${prefix}\``;
  const [strange] = /[^A-Za-z0-9_-]/u.exec(text) ?? [];
  if (strange !== undefined) return `it has the character \`${strange}\`, which no link has`;
  if (text.length % 4 === 1) return "its last characters are missing";
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
