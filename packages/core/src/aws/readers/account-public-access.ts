import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import type { PublicAccessBlock } from "../../model/facets.ts";
import type { ResourceRef } from "../../model/ref.ts";
import { s3ControlAt } from "../s3-control.ts";
import type { FacetReader } from "./facet-reader.ts";
import { blockFrom } from "./public-access-block.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html */
export const accountPublicAccessReader: FacetReader<PublicAccessBlock, ResourceRef> = {
  absent: "publicAccessBlock",
  async ask(clients, on) {
    const command = new GetPublicAccessBlockCommand({ AccountId: on.account });
    const { PublicAccessBlockConfiguration: block } = await s3ControlAt(clients, on).send(command);
    if (block === undefined) throw new Error("GetPublicAccessBlock answered without one");
    return blockFrom(block);
  },
};
