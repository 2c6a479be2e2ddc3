import type { WriteStep } from "../../model/plan.ts";
import type { Actor } from "../../model/trigger.ts";
import type { SourceFix } from "../message.ts";
import { inCdk } from "./cdk.ts";
import { inCloudFormation } from "./cloudformation.ts";
import { inSst } from "./sst.ts";
import { inTerraform } from "./terraform.ts";

type Tool = SourceFix["tool"];

const writers: Readonly<Record<Tool, (step: WriteStep) => readonly string[]>> = {
  Terraform: inTerraform,
  CloudFormation: inCloudFormation,
  "AWS CDK": inCdk,
  SST: inSst,
};

/**
 * What to write into the code that somebody deploys the bucket from, so that it asks for the same as
 * the baseline: in the language of the tool that made the change, or in all of them.
 */
export function sourceFixes(
  steps: readonly WriteStep[],
  by: Actor | undefined,
): readonly SourceFix[] {
  if (steps.length === 0) return [];
  return toolsOf(by).map((tool) => ({ tool, lines: steps.flatMap(writers[tool]) }));
}

/** A caller can choose its user agent, so a wrong guess must cost no more than a useless snippet. */
function toolsOf(by: Actor | undefined): readonly Tool[] {
  const { invokedBy, userAgent = "" } = by ?? {};
  if (invokedBy === "cloudformation.amazonaws.com") return ["CloudFormation", "AWS CDK"];
  if (/terraform|opentofu/i.test(userAgent)) return ["Terraform"];
  if (/pulumi|\bsst\b/i.test(userAgent)) return ["SST"];
  return ["Terraform", "CloudFormation", "AWS CDK", "SST"];
}
