import { browserIn, stacksIn } from "./tree.ts";

/** What a tool looked at, and its complaints without the noise around them. */
export interface Sight {
  readonly seen: number;
  readonly output: string;
  /** For a tool whose exit code does not tell. */
  readonly failed?: boolean;
}

/** Biome counts the files itself. */
export function biomeSight(output: string): Sight {
  return { seen: numberIn(output, /^Checked (\d+) files? in/m), output };
}

/** `--listFiles` prints every file of the program, those of `node_modules` too. */
export function tscSight(output: string, root: string): Sight {
  const lines = output.split("\n").filter((line) => line !== "");
  const isListed = (line: string) => /^(\/|[A-Za-z]:\/)/.test(line) && !line.includes(": error TS");
  const own = lines.filter(
    (line) => line.startsWith(`${root}/`) && !line.includes("/node_modules/"),
  );
  return {
    seen: own.filter(isListed).length,
    output: lines.filter((line) => !isListed(line)).join("\n"),
  };
}

/** The platform of SST is no work of ours, and would hide a folder that was not read. */
export function infraSight(output: string, root: string): Sight {
  return sightAmong(stacksIn, output, root);
}

/** The types that a page shares with the program are the program's. */
export function browserSight(output: string, root: string): Sight {
  return sightAmong(browserIn, output, root);
}

function sightAmong(counted: typeof stacksIn, output: string, root: string): Sight {
  const { output: complaints } = tscSight(output, root);
  const lines = output.split("\n").filter((line) => line.startsWith(`${root}/`));
  const listed = lines.map((line) => line.slice(root.length + 1));
  return { seen: counted(listed).length, output: complaints };
}

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
      readonly cycle?: readonly { readonly name: string }[];
      readonly via?: readonly { readonly name: string }[];
    }[];
  };
}

/**
 * Only our own modules count: those of Node and npm would hide a folder that was not read.
 * As JSON the report ends with exit code 0, violations or not.
 */
export function cruiseSight(json: string): Sight {
  // dependency-cruiser's own report, whose shape is fixed with its version.
  const { modules, summary } = JSON.parse(json) as Cruise;
  const lines = summary.violations.map(({ rule, from, to, cycle, via }) => {
    const way = (cycle ?? via ?? []).map(({ name }) => name).join(" → ");
    return `${rule.name}: ${from} → ${way === "" ? to : way}`;
  });
  return {
    seen: modules.filter(({ source }) => /^(packages|stacks|scripts|test|bench)\//.test(source))
      .length,
    output: lines.join("\n"),
    failed: lines.length > 0,
  };
}

/** The last line comes from our own reporter. */
export function knipSight(output: string): Sight {
  return { seen: numberIn(output, /^knip saw (\d+) files in \d+ workspaces$/m), output };
}

/** Our own script, which ends with what it saw. */
export function docsSight(output: string): Sight {
  return { seen: numberIn(output, /^docs saw (\d+) pages$/m), output };
}

/** Tests that passed; skipped ones have shown nothing. */
export function vitestSight(output: string): Sight {
  return { seen: numberIn(output, /^\s*Tests\s.*?(\d+) passed/m), output };
}

function numberIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? 0);
}
