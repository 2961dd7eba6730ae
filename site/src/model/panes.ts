// How wide the panes beside the policies are.

/** The panes that can be made wider, with the way in which the pointer moves to do so. */
export const widenedBy = { request: 1, decision: -1 } as const;

export type SizedPane = keyof typeof widenedBy;

/** How far one key press moves a separator, and one with Shift. */
export const steps = { small: 16, large: 64 } as const;

/** The narrowest that a pane may be; the widest leaves the others room. */
export const narrowest = 240;

/** widest is the most that a pane may take of a window. */
export const widest = (window: number): number => Math.max(narrowest, Math.floor(window * 0.42));

/** clampWidth keeps a width within what a window has room for. */
export function clampWidth(width: number, window: number): number {
  return Math.round(Math.min(Math.max(width, narrowest), widest(window)));
}

/** keyedWidth is the width after a key on the separator, or undefined where the key means nothing there. */
export function keyedWidth(
  pane: SizedPane,
  width: number,
  window: number,
  key: string,
  shift: boolean,
): number | undefined {
  const step = (shift ? steps.large : steps.small) * widenedBy[pane];
  const widths: Record<string, number> = {
    ArrowRight: width + step,
    ArrowLeft: width - step,
    Home: narrowest,
    End: widest(window),
  };
  const wanted = widths[key];
  return wanted === undefined ? undefined : clampWidth(wanted, window);
}
