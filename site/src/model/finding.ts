// Finding a part of the site by words: lessons, rules, reference. The generator lists the parts; the index is made here.

import MiniSearch from "minisearch";

/** A part of a page: what stands under a heading, or a rule. */
export interface Part {
  readonly address: string;
  readonly title: string;
  /** The title of the page that it is a part of. */
  readonly page: string;
  /** "Lesson", "Rule" and so on. */
  readonly part: string;
  readonly text: string;
}

/** A piece of an excerpt; marked where it is a word that was looked for. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

export interface Found extends Part {
  readonly excerpt: readonly Piece[];
}

/** At most so many are shown. */
export const mostFound = 30;

/** How much of a text is shown round the first word that was found. */
const before = 60;
const length = 220;

/** The longest text that is looked for. */
export const longestQuery = 200;

/** The text round the first of the words, with all of them marked. */
export function excerptOf(text: string, words: readonly string[]): Piece[] {
  const lower = text.toLowerCase();
  const first = Math.min(...words.map((word) => lower.indexOf(word)).filter((at) => at >= 0), text.length);
  const from = first === text.length ? 0 : text.lastIndexOf(" ", Math.max(0, first - before)) + 1;
  const rest = text.slice(from, from + length);
  const whole = from + length >= text.length;
  const cut = whole ? rest : rest.slice(0, rest.lastIndexOf(" ") + 1 || length);
  const shown = `${from > 0 ? "… " : ""}${cut}${whole ? "" : "…"}`;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).filter((word) => word !== "");
  if (escaped.length === 0) return [{ text: shown, marked: false }];
  // A split at a group keeps what it split at, at the odd places.
  return shown
    .split(new RegExp(`(${escaped.join("|")})`, "gi"))
    .map((piece, at) => ({ text: piece, marked: at % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

/** Words begin where others end, as do those of `iam:PassRole` and `aws:PrincipalTag/team`; a rule's number is one. */
const wordsOf = (text: string): string[] => text.match(/[A-Z]-\w+|[\p{L}\p{N}_]+/gu) ?? [];

export class Finder {
  readonly #index: MiniSearch<Part>;
  readonly #parts: ReadonlyMap<string, Part>;

  constructor(parts: readonly Part[]) {
    this.#parts = new Map(parts.map((one) => [one.address, one]));
    this.#index = new MiniSearch<Part>({
      idField: "address",
      fields: ["title", "page", "text"],
      tokenize: wordsOf,
      searchOptions: {
        boost: { title: 4, page: 1.5 },
        prefix: true,
        fuzzy: (term) => (term.length > 5 ? 0.2 : 0),
        combineWith: "AND",
      },
    });
    this.#index.addAll(parts);
  }

  /** What has all the words, the likeliest first. */
  find(query: string): Found[] {
    return this.#index
      .search(query.slice(0, longestQuery))
      .slice(0, mostFound)
      .flatMap(({ id, terms }) => {
        const part = this.#parts.get(id as string);
        return part ? [{ ...part, excerpt: excerptOf(part.text, terms) }] : [];
      });
  }
}

/** loadFinder fetches what is searched. */
export async function loadFinder(address: string): Promise<Finder> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: the server answered ${response.status}`);
  return new Finder((await response.json()) as Part[]);
}
