import type { ObjectOwnership } from "@aws-sdk/client-s3";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse();
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

async function settingOf(bucket: string): Promise<string | undefined> {
  const answer = await stage.as("owner").getBucketOwnershipControls({ Bucket: bucket });
  return answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
}

function set(bucket: string, ObjectOwnership: ObjectOwnership) {
  const body = { OwnershipControls: { Rules: [{ ObjectOwnership }] } };
  return mallory.putBucketOwnershipControls({ Bucket: bucket, ...body });
}

async function askFor(bucket: string): Promise<readonly string[]> {
  const request = { mode: "apply", reason: "nobody uses ACLs", requestedBy: "bob" };
  const asked = { ...request, bucket, controls: ["ownership-acl"] };
  const { results } = await stage.deployment.invoke(asked);
  await stage.deployment.idle();
  return results.map(({ outcome }) => outcome.kind);
}

test.each([
  { name: "are back in force", weaken: (bucket: string) => set(bucket, "ObjectWriter") },
  {
    name: "are preferred by nobody",
    weaken: (bucket: string) => mallory.deleteBucketOwnershipControls({ Bucket: bucket }),
  },
])("where ACLs $name a person is asked, and has them disabled once", async ({ weaken }) => {
  const bucket = stage.bucket("owned");
  await weaken(bucket);
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["approval-wanted ownership-acl"]);
  expect(stage.writes(bucket)).toEqual([]);
  expect(await askFor(bucket)).toEqual(["fixed"]);
  expect(await settingOf(bucket)).toBe("BucketOwnerEnforced");
  expect(await askFor(bucket)).toEqual(["clean"]);
  expect(stage.told(bucket)).toEqual(["approval-wanted ownership-acl", "fixed ownership-acl"]);
  expect(stage.writes(bucket)).toEqual(["PutBucketOwnershipControls"]);
});

test("grants of the ACL are in the way until their owner takes them back", async () => {
  const bucket = stage.bucket("owned");
  await set(bucket, "ObjectWriter");
  const logDelivery = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"';
  await mallory.putBucketAcl({ Bucket: bucket, GrantWrite: logDelivery });
  await stage.deployment.idle();
  expect(await askFor(bucket)).toEqual(["blocked"]);
  expect(stage.messages(bucket).at(-1)?.notices).toMatchObject([
    {
      kind: "blocked",
      control: "ownership-acl",
      saw: "ACLs are in force (ObjectWriter), and the bucket ACL gives WRITE to the log delivery of S3",
    },
  ]);
  await mallory.putBucketAcl({ Bucket: bucket, ACL: "private" });
  await stage.deployment.idle();
  expect(await askFor(bucket)).toEqual(["fixed"]);
  expect(await settingOf(bucket)).toBe("BucketOwnerEnforced");
});

const everyone = "<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>";
const publicRead = `<AccessControlPolicy><Owner><ID>0f</ID></Owner><AccessControlList><Grant><Grantee>${everyone}</Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`;

// IgnorePublicAcls hides them from GetBucketAcl, so that only S3 itself can refuse.
test("hidden public grants end in what S3 says, and nothing is lost", async () => {
  const bucket = stage.bucket("owned");
  const ownership = "<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>";
  stage.change(bucket, "ownershipControls", `<OwnershipControls>${ownership}</OwnershipControls>`);
  stage.change(bucket, "acl", publicRead);
  expect(await stage.lookAgain(bucket)).toBe("awaiting-approval");
  const request = { mode: "apply", reason: "nobody uses ACLs", requestedBy: "bob", bucket };
  const asked = { ...request, controls: ["ownership-acl"] };
  const { results } = await stage.deployment.invoke(asked);
  expect(results.map(({ outcome }) => outcome)).toEqual([
    {
      kind: "blocked",
      controls: ["ownership-acl"],
      needs: expect.stringContaining("InvalidBucketAclWithObjectOwnership"),
    },
  ]);
  expect(await settingOf(bucket)).toBe("ObjectWriter");
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
