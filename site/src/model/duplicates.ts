// Names that stand twice in one object: JSON's reader keeps the last and drops the other in silence.

/** duplicateName is the first name that an object of a valid JSON text has twice. */
export function duplicateName(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, name, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (name !== undefined && colon !== undefined) {
      const read = JSON.parse(name) as string;
      if (open.at(-1)?.has(read)) return read;
      open.at(-1)?.add(read);
    }
  }
  return undefined;
}
