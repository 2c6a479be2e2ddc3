import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse();
const terraform = stage.as("terraform");
afterAll(() => stage[Symbol.asyncDispose]());

test("a tool that puts its value back each time gets three repairs, one escalation, then silence", async () => {
  const bucket = stage.bucket();
  for (let round = 0; round < 6; round += 1) await suspend(bucket);
  expect(stage.writes(bucket)).toEqual([
    "PutBucketVersioning",
    "PutBucketVersioning",
    "PutBucketVersioning",
  ]);
  expect(stage.told(bucket)).toEqual([
    "fixed versioning",
    "fixed versioning",
    "fixed versioning",
    "contested versioning",
  ]);

  const notice = stage.messages(bucket).at(-1)?.notices[0];
  expect(notice?.did).toContain("it was repaired 3 times since ");
  expect(notice?.did).toContain(":user/terraform");
  expect(notice?.fixes?.map(({ tool }) => tool)).toContain("Terraform");
  const lines = notice?.fixes?.find(({ tool }) => tool === "Terraform")?.lines ?? [];
  expect(lines.join("\n")).toBe(
    `resource "aws_s3_bucket_versioning" "${bucket}" {
  bucket = "${bucket}"
  versioning_configuration {
    status = "Enabled"
  }
}`,
  );

  // Neither a look at everything nor a sweep goes on with the struggle or speaks of it again.
  expect(await stage.lookAgain(bucket)).toBe("contested");
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });

  // A person may still decide.
  const { region } = stage.sandbox;
  await stage.deployment.invoke({
    bucket,
    region,
    mode: "apply",
    controls: ["versioning"],
    requestedBy: "bob",
    reason: "the code is right now",
  });
  await stage.done(bucket);
  expect(stage.writes(bucket)).toHaveLength(4);
  expect(stage.told(bucket).slice(4)).toEqual(["fixed versioning"]);
  await suspend(bucket);
  expect(stage.told(bucket).slice(5)).toEqual(["fixed versioning"]);
});

test("a struggle about one setting does not stop the repair of another", async () => {
  const bucket = stage.bucket();
  for (let round = 0; round < 4; round += 1) await suspend(bucket);
  await terraform.deletePublicAccessBlock({ Bucket: bucket });
  await stage.deployment.idle();
  expect(stage.told(bucket).slice(3)).toEqual([
    "contested versioning",
    "fixed public-access-block",
  ]);
  expect(stage.writes(bucket).slice(3)).toEqual(["PutPublicAccessBlock"]);
});

async function suspend(bucket: string): Promise<void> {
  const VersioningConfiguration = { Status: "Suspended" } as const;
  await terraform.putBucketVersioning({ Bucket: bucket, VersioningConfiguration });
  await stage.deployment.idle();
}
