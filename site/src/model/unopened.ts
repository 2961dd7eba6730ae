// Why a link or a file was not opened.

export type UnopenedCause =
  /** It is cut off or changed. */
  | "damaged"
  | "tooLarge"
  /** A later version made it. */
  | "later"
  /** Little compressed text that becomes very much. */
  | "bomb"
  /** It is whole, but holds no scenario. */
  | "notScenario"
  /** The browser lacks what opening it needs. */
  | "unsupported";

export interface Unopened {
  readonly cause: UnopenedCause;
  /** What failed and what to do, in sentences. */
  readonly message: string;
  /** As much of its text as could be read, to copy by hand. */
  readonly raw?: string;
}

/** isUnopened tells a problem from what was opened. */
export function isUnopened(value: unknown): value is Unopened {
  return typeof value === "object" && value !== null && "cause" in value && "message" in value;
}

/** A problem, with the raw text where there is any. */
export function unopened(cause: UnopenedCause, message: string, raw = ""): Unopened {
  return { cause, message, ...(raw === "" ? {} : { raw }) };
}
