import { h, number, plural, scrollable } from "./dom.ts";
import { type Direction, holdsAll, type Page, pageOf, sorted, wordsOf } from "./rows.ts";

interface Column<Row> {
  readonly title: string;
  /** What it is sorted by. */
  readonly key: (row: Row) => string | number;
  readonly cell: (row: Row) => Node | string;
  readonly kind?: "number" | "wide";
}

/** A way to choose rows by one value of theirs. */
interface Filter<Row> {
  readonly label: string;
  readonly of: (row: Row) => string;
  /** Buttons side by side, for few values that people switch often; else a list. */
  readonly buttons?: boolean;
}

interface TableOptions<Row> {
  readonly id: string;
  readonly caption: string;
  /** One of what it shows, in words. */
  readonly unit: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly filters: readonly Filter<Row>[];
  /** What a search looks through. */
  readonly text: (row: Row) => string;
  readonly detail: (row: Row) => Node;
  readonly sortBy: { readonly column: number; readonly direction: Direction };
}

export interface DataTable {
  readonly element: HTMLElement;
  /** Chooses by these values, and by nothing else. */
  readonly choose: (values: Readonly<Record<string, string>>) => void;
}

const pageSize = 50;
const printedRows = 500;

/** A table that can be searched, filtered, sorted and paged, with all of it in memory and little of it shown. */
export function dataTable<Row>(options: TableOptions<Row>): DataTable {
  const { rows, columns, id } = options;
  const texts = new Map(rows.map((row) => [row, options.text(row).toLowerCase()]));
  const state = { search: "", chosen: new Map<string, string>(), page: 0, ...options.sortBy };
  const body = h("tbody");
  const status = h("p", { class: "status", role: "status" });
  const pager = pagerOf(options.unit, (step) => update({ page: state.page + step }));
  const heads = columns.map(({ title, kind }, column) =>
    headOf(title, kind, () => update({ ...orderAfter(column, state), page: 0 })),
  );
  const bar = barOf(options, {
    search: (search) => update({ search, page: 0 }),
    choose: (label, value) => {
      state.chosen.set(label, value);
      update({ page: 0 });
    },
  });

  function update(change: Partial<typeof state>, size = pageSize): void {
    Object.assign(state, change);
    const words = wordsOf(state.search);
    const found = rows.filter((row) => isChosen(row) && holdsAll(texts.get(row) ?? "", words));
    const key = columns[state.column]?.key ?? (() => 0);
    const page = pageOf(sorted(found, key, state.direction), state.page, size);
    state.page = page.index;
    body.replaceChildren(
      ...page.rows.flatMap((row, index) => rowOf(row, `${id}-${index}`, options)),
    );
    heads.forEach((head, column) => {
      head.setAttribute("aria-sort", column === state.column ? state.direction : "none");
    });
    status.textContent = statusText(page, found.length, options);
    pager.show(page);
  }

  function isChosen(row: Row): boolean {
    return options.filters.every(({ label, of }) => {
      const wanted = state.chosen.get(label) ?? "";
      return wanted === "" || of(row) === wanted;
    });
  }

  update({});
  window.addEventListener("beforeprint", () => update({ page: 0 }, printedRows));
  window.addEventListener("afterprint", () => update({ page: 0 }));
  const head = h("thead", {}, h("tr", {}, ...heads, h("th", { scope: "col" }, hidden("More"))));
  const table = h(
    "table",
    { class: "rows" },
    h("caption", { class: "hidden" }, options.caption),
    head,
    body,
  );
  const scroll = scrollable(options.caption, table);
  return {
    element: h("div", {}, bar.element, status, scroll, pager.element),
    choose: (values) => {
      state.chosen = new Map(Object.entries(values));
      bar.show(values);
      update({ search: "", page: 0 });
    },
  };
}

function hidden(text: string): HTMLElement {
  return h("span", { class: "hidden" }, text);
}

function orderAfter(
  column: number,
  state: { readonly column: number; readonly direction: Direction },
): { readonly column: number; readonly direction: Direction } {
  const isAgain = column === state.column && state.direction === "ascending";
  return { column, direction: isAgain ? "descending" : "ascending" };
}

function headOf(title: string, kind: string | undefined, sort: () => void): HTMLElement {
  const button = h("button", { type: "button" }, title);
  button.addEventListener("click", sort);
  return h("th", { scope: "col", class: kind }, button);
}

function statusText<Row>(
  { first, last, index, count }: Page<Row>,
  found: number,
  { rows, unit }: TableOptions<Row>,
): string {
  if (rows.length === 0) return `There is no ${unit}.`;
  if (found === 0) return `None of ${plural(rows.length, unit)} fits.`;
  const of = found === rows.length ? "" : `, of ${number(rows.length)}`;
  const shown = `${number(first)} to ${number(last)} of ${plural(found, unit)}${of}`;
  return count === 1 ? shown : `${shown}, page ${number(index + 1)} of ${number(count)}`;
}

function rowOf<Row>(row: Row, id: string, { columns, detail }: TableOptions<Row>): readonly Node[] {
  const more = h("tr", { class: "detail", id, hidden: true });
  const button = h(
    "button",
    { type: "button", class: "more", "aria-expanded": "false", "aria-controls": id },
    hidden("Details"),
  );
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    more.hidden = isOpen;
    if (!isOpen && more.childElementCount === 0) {
      more.append(h("td", { colspan: columns.length + 1 }, detail(row)));
    }
  });
  const [first, ...others] = columns.map(({ cell, kind }, index) =>
    h(
      index === 0 ? "th" : "td",
      { class: kind, scope: index === 0 ? "row" : undefined },
      cell(row),
    ),
  );
  return [h("tr", {}, first ?? "", ...others, h("td", {}, button)), more];
}

interface Pager {
  readonly element: HTMLElement;
  readonly show: (page: Pick<Page<unknown>, "index" | "count">) => void;
}

function pagerOf(unit: string, turn: (step: number) => void): Pager {
  const [back, on] = [
    ["Previous", -1],
    ["Next", 1],
  ].map(([title, step]) => {
    const button = h("button", { type: "button" }, String(title));
    button.addEventListener("click", () => turn(Number(step)));
    return button;
  });
  const element = h(
    "nav",
    { class: "pager", "aria-label": `Pages of ${unit}s` },
    back ?? "",
    on ?? "",
  );
  return {
    element,
    show: ({ index, count }) => {
      element.hidden = count === 1;
      if (back !== undefined) back.disabled = index === 0;
      if (on !== undefined) on.disabled = index === count - 1;
    },
  };
}

interface Bar {
  readonly element: HTMLElement;
  readonly show: (values: Readonly<Record<string, string>>) => void;
}

function barOf<Row>(
  { filters, rows, unit }: TableOptions<Row>,
  on: {
    readonly search: (text: string) => void;
    readonly choose: (label: string, value: string) => void;
  },
): Bar {
  const search = h("input", {
    type: "search",
    placeholder: "Search",
    "aria-label": `Search ${unit}s`,
  });
  search.addEventListener("input", () => on.search(search.value));
  const chosen = filters.map((filter) => {
    const values = [...new Set(rows.map(filter.of))].filter((it) => it !== "").sort();
    const make = filter.buttons === true ? buttonsOf : listOf;
    const one = make(filter.label, values, (value) => on.choose(filter.label, value));
    return { label: filter.label, ...one };
  });
  const clear = h("button", { type: "button", class: "quiet" }, "Show all");
  const bar: Bar = {
    element: h("div", { class: "bar" }, search, ...chosen.map(({ element }) => element), clear),
    show: (values) => {
      search.value = "";
      for (const { label, show } of chosen) show(values[label] ?? "");
    },
  };
  clear.addEventListener("click", () => {
    bar.show({});
    for (const { label } of chosen) on.choose(label, "");
    on.search("");
  });
  return bar;
}

interface Chooser {
  readonly element: HTMLElement;
  readonly show: (value: string) => void;
}

function listOf(
  label: string,
  values: readonly string[],
  choose: (value: string) => void,
): Chooser {
  const list = h("select", { "aria-label": label }, h("option", { value: "" }, `${label}: all`));
  list.append(...values.map((value) => h("option", { value }, value)));
  list.addEventListener("change", () => choose(list.value));
  return {
    element: list,
    show: (value) => {
      list.value = value;
    },
  };
}

/** Buttons of which one or none is down. */
function buttonsOf(
  label: string,
  values: readonly string[],
  choose: (value: string) => void,
): Chooser {
  const buttons = values.map((value) => {
    const button = h(
      "button",
      { type: "button", class: `badge ${value}`, "aria-pressed": "false" },
      value,
    );
    button.addEventListener("click", () => {
      const next = button.getAttribute("aria-pressed") === "true" ? "" : value;
      show(next);
      choose(next);
    });
    return { value, button };
  });
  const show = (wanted: string): void => {
    for (const { value, button } of buttons) {
      button.setAttribute("aria-pressed", String(value === wanted));
    }
  };
  const all = buttons.map(({ button }) => button);
  return {
    element: h("div", { class: "choices", role: "group", "aria-label": label }, ...all),
    show,
  };
}
