// Whether the page is about to be printed: then what a person would scroll to stands there in full.

const paper = matchMedia("print");

/** onPrinting tells of the beginning of printing and of its end; what it returns ends the telling. */
export function onPrinting(listener: (printing: boolean) => void): () => void {
  const begun = (): void => listener(true);
  const ended = (): void => listener(false);
  const changed = (): void => listener(paper.matches);
  addEventListener("beforeprint", begun);
  addEventListener("afterprint", ended);
  paper.addEventListener("change", changed);
  return () => {
    removeEventListener("beforeprint", begun);
    removeEventListener("afterprint", ended);
    paper.removeEventListener("change", changed);
  };
}
