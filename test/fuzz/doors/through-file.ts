import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Has what reads files read a text. */
export function throughFile(read: (file: string) => Promise<unknown>) {
  const file = join(tmpdir(), `warden-fuzz-${randomUUID()}.json`);
  return async (text: string): Promise<unknown> => {
    await writeFile(file, text);
    try {
      return await read(file);
    } finally {
      await rm(file);
    }
  };
}
