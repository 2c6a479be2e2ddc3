import { expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { encryptionXml, soundPolicy } from "./sound.ts";

test("a log bucket that the baseline does not know is found by its grant and told what ails it", async () => {
  await using stage = await rehearse({ watch: false });
  const Bucket = stage.bucket("team-logs");
  const fromHere = { StringEquals: { "aws:SourceAccount": stage.sandbox.account } };
  const policyWith = (condition: object) => {
    const { Statement: sound } = JSON.parse(soundPolicy(Bucket));
    const grant = {
      Sid: "Deliver",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${Bucket}/*`,
      Condition: condition,
    };
    return JSON.stringify({ Version: "2012-10-17", Statement: [grant, ...sound] });
  };
  stage.change(Bucket, "policy", policyWith({}));
  expect(await stage.lookAgain(Bucket)).toBe("flagged");
  const notices = stage.messages(Bucket).flatMap((message) => message.notices);
  const notice = notices.find(({ control }) => control === "log-target-health");
  expect(notice).toMatchObject({
    kind: "flagged",
    saw: `the log bucket ${Bucket} encrypts with aws:kms, which stops log delivery; statement 1 (Deliver) also takes logs of arn:aws:s3:::anybody in account 999988887777`,
    next: expect.stringMatching(/^aws s3api put-bucket-encryption /),
  });
  expect(notice?.did).toContain(
    `it takes SSE-S3 as default encryption of the log bucket; the Condition ${JSON.stringify(fromHere)} in statement 1 (Deliver)`,
  );

  stage.change(Bucket, "policy", policyWith(fromHere));
  stage.change(Bucket, "encryption", encryptionXml("<SSEAlgorithm>AES256</SSEAlgorithm>"));
  await stage.lookAgain(Bucket);
  expect(stage.told(Bucket)).toContain("recovered log-target-health");
  expect(stage.writes(Bucket)).toEqual([]);
});
