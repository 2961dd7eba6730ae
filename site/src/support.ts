// What the playground needs of a browser, and how to say that it is lacking.

interface Feature {
  readonly name: string;
  /** Whether the playground can't run without it; else it runs, with less. */
  readonly needed: boolean;
  present(): boolean;
}

/** A worker's options are read before its address is: an address that is none makes no worker. */
function hasModuleWorkers(): boolean {
  // Every browser with trusted types has module workers, and would refuse the address.
  if (window.trustedTypes) return true;
  let asked = false;
  const options = {
    get type() {
      asked = true;
      return "module" as const;
    },
  };
  try {
    new Worker("https://[", options);
  } catch {
    // Expected: there is no such address.
  }
  return asked;
}

const features: readonly Feature[] = [
  { name: "WebAssembly, in which the engine is written", needed: true, present: hasWebAssembly },
  { name: "module workers, in which the engine runs", needed: true, present: hasModuleWorkers },
  { name: "CompressionStream, which makes links", needed: false, present: () => "CompressionStream" in window },
  {
    name: "light-dark() in style sheets, which gives the page its colours",
    needed: false,
    present: () => CSS.supports("color", "light-dark(#000, #fff)"),
  },
];

/** Safe modes take WebAssembly away as a whole; old browsers lack its streaming. */
function hasWebAssembly(): boolean {
  return typeof WebAssembly === "object" && typeof WebAssembly.instantiateStreaming === "function";
}

const lacking = (of: readonly Feature[]): string[] => of.filter((one) => !one.present()).map(({ name }) => name);

/** missing names what this browser lacks, in plain words. */
export const missing = (): string[] => lacking(features);

/** stopping names what it lacks that the engine can't do without. */
export const stopping = (): string[] => lacking(features.filter(({ needed }) => needed));

/** showMissing writes what is lacking where the page has a place for it. */
export function showMissing(names: readonly string[]): void {
  const notice = document.getElementById("lacking");
  const list = notice?.querySelector("[data-names]");
  if (!notice || !list || names.length === 0) return;
  list.textContent = names.join("; ");
  notice.hidden = false;
}
