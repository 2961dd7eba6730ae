// A text as slides: which of its blocks stand together on a screen.

/** A block of a text, as far as cutting it into slides goes. */
export interface Block {
  /** In the unit of the room. */
  readonly height: number;
  /** It is a section's heading, which stands on all slides of its section. */
  readonly section?: boolean;
  /** It has a slide of its own, and may be higher than the room. */
  readonly alone?: boolean;
  /** It leads to the next block, and is never the last on a slide. */
  readonly leads?: boolean;
}

/** slidesOf are the blocks of each slide, by index. What stands before the first section is the first slide. */
export function slidesOf(blocks: readonly Block[], room: number): number[][] {
  const slides: number[][] = [];
  let heading: number[] = [];
  let slide: number[] = [];
  const heightOf = (some: readonly number[]): number => some.reduce((sum, at) => sum + (blocks[at]?.height ?? 0), 0);
  const full = (): boolean => slide.length > heading.length;
  /** Ends the slide; what leads on goes to the next one. */
  const cut = (): void => {
    let end = slide.length;
    while (end > heading.length && blocks[slide[end - 1] ?? -1]?.leads) end--;
    const carried = slide.slice(end);
    if (end > heading.length) slides.push(slide.slice(0, end));
    slide = [...heading, ...carried];
  };
  const finish = (): void => {
    if (full()) slides.push(slide);
  };
  for (const [at, block] of blocks.entries()) {
    if (block.section) {
      finish();
      heading = [at];
      slide = [at];
      continue;
    }
    if (full() && (block.alone || heightOf(slide) + block.height > room)) cut();
    slide.push(at);
    if (block.alone) {
      finish();
      slide = [...heading];
    }
  }
  finish();
  return slides;
}
