import type { Writable } from "node:stream";

/**
 * Resolves once the text has left. Whoever reads slowly slows the scan, so that nothing piles up; one who
 * has gone keeps nobody waiting.
 */
export function put(paper: Writable, text: string): Promise<void> {
  if (text === "" || paper.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const gone = () => resolve();
    paper.once("close", gone);
    paper.write(text, () => {
      paper.off("close", gone);
      resolve();
    });
  });
}
