/** A violation that is planted on purpose, to see that its gate catches it. */
export interface Canary {
  /** Where it is described. */
  readonly source: string;
  readonly gate: string;
  readonly rule: string;
  /** In which copy of the repository it is planted. */
  readonly tree: Tree;
  /** What one line of the gate's output must contain. */
  readonly says: readonly string[];
  readonly plants: readonly Plant[];
}

/** `shared` with other canaries, an `own` copy, or a `bare` one: the configuration without code. */
export type Tree = "shared" | "own" | "bare";

/** A new file, or a change to one that exists. */
export type Plant =
  | { readonly kind: "file"; readonly path: string; readonly text: string }
  | { readonly kind: "edit"; readonly path: string; readonly find: string; readonly put: string };

/**
 * Reads a canary. Its head has `key: value` lines (gate, rule, tree, says, times, why); then each
 * `--- path` begins a new file and each `~~~ path` an edit, whose `-` lines make way for its `+` lines.
 * `times` repeats the first file's text. `{slash}` stands for a slash where a path must not stand.
 */
export function parseCanary(source: string, text: string): Canary {
  const [head = "", ...sections] = text.replaceAll("{slash}", "/").split(/^(?=(?:---|~~~) )/m);
  const fields = head.split("\n").flatMap((line) => fieldOf(source, line));
  const all = (key: string) => fields.filter((it) => it.key === key).map(({ value }) => value);
  const one = (key: string) => all(key)[0] ?? fail(source, `has no "${key}:"`);
  const times = Number(all("times")[0] ?? 1);
  const plants = sections.map((section, index) =>
    plantOf(source, section, index === 0 ? times : 1),
  );
  const rule = one("rule");
  const says = all("says").length > 0 ? all("says") : [rule, plants[0]?.path ?? one("says")];
  return { source, gate: one("gate"), rule, tree: treeOf(source, all("tree")[0]), says, plants };
}

const keys: ReadonlySet<string> = new Set(["gate", "rule", "tree", "says", "times", "why"]);

function fieldOf(
  source: string,
  line: string,
): readonly { readonly key: string; readonly value: string }[] {
  if (line.trim() === "") return [];
  const [, key = "", value = ""] = /^([a-z]+): (.+)$/.exec(line) ?? [];
  if (!keys.has(key)) return fail(source, `has a line that says nothing: ${line}`);
  return [{ key, value: value.trim() }];
}

function treeOf(source: string, tree = "shared"): Tree {
  if (tree === "shared" || tree === "own" || tree === "bare") return tree;
  return fail(source, `names an unknown tree: ${tree}`);
}

function plantOf(source: string, section: string, times: number): Plant {
  const [first = "", ...lines] = section.split("\n");
  const path = first.slice(4).trim();
  if (path === "") return fail(source, "plants a file without a path");
  if (first.startsWith("---")) return { kind: "file", path, text: lines.join("\n").repeat(times) };
  const marked = (mark: string) =>
    lines
      .filter((line) => line.startsWith(mark))
      .map((line) => line.slice(1))
      .join("\n");
  if (marked("-") === "") return fail(source, `edits ${path} without a line to find`);
  return { kind: "edit", path, find: marked("-"), put: marked("+") };
}

function fail(source: string, complaint: string): never {
  throw new Error(`${source} ${complaint}`);
}
