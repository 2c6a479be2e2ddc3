import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";

/** Text, one element, or several elements of the same name. Attributes are members named `@…`. */
export type XmlValue = string | XmlElement | readonly XmlValue[];
export interface XmlElement {
  readonly [name: string]: XmlValue;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  ignoreDeclaration: true,
  // Everything stays text, so that "01" and "true" come back as they were sent.
  parseTagValue: false,
});
const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressBooleanAttributes: false,
});

/** Undefined when the text is not one well-formed element. */
export function parseXml(text: string): { root: string; body: XmlElement } | undefined {
  if (XMLValidator.validate(text) !== true) return undefined;
  // The parser's result has exactly the shape of XmlElement with parseTagValue off.
  const document = parser.parse(text) as XmlElement;
  const [entry, ...others] = Object.entries(document);
  if (entry === undefined || others.length > 0 || Array.isArray(entry[1])) return undefined;
  return { root: entry[0], body: asElement(entry[1]) };
}

/** Prints `<root xmlns="…">…</root>` with the XML declaration, as S3 does. */
export function printXml(root: string, body: XmlElement, namespace?: string): string {
  const { "@xmlns": own, ...members } = body;
  const xmlns = namespace ?? own;
  const document = { [root]: xmlns === undefined ? members : { "@xmlns": xmlns, ...members } };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`;
}

/** The elements called `name`; an element without content counts. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return valuesOf(element, name).map(asElement);
}

/** The only element called `name`, or undefined when there is none. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** The text of the first element called `name`. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const value = valuesOf(element, name)[0];
  if (typeof value === "string" || value === undefined) return value;
  const text = asElement(value)["#text"];
  return typeof text === "string" ? text : "";
}

/** The texts of all elements called `name`. */
export function textsOf(element: XmlElement, name: string): readonly string[] {
  return valuesOf(element, name).filter((value) => typeof value === "string");
}

function valuesOf(element: XmlElement, name: string): readonly XmlValue[] {
  if (!Object.hasOwn(element, name)) return [];
  const value = element[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function asElement(value: XmlValue): XmlElement {
  if (typeof value === "string") return value === "" ? {} : { "#text": value };
  return Array.isArray(value) ? asElement(value[0] ?? "") : (value as XmlElement); // not text, not a list
}
