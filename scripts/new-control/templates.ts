/** The control itself: it asks nothing yet, and says so instead of calling anything compliant. */
export function controlFile(id: string): string {
  return `import { defineControl } from "./control.ts";

/** Say in one sentence what must be true. */
export const ${nameOf(id)} = defineControl({
  id: "${id}",
  reads: ["policy"],

  evaluate({ policy }) {
    const seen = policy.state === "absent" ? "there is no policy" : "there is a policy";
    return { kind: "undecided", why: \`the question of ${id} is not written yet (\${seen})\` };
  },

  remediation: {
    mode: "report-only",
    why: "nobody has decided yet what a machine may do",
  },

  docs: {
    title: "The question of ${id}",
    rationale: "Say in a sentence or two what goes wrong where it does not hold.",
    breaks: "Nothing is written. Say what the remedy can break, and for whom.",
    stops: [],
  },
  references: {},
});
`;
}

/** Its test, with the rows that can be written before the question is. */
export function testFile(id: string): string {
  const name = nameOf(id);
  return `import { expect, test } from "vitest";
import { judge, policyOf, repair, unknown, unread, unreadRows } from "../../../../test/controls/readings.ts";
import { absent } from "../model/reading.ts";
import { ${name} } from "./${id}.ts";

// Rows to write: clean, drifted, absent, spelt differently but equivalent, right name but wrong
// meaning, already fixed.
test.each([
  { name: "no policy", policy: absent, seen: "there is no policy" },
  { name: "an empty policy", policy: policyOf(), seen: "there is a policy" },
])("$name is undecided as long as nobody wrote the question", ({ policy, seen }) => {
  expect(judge(${name}, { policy })).toEqual({
    kind: "undecided",
    why: \`the question of ${id} is not written yet (\${seen})\`,
  });
});

test("nothing is written, also where a person asks for it", () => {
  expect(repair(${name}, { policy: absent }, { asked: true })).toMatchObject({
    written: [],
    held: [],
    writtenAgain: [],
  });
});

test.each(unreadRows(${name}))("unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(${name}, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
`;
}

/** The name of the constant: `ssl-only` is `sslOnly`. */
export function nameOf(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
