import type { Look } from "@bucket-warden/core/model";
import { expect, test } from "vitest";
import {
  bucket,
  compliant,
  drift,
  end,
  look,
  notAsked,
  nothingMissing,
  undecided,
  unread,
  waived,
} from "../../../../test/output/scans.ts";
import { scanExitCode } from "./exit-code.ts";
import { newTally } from "./tally.ts";

const on = bucket("photos");
const stopped = { ...nothingMissing, interrupted: true } as const;

test.each<{ what: string; looks: readonly Look[]; ending: typeof end; code: number }>([
  { what: "nothing at all", looks: [], ending: nothingMissing, code: 0 },
  {
    what: "what is right",
    looks: [look(on, [compliant, notAsked])],
    ending: nothingMissing,
    code: 0,
  },
  { what: "what is waived", looks: [look(on, [waived])], ending: nothingMissing, code: 0 },
  { what: "drift", looks: [look(on, [drift("cors", "x")])], ending: nothingMissing, code: 2 },
  { what: "drift and gaps", looks: [look(on, [unread, drift("cors", "x")])], ending: end, code: 2 },
  { what: "the unread", looks: [look(on, [unread])], ending: nothingMissing, code: 3 },
  { what: "the undecided", looks: [look(on, [undecided])], ending: nothingMissing, code: 3 },
  { what: "an account that was not looked at", looks: [], ending: end, code: 3 },
  { what: "half of it", looks: [look(on, [compliant])], ending: stopped, code: 3 },
  {
    what: "what is gone, whatever was said of it",
    looks: [{ ...look(on, [unread, drift("cors", "x")]), gone: true }],
    ending: nothingMissing,
    code: 0,
  },
])("a scan of $what ends with $code", ({ looks, ending, code }) => {
  const tally = newTally();
  for (const it of looks) tally.add(it);
  expect(scanExitCode(tally.counts(), ending)).toBe(code);
});
