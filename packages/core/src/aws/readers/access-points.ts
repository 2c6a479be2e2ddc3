import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetAccessPointPolicyStatusCommand,
  type AccessPoint as ListedPoint,
  paginateListAccessPoints,
} from "@aws-sdk/client-s3-control";
import type { AccessPoint } from "../../model/access-point.ts";
import type { PolicyText } from "../../model/facets.ts";
import { absent, present } from "../../model/reading.ts";
import type { BucketRef } from "../../model/ref.ts";
import type { ReadContext } from "../../observe/index.ts";
import type { Clients, Place } from "../clients.ts";
import { s3ControlAt } from "../s3-control.ts";
import { askShared, type FacetReader, known } from "./facet-reader.ts";
import { blockFrom } from "./public-access-block.ts";

/**
 * The access points of the bucket's own account that lead to it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html
 */
export const accessPointsReader: FacetReader<readonly AccessPoint[]> = {
  absent: "none",
  async ask(clients, on, context) {
    const found: AccessPoint[] = [];
    for (const name of await namesOn(clients, on, context)) {
      const point = await described(clients, on, name);
      if (point !== undefined) found.push(point);
    }
    return found;
  },
};

/** Whoever looks at many buckets lists those of all of them at once. */
async function namesOn(
  clients: Clients,
  on: BucketRef,
  context: ReadContext,
): Promise<readonly string[]> {
  if (context.shared === undefined) return namesIn(await listed(clients, on, on.name));
  const ask = async () => Map.groupBy(await listed(clients, on), ({ Bucket = "" }) => Bucket);
  const all = await askShared(context, ["access points", on.account, on.region], ask);
  return namesIn(all.get(on.name) ?? []);
}

function namesIn(points: readonly ListedPoint[]): readonly string[] {
  return points.map(({ Name = "" }) => Name);
}

async function listed(
  clients: Clients,
  on: BucketRef,
  Bucket?: string,
): Promise<readonly ListedPoint[]> {
  const asked = { AccountId: on.account, ...(Bucket === undefined ? {} : { Bucket }) };
  const pages = paginateListAccessPoints({ client: s3ControlAt(clients, on) }, asked);
  const lists = await Array.fromAsync(pages, ({ AccessPointList = [] }) => AccessPointList);
  return lists.flat();
}

/** Undefined when it is gone since it was listed. */
async function described(
  clients: Clients,
  on: BucketRef,
  name: string,
): Promise<AccessPoint | undefined> {
  const client = s3ControlAt(clients, on);
  const of = { AccountId: on.account, Name: name };
  const point = await known("accessPoint", () => client.send(new GetAccessPointCommand(of)));
  if (point.state === "absent") return undefined;
  const { NetworkOrigin = "unknown", PublicAccessBlockConfiguration: block } = point.value;
  const [policy, isPublic] = await Promise.all([
    known("accessPointPolicy", async (): Promise<PolicyText> => {
      const { Policy } = await client.send(new GetAccessPointPolicyCommand(of));
      if (Policy === undefined) throw new Error("GetAccessPointPolicy answered without one");
      return { text: Policy };
    }),
    known("accessPointPolicy", async () => {
      const { PolicyStatus } = await client.send(new GetAccessPointPolicyStatusCommand(of));
      return PolicyStatus?.IsPublic;
    }),
  ]);
  const publicAccessBlock = block === undefined ? absent : present(blockFrom(block));
  return { name, origin: NetworkOrigin, publicAccessBlock, policy, isPublic };
}

/** The bucket that an access point leads to, where the account of the access point owns both. */
export async function bucketNameBehind(
  clients: Clients,
  Name: string,
  at: Place,
): Promise<string | undefined> {
  const command = new GetAccessPointCommand({ AccountId: at.account, Name });
  const point = await known("accessPoint", () => s3ControlAt(clients, at).send(command));
  if (point.state === "absent") return undefined;
  const { Bucket, BucketAccountId = at.account } = point.value;
  // Whoever owns the bucket cannot list this access point, and so cannot judge it.
  return BucketAccountId === at.account ? Bucket : undefined;
}
