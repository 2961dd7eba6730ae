// The addresses that the generator wrote on the page.

/** address is one of them. */
export function address(of: string): string {
  const value = document.body.dataset[of];
  if (!value) throw new Error(`the page names no ${of}`);
  return value;
}

/** engineFiles are those of the engine. */
export const engineFiles = (): { worker: string; engine: string; bytes: number } => ({
  worker: address("worker"),
  engine: address("engine"),
  bytes: Number(address("engineBytes")),
});
