import { assertNever } from "../../kernel/never.ts";
import type { WriteStep } from "../../model/plan.ts";
import { statusOf } from "./cloudformation.ts";
import { addedStatements, jsonLines } from "./statements.ts";

/**
 * For `const bucket = new sst.aws.Bucket(…)`: what it makes itself is changed by its `transform`, the
 * rest stands beside it. https://sst.dev/docs/component/aws/bucket
 */
export function inSst(step: WriteStep): readonly string[] {
  switch (step.document) {
    case "policy":
      return [
        "// in the options of the sst.aws.Bucket",
        "transform: {",
        "  policy: (args) => {",
        "    args.policy = $jsonParse(args.policy).apply((policy) =>",
        "      JSON.stringify({ ...policy, Statement: [...policy.Statement,",
        ...addedStatements(step).flatMap((statement) => [
          ...indented(jsonLines(statement), 8).slice(0, -1),
          "        },",
        ]),
        "      ] }),",
        "    );",
        "  },",
        "},",
      ];
    case "versioning":
      return transformed("versioning", { versioningConfiguration: { status: statusOf(step) } });
    case "publicAccessBlock": {
      const { configuration: _, ...flags } = step.after;
      return transformed("publicAccessBlock", flags);
    }
    case "accountPublicAccess": {
      const { configuration: _, ...flags } = step.after;
      return made("AccountPublicAccessBlock", "Account", flags);
    }
    case "cors":
      return transformed("cors", { corsRules: step.after.rules.map(corsRule) });
    case "encryption":
      return beside("BucketServerSideEncryptionConfiguration", { rules: [encryptionRule(step)] });
    case "logging": {
      const { targetBucket, targetPrefix } = step.after;
      return beside("BucketLogging", { targetBucket, targetPrefix });
    }
    case "ownership":
      return beside("BucketOwnershipControls", { rule: { objectOwnership: step.after.setting } });
    case "objectLock":
      return beside("BucketObjectLockConfiguration", lockRule(step));
    default:
      return assertNever(step);
  }
}

function transformed(part: string, args: object): readonly string[] {
  const [first = "", ...rest] = indented(jsonLines(args), 2);
  return [
    "// in the options of the sst.aws.Bucket",
    `transform: { ${part}: (args) => {`,
    `  Object.assign(args, ${first.trimStart()}`,
    ...rest.slice(0, -1),
    "  });",
    "} },",
  ];
}

function made(resource: string, name: string, args: object): readonly string[] {
  return `new aws.s3.${resource}("${name}", ${jsonLines(args).join("\n")});`.split("\n");
}

function beside(resource: string, args: object): readonly string[] {
  const [, ...rest] = jsonLines(args);
  return [
    `new aws.s3.${resource}("Bucket${resource.slice(6)}", {`,
    "  bucket: bucket.name,",
    ...rest.slice(0, -1),
    "});",
  ];
}

function indented(lines: readonly string[], spaces: number): readonly string[] {
  return lines.map((line) => `${" ".repeat(spaces)}${line}`);
}

type Rules = Extract<WriteStep, { document: "cors" }>["after"]["rules"];

function corsRule({ origins, methods, exposedHeaders }: Rules[number]) {
  const exposed = exposedHeaders.length === 0 ? {} : { exposeHeaders: exposedHeaders };
  return { allowedOrigins: origins, allowedMethods: methods, ...exposed };
}

function encryptionRule({ after }: Extract<WriteStep, { document: "encryption" }>) {
  const { algorithm, keyId, bucketKeyEnabled } = after;
  return {
    bucketKeyEnabled,
    applyServerSideEncryptionByDefault: {
      sseAlgorithm: algorithm,
      ...(keyId === undefined ? {} : { kmsMasterKeyId: keyId }),
    },
  };
}

function lockRule({ after }: Extract<WriteStep, { document: "objectLock" }>) {
  const { defaultRetention } = after;
  if (defaultRetention === undefined) return {};
  const { mode, period } = defaultRetention;
  return { rule: { defaultRetention: { mode, [period.unit]: period.count } } };
}
