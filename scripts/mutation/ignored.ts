import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/**
 * Leaves out the words that tell people what is wrong: every diagnostic has a code, and it is the code
 * that tests compare. What the words say is for a reader to judge, not for a program.
 */
export const wordsForPeople = declareValuePlugin(PluginKind.Ignore, "words-for-people", {
  shouldIgnore: (path) =>
    isText(path) && isWorded(path) ? "words for people: their code is tested" : undefined,
});

/** Leaves out `default: return assertNever(…)`: the compiler has shown that nothing gets there. */
export const neverCases = declareValuePlugin(PluginKind.Ignore, "never-cases", {
  shouldIgnore: (path: Path) => (isNeverCase(path) ? "there is no other case" : undefined),
});

function isNeverCase({ node }: Path): boolean {
  if (node?.type !== "SwitchCase") return false;
  return node.consequent?.[0]?.argument?.callee?.name === "assertNever";
}

const worded: ReadonlySet<string> = new Set(["message", "problem", "remedy", "place", "why"]);
const joining: ReadonlySet<string> = new Set(["ConditionalExpression", "BinaryExpression"]);

/** The little that is needed here of Babel's paths, which Stryker's types do not tell. */
interface Path {
  readonly node?: {
    readonly type?: string;
    readonly key?: { readonly name?: string };
    readonly id?: { readonly name?: string };
    readonly consequent?: readonly {
      readonly argument?: { readonly callee?: { readonly name?: string } };
    }[];
  };
  readonly parentPath?: Path | null;
}

function isText({ node }: Path): boolean {
  return node?.type === "StringLiteral" || node?.type === "TemplateLiteral";
}

/** Whether the text is, or is part of, the value of such a property, or of a message on its way there. */
function isWorded({ parentPath }: Path): boolean {
  const { type = "", key, id } = parentPath?.node ?? {};
  if (type === "ObjectProperty") return worded.has(key?.name ?? "");
  if (type === "VariableDeclarator") return id?.name === "message";
  return parentPath != null && joining.has(type) && isWorded(parentPath);
}
