import type { WriteStep } from "../../model/plan.ts";
import { accountCommand, propertiesOf } from "./cloudformation.ts";
import { addedStatements, jsonLines } from "./statements.ts";

/** Overrides reach every property, whatever the construct offers. https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html */
export function inCdk(step: WriteStep): readonly string[] {
  if (step.document === "policy") {
    return addedStatements(step).flatMap((statement) =>
      called("bucket.addToResourcePolicy(iam.PolicyStatement.fromJson(", statement, "));"),
    );
  }
  if (step.document === "accountPublicAccess") return accountCommand(step);
  return Object.entries(propertiesOf(step)).flatMap(([name, value]) => [
    ...called(
      `(bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride("${name}", `,
      value,
      ");",
    ),
  ]);
}

function called(opening: string, value: unknown, closing: string): readonly string[] {
  return `${opening}${jsonLines(value).join("\n")}${closing}`.split("\n");
}
