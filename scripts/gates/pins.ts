import type { Violation } from "./gate.ts";

/** The parts of a package.json that name other packages. */
export interface Manifest {
  readonly path: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const exact = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

const forbidden: Readonly<Record<string, string>> = {
  "aws-lambda": "not AWS's: a deployment tool of the same name; the types are @types/aws-lambda",
  "aws-sdk": "version 2 has reached its end of support",
  emulate: "the tag `latest` is an unrelated package",
  "@fast-check/vitest": "puts the seed into the test's title, which blinds mutation testing",
};

const sections = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** Reads the dependencies of all sections of a package.json. */
export function parseManifest(path: string, text: string): Manifest {
  const json: unknown = JSON.parse(text);
  const entries = sections.flatMap((section) => Object.entries(recordIn(json, section)));
  return {
    path,
    dependencies: Object.fromEntries(entries.map(([name, range]) => [name, String(range)])),
  };
}

/** Finds version ranges, which make two installs differ, and packages that must not come in. */
export function findLoosePins(manifests: readonly Manifest[]): readonly Violation[] {
  return manifests.flatMap(({ path, dependencies }) =>
    Object.entries(dependencies).flatMap(([name, range]) => {
      const violations: Violation[] = [];
      if (!exact.test(range)) {
        const message = `${name} is "${range}", not one exact version`;
        violations.push({ rule: "exact-version", at: path, message });
      }
      const why = Object.hasOwn(forbidden, name) ? forbidden[name] : undefined;
      if (why !== undefined) {
        violations.push({ rule: "forbidden-package", at: path, message: `${name}: ${why}` });
      }
      return violations;
    }),
  );
}

function recordIn(json: unknown, key: string): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null) return {};
  const value: unknown = Object.entries(json).find(([name]) => name === key)?.[1];
  return typeof value === "object" && value !== null ? { ...value } : {};
}
