import { AwsError } from "../wire/aws-error.ts";
import { type Input, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";

/** AWS Organizations, as far as a member sees what rules its S3. */
export const organizations = jsonService({
  name: "organizations",
  contentType: "application/x-amz-json-1.1",
  operations: {
    DescribeEffectivePolicy: { write: false, isManagement: true, run: describeEffectivePolicy },
  },
});

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html */
function describeEffectivePolicy({ input, call, world }: OperationCall): Input {
  const type = textIn(input, "PolicyType");
  const { account } = call.principal;
  const word = type === "S3_POLICY" ? world.organizationS3Policies.get(account) : undefined;
  if (word === undefined) {
    const message = `There is no effective policy of type ${type} for ${account}.`;
    throw new AwsError({ code: "EffectivePolicyNotFoundException", status: 400, message });
  }
  const content = { s3_attributes: { public_access_block_configuration: word } };
  return {
    EffectivePolicy: {
      PolicyContent: JSON.stringify(content),
      LastUpdatedTimestamp: call.at / 1000,
      TargetId: account,
      PolicyType: type,
    },
  };
}
