import { reconfigure, withDocument } from "../s3/bucket.ts";
import { emptyAnswer, xmlBody } from "../s3/context.ts";
import { s3Error } from "../s3/errors.ts";
import { refuseBadTagKeys } from "../s3/plain.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../wire/xml.ts";
import type { ControlCall, ControlOperation, ControlOperations } from "./operation.ts";

const path = "/tags/{arn}";

/** No record of these calls has been seen; the member is named as in the API. */
const shows: NonNullable<ControlOperation["shows"]> = ({ arn }) => ({ resourceArn: arn });

/**
 * The tags of buckets, one by one, with and without ABAC. Of what else S3 Control tags the sandbox knows
 * nothing.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html
 */
export const tagOperations: ControlOperations = {
  TagResource: {
    method: "POST",
    path,
    shows,
    serve: (on) => {
      const tags = childOf(xmlBody(on.call, "TagResourceRequest"), "Tags") ?? {};
      const added = childrenOf(tags, "Tag");
      const keys = added.map(keyOf);
      if (keys.includes("") || added.some((tag) => textOf(tag, "Value") === undefined)) {
        throw s3Error("MalformedXML");
      }
      retag(on, (others) => [...others.filter((tag) => !keys.includes(keyOf(tag))), ...added]);
      return emptyAnswer(204);
    },
  },
  UntagResource: {
    method: "DELETE",
    path,
    shows,
    serve: (on) => {
      const keys = on.call.request.query.getAll("tagKeys");
      retag(on, (tags) => tags.filter((tag) => !keys.includes(keyOf(tag))));
      return emptyAnswer(204);
    },
  },
};

type Tags = readonly XmlElement[];

function retag({ call, world, account, parts }: ControlCall, change: (tags: Tags) => Tags): void {
  const bucket = world.buckets.get(parts["arn"]?.split(":::")[1] ?? "");
  if (bucket?.account !== account || bucket.region !== call.region) throw s3Error("NoSuchBucket");
  const { configuration } = bucket;
  const before = childOf(configuration.documents["tagging"] ?? {}, "TagSet") ?? {};
  const tags = change(childrenOf(before, "Tag"));
  refuseBadTagKeys(tags.map(keyOf));
  const document = tags.length === 0 ? undefined : { TagSet: { Tag: tags } };
  reconfigure(bucket, withDocument(configuration, "tagging", document), world.now());
}

function keyOf(tag: XmlElement): string {
  return textOf(tag, "Key") ?? "";
}
