import type { Where } from "./guarantee.ts";

function bucketArn({ partition, bucket }: Where): string {
  return `arn:${partition}:s3:::${bucket}`;
}

export function objectsArn(where: Where): string {
  return `${bucketArn(where)}/*`;
}

/** The bucket and everything in it: bucket-level calls see the one ARN, object-level calls the other. */
export function bucketAndObjects(where: Where): readonly string[] {
  return [bucketArn(where), objectsArn(where)];
}
