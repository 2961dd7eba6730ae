// Texts that leave the page: to the clipboard, or to a file.

/** copy puts a text that may not be there yet on the clipboard; false where the browser refuses. */
export async function copy(text: Promise<string>): Promise<boolean> {
  try {
    // Some browsers only take what is promised in the very moment of the key press or click.
    const blob = text.then((ready) => new Blob([ready], { type: "text/plain" }));
    // A browser that refuses before it looks at the promise leaves its failure to nobody.
    blob.catch(() => {});
    if (typeof ClipboardItem === "undefined") await navigator.clipboard.writeText(await text);
    else await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return false;
  }
}

/** save offers a text as a file. */
export function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the text by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** chooseFile lets a person choose a file. It must be called by a key press or a click. */
export function chooseFile(take: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) take(file);
  });
  input.click();
}
