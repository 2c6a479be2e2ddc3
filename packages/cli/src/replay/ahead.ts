import type { LogFile } from "./log-files.ts";

/** So many files are fetched at once, so that nobody waits for each; no large one, for the memory. */
const atOnce = 16;
const mostBytesAhead = 4 * 1024 * 1024;

/** The same files; each, when it is opened, has those after it fetched as well. */
export function ahead(files: readonly LogFile[]): readonly LogFile[] {
  const fetched = new Map<number, Promise<readonly Uint8Array[]>>();
  let reached = 0;
  const fetchUntil = (end: number) => {
    for (; reached < Math.min(end, files.length); reached += 1) {
      const file = files[reached];
      if (file === undefined || file.bytes > mostBytesAhead) continue;
      const pieces = Array.fromAsync(file.open());
      pieces.catch(() => {}); // whoever opens it hears of it
      fetched.set(reached, pieces);
    }
  };
  return files.map((file, index) => ({
    ...file,
    async *open() {
      reached = Math.max(reached, index);
      fetchUntil(index + atOnce);
      const pieces = fetched.get(index);
      fetched.delete(index);
      if (pieces === undefined) yield* file.open();
      else yield* await pieces;
    },
  }));
}
