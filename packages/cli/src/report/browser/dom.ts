/** What an element is made of: attributes that are left out where they are undefined or false. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

type Child = Node | string;

/** An element whose texts are texts, whatever stands in them. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/** The same within a drawing. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

/** What may be wider or longer than its place; keys can move it too. */
export function scrollable(name: string, child: Node, more = ""): HTMLElement {
  return h(
    "div",
    { class: `scroll ${more}`, role: "region", "aria-label": name, tabindex: 0 },
    child,
  );
}

/** The place of the page with this id, which the page has. */
export function place(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

const counts = new Intl.NumberFormat("en");

export function number(count: number): string {
  return counts.format(count);
}

export function plural(count: number, word: string): string {
  return `${number(count)} ${word}${count === 1 ? "" : "s"}`;
}

/** `2026-11-20 10:15 UTC`; empty where nothing is known. */
export function timeText(at: string): string {
  return at === "" ? "" : `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** A length of time for people: `0.4 s`, `12 s`, `3 min`, `2.5 h`, `4 days`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3_600).toFixed(1)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
