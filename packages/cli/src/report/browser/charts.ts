import type { DayOfWork, RepairTimes } from "../data.ts";
import { h, number, plural, svg } from "./dom.ts";
import { ceilingOf } from "./scale.ts";

const width = 560;
const height = 200;
const margin = { top: 12, right: 8, bottom: 28, left: 36 };
const plot = {
  width: width - margin.left - margin.right,
  height: height - margin.top - margin.bottom,
};

/** Bars for each day: repaired below, left to people above. */
export function daysChart(days: readonly DayOfWork[]): readonly Node[] {
  const top = ceilingOf(days.map(({ repaired, leftToPeople }) => repaired + leftToPeople));
  const step = plot.width / Math.max(1, days.length);
  const bars = days.flatMap(({ day, repaired, leftToPeople }, index) => {
    const x = margin.left + index * step;
    const words = `${day}: ${number(repaired)} repaired, ${number(leftToPeople)} left to people`;
    return [
      bar({ x, width: step, from: 0, to: repaired, top }, "repaired", words),
      bar({ x, width: step, from: repaired, to: repaired + leftToPeople, top }, "left", words),
    ];
  });
  const every = Math.max(1, Math.ceil(days.length / 6));
  const labels = days.flatMap(({ day }, index) =>
    index % every === 0 ? [label(margin.left + (index + 0.5) * step, day.slice(5))] : [],
  );
  const repaired = days.reduce((sum, it) => sum + it.repaired, 0);
  const left = days.reduce((sum, it) => sum + it.leftToPeople, 0);
  const words = `Repairs by day: ${number(repaired)} repaired and ${number(left)} left to people in ${plural(days.length, "day")}`;
  const rows = days.filter((it) => it.repaired + it.leftToPeople > 0);
  return [
    drawing(words, [...axis(top), ...bars, ...labels]),
    key(),
    asTable(
      ["Day", "Repaired", "Left to people"],
      rows.map((it) => [it.day, it.repaired, it.leftToPeople]),
    ),
  ];
}

/** How long repairs took, from the call to the proof. */
export function timesChart({ bins, count }: RepairTimes): readonly Node[] {
  if (count === 0) {
    return [
      h("p", { class: "about" }, "No repair in this time followed a call that an event told of."),
    ];
  }
  const top = ceilingOf(bins.map((bin) => bin.count));
  const step = plot.width / bins.length;
  const bars = bins.map(({ upTo, count: found }, index) => {
    const x = margin.left + index * step;
    const words = upTo === "longer" ? "longer" : `up to ${upTo}`;
    return bar(
      { x, width: step, from: 0, to: found, top },
      "repaired",
      `${words}: ${plural(found, "repair")}`,
    );
  });
  const labels = bins.map(({ upTo }, index) =>
    label(margin.left + (index + 0.5) * step, upTo === "longer" ? "longer" : `≤ ${upTo}`),
  );
  const words = `Time from the change to the verified repair, of ${plural(count, "repair")}`;
  return [
    drawing(words, [...axis(top), ...bars, ...labels]),
    h("p", { class: "about" }, `${words}.`),
    asTable(
      ["Up to", "Repairs"],
      bins.map((bin) => [bin.upTo, bin.count]),
    ),
  ];
}

function drawing(words: string, children: readonly Node[]): Node {
  const attributes = {
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": words,
    class: "chart",
  };
  return svg("svg", attributes, ...children);
}

interface Bar {
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly top: number;
}

function bar({ x, width: step, from, to, top }: Bar, kind: string, words: string): Node {
  const gap = Math.min(4, step * 0.2);
  const rectangle = {
    x: x + gap / 2,
    width: Math.max(1, step - gap),
    y: margin.top + plot.height * (1 - to / top),
    height: (plot.height * (to - from)) / top,
    class: kind,
  };
  return svg("rect", rectangle, svg("title", {}, words));
}

function axis(top: number): readonly Node[] {
  return [0, top / 2, top].filter(Number.isInteger).flatMap((value) => {
    const y = margin.top + plot.height * (1 - value / top);
    const line = { x1: margin.left, x2: width - margin.right, y1: y, y2: y, class: "grid" };
    const text = { x: margin.left - 6, y: y + 4, "text-anchor": "end" };
    return [svg("line", line), svg("text", text, number(value))];
  });
}

function label(x: number, text: string): Node {
  return svg("text", { x, y: height - 8, "text-anchor": "middle" }, text);
}

function key(): Node {
  const item = (kind: string, text: string) =>
    h("span", {}, h("span", { class: `swatch ${kind}` }), ` ${text}`);
  return h(
    "p",
    { class: "about legend" },
    item("repaired", "repaired"),
    item("left", "left to people"),
  );
}

/** The same in words and numbers, for those who do not see the bars or want to copy them. */
function asTable(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): Node {
  const cells = rows.map((row) =>
    h(
      "tr",
      {},
      ...row.map((it, index) =>
        index === 0 ? h("th", { scope: "row" }, String(it)) : h("td", {}, String(it)),
      ),
    ),
  );
  const head = h("thead", {}, h("tr", {}, ...heads.map((it) => h("th", { scope: "col" }, it))));
  return h(
    "details",
    {},
    h("summary", {}, "As a table"),
    h("table", { class: "small" }, head, h("tbody", {}, ...cells)),
  );
}
