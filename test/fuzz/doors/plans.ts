import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isTooDeep } from "@bucket-warden/core/kernel";
import fc from "fast-check";
import { type PlanFile, planText, readPlan } from "../../../packages/cli/src/plan/plan-file.ts";
import { jsonOf, mangled, mangledText } from "../../arbitraries/mangled.ts";
import { someLooks } from "../../output/scans.ts";
import { door } from "../door.ts";

const plan = {
  madeAt: "2026-11-20T10:15:00.000Z",
  until: "2026-11-21T10:15:00.000Z",
  account: "111122223333",
  region: "eu-west-1",
  baseline: { file: "warden.config.yaml", print: "4f0c" },
  controls: ["ssl-only"],
  looks: someLooks(),
};

const file = join(tmpdir(), `warden-plan-${randomUUID()}.json`);

/** A plan is carried out just as it was written: any change of it is noticed. */
async function read(text: string): Promise<unknown> {
  await writeFile(file, text);
  try {
    return await readPlan(file);
  } finally {
    await rm(file);
  }
}

/** Half of them with a checksum that fits, so that whoever can count one gets no further. */
const texts = fc.oneof(
  mangled([plan]).map((it) => (isTooDeep(it) ? jsonOf(it) : planText(it as PlanFile))),
  mangledText([{ ...JSON.parse(planText(plan as unknown as PlanFile)) }]),
);

export const planDoors = [door({ name: "plans in files", inputs: texts, enter: read })];
