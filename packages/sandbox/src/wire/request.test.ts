import { expect, test } from "vitest";
import { decodeAwsChunked } from "./request.ts";

test("chunks are joined, and signatures and trailers left out", () => {
  const wire =
    "5;chunk-signature=abc\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
  expect(decodeAwsChunked(Buffer.from(wire)).toString()).toBe("hello world");
});

test("an empty stream is an empty body", () => {
  expect(decodeAwsChunked(Buffer.from("0\r\n\r\n")).length).toBe(0);
});

test("a chunk may contain line breaks", () => {
  expect(decodeAwsChunked(Buffer.from("4\r\na\r\nb\r\n0\r\n\r\n")).toString()).toBe("a\r\nb");
});
