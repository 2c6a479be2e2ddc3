import { emptyAnswer, xmlBody } from "../s3/context.ts";
import { s3Error } from "../s3/errors.ts";
import { acceptPublicAccessBlock } from "../s3/public-access-block.ts";
import type { World } from "../world.ts";
import { type ControlOperations, controlAnswer } from "./operation.ts";

const path = "/configuration/publicAccessBlock";
const root = "PublicAccessBlockConfiguration";
const shows = () => ({ publicAccessBlock: "" });

/**
 * The public access block of an account.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
 */
export const publicAccessBlockOperations: ControlOperations = {
  GetPublicAccessBlock: {
    method: "GET",
    path,
    eventName: "GetAccountPublicAccessBlock",
    shows,
    serve: ({ world, account }) => {
      const block = world.accountPublicAccessBlocks.get(account);
      if (block === undefined) throw s3Error("NoSuchPublicAccessBlockConfiguration");
      return controlAnswer(root, block);
    },
  },
  PutPublicAccessBlock: {
    method: "PUT",
    path,
    eventName: "PutAccountPublicAccessBlock",
    shows,
    serve: ({ call, world, account }) => {
      refuseUnderOrganization(world, account);
      const block = acceptPublicAccessBlock(xmlBody(call, root));
      world.accountPublicAccessBlocks.set(account, block);
      return emptyAnswer(200);
    },
  },
  DeletePublicAccessBlock: {
    method: "DELETE",
    path,
    eventName: "DeleteAccountPublicAccessBlock",
    shows,
    serve: ({ world, account }) => {
      refuseUnderOrganization(world, account);
      world.accountPublicAccessBlocks.delete(account);
      return emptyAnswer(204);
    },
  },
};

/** That S3 refuses is documented, under which name is not. */
function refuseUnderOrganization({ organizationS3Policies }: World, account: string): void {
  if (organizationS3Policies.has(account)) throw s3Error("AccessDenied");
}
