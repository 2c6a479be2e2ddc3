import { InputError } from "@bucket-warden/core/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createSplitter } from "./splitter.ts";

/** The records of a file that comes in pieces of so many bytes, over and over. */
function recordsIn(text: string, sizes: readonly number[]): readonly unknown[] {
  const splitter = createSplitter("a.json");
  const bytes = Buffer.from(text);
  const found: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    found.push(...splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  splitter.end();
  return found.map((it) => JSON.parse(it.toString("utf8")));
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const spaces = fc.constantFrom(undefined, 1, "\t", "\r\n ");

test("what comes out is what JSON.parse sees, wherever the pieces are cut", () => {
  const members = fc.dictionary(fc.string(), fc.jsonValue());
  const file = fc.record({ before: members, Records: fc.array(fc.jsonValue()), after: members });
  fc.assert(
    fc.property(file, sizes, spaces, ({ before, Records, after }, cuts, space) => {
      const whole = { ...before, Records, ...after, Records2: Records };
      const text = JSON.stringify(whole, undefined, space);
      expect(recordsIn(text, cuts)).toEqual(JSON.parse(text).Records);
    }),
  );
});

test("text with quotes, brackets and backslashes in it is text", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('"', "\\", "]", "}", "{", ",", "é") }));
  fc.assert(
    fc.property(texts, sizes, (Records, cuts) => {
      expect(recordsIn(JSON.stringify({ Records }), cuts)).toEqual(Records);
    }),
  );
});

test("several log files one after the other are read as one", () => {
  const text = '{"Records":[1,2]}\n{"Records":[]}{"more":{"Records":[9]},"Records":[3]}';
  expect(recordsIn(text, [7])).toEqual([1, 2, 3]);
});

test("a name in other letters is the same name", () => {
  expect(recordsIn('{"Rec\\u006frds":[1]}', [3])).toEqual([1]);
});

test("a digest file, which lies beside the logs, has no records", () => {
  const digest = { digestStartTime: "2026-11-20T09:00:00Z", logFiles: [{ Records: [1] }] };
  expect(recordsIn(JSON.stringify(digest), [11])).toEqual([]);
});

const notJson = "it is not JSON";
const noRecords = "it has no list of Records";

test.each([
  { text: "", problem: notJson },
  { text: " \n", problem: notJson },
  { text: "text", problem: notJson },
  { text: '{"Records":[', problem: notJson },
  { text: '{"Records":[1', problem: notJson },
  { text: '{"Records":[1]', problem: notJson },
  { text: '{"Records":["a', problem: notJson },
  { text: '{"Records":[1}', problem: notJson },
  { text: '{"Records":[1]]', problem: notJson },
  { text: '{"Records":[1]} x', problem: notJson },
  { text: "null", problem: noRecords },
  { text: "[]", problem: noRecords },
  { text: "{}", problem: noRecords },
  { text: '{"Records":{}}', problem: noRecords },
  { text: '{"Records":7}', problem: noRecords },
  { text: '{"a":{"Records":[1]}}', problem: noRecords },
  { text: '{"Records":[1]}{}', problem: noRecords },
])("$text is refused: $problem", ({ text, problem }) => {
  const refusal = expect.objectContaining({ place: "a.json", problem });
  expect(() => recordsIn(text, [1])).toThrow(InputError);
  expect(() => recordsIn(text, [1])).toThrow(refusal);
  expect(() => recordsIn(text, [100])).toThrow(refusal);
});

test("an element that is missing is handed on, so that it shows as no record", () => {
  const splitter = createSplitter("a.json");
  const found = splitter.push(Buffer.from('{"Records":[1,,2,]}'));
  splitter.end();
  expect(found.map(String)).toEqual(["1", "", "2", ""]);
});

test("a record that never ends is not kept for ever", () => {
  const splitter = createSplitter("a.json");
  splitter.push(Buffer.from('{"Records":["'));
  const piece = Buffer.alloc(1024 * 1024, "a");
  const feed = () => {
    for (let count = 0; count <= 16; count += 1) splitter.push(piece);
  };
  expect(feed).toThrow("a record in it has more than 16 MB");
});

test("what is beside the records may be as large as it likes", () => {
  const splitter = createSplitter("a.json");
  splitter.push(Buffer.from('{"other":["'));
  const piece = Buffer.alloc(1024 * 1024, "a");
  for (let count = 0; count < 20; count += 1) splitter.push(piece);
  expect(splitter.push(Buffer.from('"],"Records":[1]}')).map(String)).toEqual(["1"]);
  splitter.end();
});
