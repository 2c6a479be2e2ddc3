import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { describeError } from "@bucket-warden/core/aws";
import { InputError } from "@bucket-warden/core/kernel";
import type { LogFile } from "./log-files.ts";
import { createSplitter } from "./splitter.ts";

/**
 * The records of a log file, in bunches as they come, each as the bytes that `JSON.parse` is to read;
 * `onBytes` hears how much of the file was read. Throws InputError where it cannot be read, or is not
 * one; what came before that is good.
 */
export async function* recordsIn(
  file: LogFile,
  onBytes: (bytes: number) => void,
): AsyncIterable<readonly Buffer[]> {
  const splitter = createSplitter(file.place);
  for await (const piece of unpacked(file, onBytes)) {
    const records = splitter.push(piece);
    if (records.length > 0) yield records;
  }
  splitter.end();
}

async function* unpacked(
  file: LogFile,
  onBytes: (bytes: number) => void,
): AsyncIterable<Buffer<ArrayBufferLike>> {
  const counted = counting(file.open(), onBytes);
  try {
    if (!file.place.endsWith(".gz")) yield* counted;
    else {
      const gunzip = createGunzip({ chunkSize: 256 * 1024 });
      // Whoever iterates hears of every error.
      pipeline(Readable.from(counted), gunzip, () => {});
      yield* gunzip;
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

async function* counting(
  pieces: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncIterable<Buffer> {
  for await (const piece of pieces) {
    onBytes(piece.length);
    yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  }
}

function unreadable({ place }: LogFile, cause: unknown): InputError {
  // zlib names what is wrong with packed bytes Z_….
  const isPacking = String((cause as NodeJS.ErrnoException).code).startsWith("Z_");
  return new InputError({
    place,
    problem: isPacking ? "it cannot be unpacked" : `it cannot be read (${describeError(cause)})`,
    remedy: "Copy it from the trail's bucket again.",
    cause,
  });
}
