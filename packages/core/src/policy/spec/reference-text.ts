/** A text of a policy after its variables: as plain text, and as a pattern with `*` and `?`. */
export interface Resolved {
  readonly text: string;
  readonly pattern: RegExp;
  /** Each part between colons as a pattern of its own; ARNs compare so. */
  readonly parts: readonly RegExp[];
}

/** `void`: a variable that the request has no value for. `doubtful`: one of an undocumented kind. */
export type Resolution = Resolved | "void" | "doubtful";

/** The keys of a request by their name in lower case. */
export type Keys = Readonly<Record<string, readonly string[]>>;

/** Reads a text from left to right; `keys` are given where the text may have policy variables. */
export function resolve(text: string, keys: Keys | undefined): Resolution {
  const read = pieces(text, keys);
  if (read.includes("doubtful")) return "doubtful";
  if (read.includes("void")) return "void";
  let plain = "";
  let sources: readonly string[] = [""];
  for (const piece of read) {
    if (typeof piece === "string") continue;
    plain += piece.character;
    sources = append(sources, piece);
  }
  return {
    text: plain,
    pattern: whole(sources.join(":")),
    parts: [...sources.slice(0, 5), sources.slice(5).join(":")].map(whole),
  };
}

/** One character, as the policy has it or out of a variable, where no character is a wildcard. */
interface Piece {
  readonly character: string;
  readonly literal: boolean;
}

function pieces(text: string, keys: Keys | undefined): readonly (Piece | "void" | "doubtful")[] {
  if (text === "") return [];
  const end = text.indexOf("}");
  if (keys === undefined || !text.startsWith("${") || end < 0) {
    return [{ character: text[0] ?? "", literal: false }, ...pieces(text.slice(1), keys)];
  }
  const value = variable(text.slice(2, end), keys);
  const rest = pieces(text.slice(end + 1), keys);
  if (typeof value === "string") return [value, ...rest];
  return [...value.map((character) => ({ character, literal: true })), ...rest];
}

/** A colon begins a new part, everything else goes to the last one. */
function append(sources: readonly string[], { character, literal }: Piece): readonly string[] {
  if (character === ":") return [...sources, ""];
  const source = literal ? escaped(character) : wildcard(character);
  return [...sources.slice(0, -1), (sources.at(-1) ?? "") + source];
}

function variable(inside: string, keys: Keys): readonly string[] | "void" | "doubtful" {
  if (["*", "?", "$"].includes(inside)) return [inside];
  const [name = "", ...defaults] = inside.split(",");
  const key = name.trim().toLowerCase();
  const fallback = defaults.join(",").trim();
  const wellFormed = defaults.length === 0 || /^'[^']*'$/.test(fallback);
  if (key === "" || /[\s']/.test(key) || !wellFormed) return "doubtful";
  const standIn = defaults.length === 0 ? [] : [fallback.slice(1, -1)];
  const found = (Object.hasOwn(keys, key) ? keys[key] : undefined) ?? standIn;
  if (found.length === 0) return "void";
  const [value = ""] = found;
  return found.length > 1 || /[*?]/.test(value) ? "doubtful" : value.split("");
}

function wildcard(character: string): string {
  if (character === "*") return ".*";
  return character === "?" ? "." : escaped(character);
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}

/** Without the u flag a dot is one UTF-16 unit; with the s flag it may be a line break as well. */
function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, "s");
}
