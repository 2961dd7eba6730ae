// Words of a POSIX shell.

/** quoted is a text as one word of a shell, whatever is in it. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_/:.,@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** commented is a text as lines of comment. */
export const commented = (text: string): string =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => `# ${line}`.trimEnd())
    .join("\n");
