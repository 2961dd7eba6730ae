// Where in a JSON text a place is, for texts that are being typed: nothing need
// be closed, and words need not have their quotes yet.

/** What stands at a place, or could. */
export interface JsonPlace {
  /** The names and indices from the root to the container that the place is in, and to the member whose value it is. */
  readonly path: readonly (string | number)[];
  readonly role: "key" | "value";
  /** The token at the place, quotes included; empty where there is none. */
  readonly from: number;
  readonly to: number;
  /** The token's text up to the place, and all of it, without quotes. */
  readonly typed: string;
  readonly word: string;
  /** The names that the object of a key has already, but for the one at the place. */
  readonly siblings: readonly string[];
  /** Whether a colon follows the token. */
  readonly colon: boolean;
}

interface Frame {
  readonly object: boolean;
  key: string | undefined;
  index: number;
  state: "key" | "colon" | "value" | "comma";
  readonly keys: { readonly name: string; readonly from: number }[];
}

interface Token {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Whatever is no bracket, separator, quote or white space is part of a bare word. */
const bare = /[^\s{}[\],:"]/;

/** A string; one that is not closed on its line ends before the brackets and commas there, but not before the place. */
function stringAt(text: string, from: number, at: number): Token {
  let to = from + 1;
  while (to < text.length && text[to] !== '"' && text[to] !== "\n") to += text[to] === "\\" ? 2 : 1;
  const end = Math.min(to, text.length);
  if (text[end] === '"') return { from, to: end + 1, text: text.slice(from + 1, end) };
  const least = at > from && at <= end ? at : from + 1;
  const word = text.slice(least, end).replace(/[\]},\s]+$/, "");
  return { from, to: least + word.length, text: text.slice(from + 1, least) + word };
}

function bareAt(text: string, from: number): Token {
  let to = from;
  // Actions and keys have colons inside, but a colon before white space or a value ends a name.
  while (to < text.length && (bare.test(text[to] ?? "") || (text[to] === ":" && /[\w*]/.test(text[to + 1] ?? ""))))
    to++;
  return { from, to, text: text.slice(from, to) };
}

const pathOf = (stack: readonly Frame[]): (string | number)[] =>
  stack.flatMap<string | number>(({ object, key, index, state }, depth) => {
    const named = depth < stack.length - 1 || state === "value";
    if (!object) return [index];
    return named && key !== undefined ? [key] : [];
  });

/** placeAt finds a place; nothing where neither a name nor a value can stand. */
export function placeAt(text: string, at: number): JsonPlace | undefined {
  const stack: Frame[] = [];
  let found: { token: Token; role: "key" | "value"; path: (string | number)[]; frame: Frame } | undefined;
  const top = (): Frame | undefined => stack[stack.length - 1];

  const meet = (token: Token): void => {
    const frame = top();
    if (!frame || found || (frame.state !== "key" && frame.state !== "value")) return;
    found = { token, role: frame.state, path: pathOf(stack), frame };
  };
  const take = (token: Token): void => {
    const frame = top();
    if (!frame) return;
    if (frame.state === "key") {
      frame.key = token.text;
      frame.keys.push({ name: token.text, from: token.from });
      frame.state = "colon";
    } else if (frame.state === "value") frame.state = "comma";
  };

  let i = 0;
  for (; i < text.length; i++) {
    const c = text[i] ?? "";
    const frame = top();
    if (found && !stack.includes(found.frame)) break;
    if (c === '"' || bare.test(c)) {
      const token = c === '"' ? stringAt(text, i, at) : bareAt(text, i);
      const closed = c === '"' && token.to > token.from + 1 + token.text.length;
      if (at >= token.from && at <= token.to - (closed ? 1 : 0)) meet(token);
      take(token);
      i = Math.max(token.to, i + 1) - 1;
      continue;
    }
    if (i === at) meet({ from: at, to: at, text: "" });
    if (c === "{" || c === "[") {
      stack.push({ object: c === "{", key: undefined, index: 0, state: c === "{" ? "key" : "value", keys: [] });
    } else if (c === "}" || c === "]") {
      stack.pop();
      const outer = top();
      if (outer) outer.state = "comma";
    } else if (c === ":" && frame?.object) frame.state = "value";
    else if (c === "," && frame) {
      if (!frame.object) frame.index++;
      frame.state = frame.object ? "key" : "value";
    }
  }
  if (i === at) meet({ from: at, to: at, text: "" });
  if (!found) return undefined;
  const { token, role, path, frame } = found;
  const quoted = text[token.from] === '"';
  return {
    path,
    role,
    from: token.from,
    to: token.to,
    typed: text.slice(token.from + (quoted && at > token.from ? 1 : 0), at),
    word: token.text,
    siblings: frame.keys.filter(({ from }) => from !== token.from).map(({ name }) => name),
    colon: /^\s*:/.test(text.slice(token.to, token.to + 40)),
  };
}
