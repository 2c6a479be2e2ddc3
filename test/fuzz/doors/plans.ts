import { isTooDeep } from "@bucket-warden/core/kernel";
import fc from "fast-check";
import { type PlanFile, planText, readPlan } from "../../../packages/cli/src/plan/plan-file.ts";
import { jsonOf, mangled, mangledText } from "../../arbitraries/mangled.ts";
import { somePlan } from "../../output/scans.ts";
import { door } from "../door.ts";
import { throughFile } from "./through-file.ts";

/** Half of them with a checksum that fits, so that whoever can count one gets no further. */
const texts = fc.oneof(
  mangled([somePlan]).map((it) => (isTooDeep(it) ? jsonOf(it) : planText(it as PlanFile))),
  mangledText([{ ...JSON.parse(planText(somePlan)) }]),
);

/** A plan is carried out just as it was written: any change of it is noticed. */
export const planDoors = [
  door({ name: "plans in files", inputs: texts, enter: throughFile(readPlan) }),
];
