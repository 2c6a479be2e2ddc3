import type { Stage } from "./stage.ts";

/**
 * Everything that was done, with what was there before: undoing starts from here, so there is no
 * bucket of before-images beside it (docs/adr/0012-undo-as-an-inverse-patch.md).
 */
export function createLedger({ names }: Stage): aws.dynamodb.Table {
  return new aws.dynamodb.Table("Ledger", {
    name: `${names.prefix}-ledger`,
    billingMode: "PAY_PER_REQUEST",
    hashKey: "pk",
    rangeKey: "sk",
    attributes: [
      { name: "pk", type: "S" },
      { name: "sk", type: "S" },
    ],
    ttl: { attributeName: "expires", enabled: true },
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: $app.removal !== "remove",
  });
}

/** The parameter that stops every write. A deployment never switches it: people do. */
export function createStopSwitch({ names }: Stage): aws.ssm.Parameter {
  return new aws.ssm.Parameter(
    "StopSwitch",
    {
      name: names.stopParameter,
      type: "String",
      value: "off",
      description: "Any text but `off` stops every write of Bucket Warden and is its reason",
    },
    { ignoreChanges: ["value"] },
  );
}
