// The one maker of script addresses: workers take only what it made, and it makes only the site's own.

const policy = window.trustedTypes?.createPolicy("fenceline", {
  createScriptURL(path) {
    if (!/^\/[^/\\]/.test(path)) throw new TypeError(`${path} is no path of this site`);
    return path;
  },
});

/** scriptAddress is a path of this site that a worker may run. */
export function scriptAddress(path: string): string {
  // The DOM's types take only strings where the browser wants its trusted value.
  return (policy?.createScriptURL(path) ?? path) as string;
}
