import type { Writable } from "node:stream";

/**
 * Writes the text, and waits where the reader is slow: that slows the scan, and nothing piles up. One who
 * has gone keeps nobody waiting.
 */
export async function put(paper: Writable, text: string): Promise<void> {
  if (text === "" || paper.destroyed || paper.write(text)) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      paper.off("drain", goOn).off("close", goOn);
      resolve();
    };
    paper.on("drain", goOn).on("close", goOn);
  });
}
