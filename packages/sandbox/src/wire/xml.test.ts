import fc from "fast-check";
import { expect, test } from "vitest";
import {
  childOf,
  childrenOf,
  parseXml,
  printXml,
  textOf,
  textsOf,
  type XmlElement,
} from "./xml.ts";

test("a document is read with all text left as it stands", () => {
  const text =
    '<?xml version="1.0"?>\n<A xmlns="urn:x">\n  <N>01</N><B>true</B><L>1</L><L>2</L><E/><T>a &amp; &lt;b&gt;</T></A>';
  expect(parseXml(text)).toEqual({
    root: "A",
    body: { "@xmlns": "urn:x", N: "01", B: "true", L: ["1", "2"], E: "", T: "a & <b>" },
  });
});

const broken = ["", "text", "<A>", "<A></B>", "<A/><B/>", "{}", "<A><B></A></B>"];

test.each(broken)("%j is no document", (text) => {
  expect(parseXml(text)).toBeUndefined();
});

test("a document without content is an empty element", () => {
  expect(parseXml("<A/>")).toEqual({ root: "A", body: {} });
});

test("a document is printed with its namespace, which replaces the one it came with", () => {
  expect(printXml("A", { "@xmlns": "urn:old", B: ["1", "2"], C: {} }, "urn:new")).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<A xmlns="urn:new"><B>1</B><B>2</B><C></C></A>',
  );
});

test("children and texts are found however often they occur", () => {
  const element: XmlElement = { One: "1", Two: ["a", "b"], Empty: "", Deep: { X: "x", "@k": "v" } };
  expect({
    none: [childOf(element, "None"), childrenOf(element, "None"), textOf(element, "None")],
    one: textsOf(element, "One"),
    two: [textsOf(element, "Two"), textOf(element, "Two")],
    empty: [childOf(element, "Empty"), textOf(element, "Empty")],
    deep: [childOf(element, "Deep"), textOf(element, "Deep"), textOf({ D: { "#text": "t" } }, "D")],
    inherited: childOf(element, "constructor"),
  }).toEqual({
    none: [undefined, [], undefined],
    one: ["1"],
    two: [["a", "b"], "a"],
    empty: [{}, ""],
    deep: [{ X: "x", "@k": "v" }, "", "t"],
    inherited: undefined,
  });
});

const name = fc.constantFrom("A", "B", "Long-Name");
// XML readers trim and normalise white space and cannot carry control characters.
const text = fc.string({ unit: fc.constantFrom("a", "1", "&", "<", ">", '"', "'", "]", "é", "/") });
const tree = fc.letrec<{ element: XmlElement; value: XmlElement | string }>((tie) => ({
  element: fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, text, tie("element")),
}));

test("what is printed is read back the same", () => {
  fc.assert(
    fc.property(tree.element, (body) => {
      // An element without members and an empty text look the same in XML.
      const emptied = JSON.parse(JSON.stringify(body).replaceAll("{}", '""'));
      const again = parseXml(printXml("Root", body));
      expect(again).toEqual({ root: "Root", body: Object.keys(body).length === 0 ? {} : emptied });
    }),
  );
});
