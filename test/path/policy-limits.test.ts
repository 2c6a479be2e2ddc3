import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({
  baseline: {
    "tls-minimum": { mode: "remediate", minimum: "1.3" },
    "presigned-url-age": { mode: "approve", maxAgeSeconds: 3_600 },
  },
});
afterAll(() => stage[Symbol.asyncDispose]());

const controls = ["tls-minimum", "presigned-url-age"];

function askFor(bucket: string) {
  const request = { mode: "apply", reason: "all clients are new", requestedBy: "bob" };
  return stage.deployment.invoke({ ...request, bucket, controls });
}

async function policyOf(bucket: string): Promise<string> {
  const { Policy: text = "" } = await stage.as("owner").getBucketPolicy({ Bucket: bucket });
  return text;
}

test("both wait for a person, and are then one write behind what was there", async () => {
  const bucket = stage.bucket("limits");
  const before = await policyOf(bucket);
  expect(await stage.lookAgain(bucket)).toBe("awaiting-approval");
  expect(stage.told(bucket)).toEqual(controls.map((id) => `approval-wanted ${id}`));
  expect(await policyOf(bucket)).toBe(before);

  const { results } = await askFor(bucket);
  expect(results.map(({ outcome }) => outcome.kind)).toEqual(["fixed"]);
  const { Statement } = JSON.parse(await policyOf(bucket));
  expect(Statement.slice(0, -2)).toEqual(JSON.parse(before).Statement);
  expect(Statement.slice(-2)).toMatchObject([
    {
      Sid: "BucketWardenTlsMinimum",
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.3" } },
    },
    {
      Sid: "BucketWardenPresignedMaxAge",
      Condition: { NumericGreaterThan: { "s3:signatureAge": "3600000" } },
    },
  ]);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);

  const again = await askFor(bucket);
  expect(again.results.map(({ outcome }) => outcome.kind)).toEqual(["clean"]);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
});
