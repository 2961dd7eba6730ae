// What a person gives to be read: files and pasted texts, taken in pieces, so that one of any size can be read while
// the page answers.

/** A text by the name of its file. */
export interface Given {
  readonly name: string;
  readonly blob: Blob;
}

/** How much is read at once, in bytes. */
const pieceSize = 1 << 20;

/** given is files as they are chosen or dropped. */
export const given = (files: readonly File[]): Given[] => files.map((file) => ({ name: file.name, blob: file }));

/** pasted is a text that was pasted. */
export const pasted = (text: string): Given => ({ name: "pasted text", blob: new Blob([text]) });

/** sizeOf is the size of all of them, in bytes. */
export const sizeOf = (list: readonly Given[]): number => list.reduce((sum, { blob }) => sum + blob.size, 0);

/** Windows' shells write UTF-16 where they are not told otherwise. */
async function encodingOf(blob: Blob): Promise<string> {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** A piece of a text. */
export interface Piece {
  readonly text: string;
  readonly size: number;
  readonly last: boolean;
}

/** piecesOf takes a text apart. It throws where its bytes are no text. */
export async function* piecesOf({ name, blob }: Given): AsyncGenerator<Piece> {
  const decoder = new TextDecoder(await encodingOf(blob), { fatal: true });
  for (let at = 0; at === 0 || at < blob.size; at += pieceSize) {
    const bytes = await blob.slice(at, at + pieceSize).arrayBuffer();
    const last = at + pieceSize >= blob.size;
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: !last });
    } catch {
      throw new Error(`${name} is no text in UTF-8 or UTF-16; unpack it first if it is compressed`);
    }
    yield { text, size: bytes.byteLength, last };
  }
}
