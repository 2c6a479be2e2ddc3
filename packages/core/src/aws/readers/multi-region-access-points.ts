import {
  GetMultiRegionAccessPointPolicyCommand,
  GetMultiRegionAccessPointPolicyStatusCommand,
  type MultiRegionAccessPointReport,
  paginateListMultiRegionAccessPoints,
} from "@aws-sdk/client-s3-control";
import type { MultiRegionAccessPoint } from "../../model/multi-region.ts";
import { absent, type Known, present, valueIn } from "../../model/reading.ts";
import { parseRegion, partitionOf } from "../../model/ref.ts";
import type { Clients, Place } from "../clients.ts";
import { s3ControlAt } from "../s3-control.ts";
import { type FacetReader, known } from "./facet-reader.ts";
import { blockFrom } from "./public-access-block.ts";

/**
 * Every call about them is answered in us-west-2, and recorded there. Where that is in the other
 * partitions is written nowhere, so there they are not looked for.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html
 */
export const multiRegionAccessPointsReader: FacetReader<readonly MultiRegionAccessPoint[], Place> =
  {
    absent: "none",
    async ask(clients, on) {
      if (partitionOf(on.region) !== "aws") return undefined;
      const there = { account: on.account, region: parseRegion("us-west-2", "S3 Control") };
      const found: MultiRegionAccessPoint[] = [];
      for (const report of await listed(clients, there)) {
        found.push(await described(clients, there, report));
      }
      return found;
    },
  };

async function listed(
  clients: Clients,
  on: Place,
): Promise<readonly MultiRegionAccessPointReport[]> {
  const asked = { AccountId: on.account };
  const pages = paginateListMultiRegionAccessPoints({ client: s3ControlAt(clients, on) }, asked);
  const lists = await Array.fromAsync(pages, ({ AccessPoints = [] }) => AccessPoints);
  return lists.flat();
}

async function described(
  clients: Clients,
  on: Place,
  report: MultiRegionAccessPointReport,
): Promise<MultiRegionAccessPoint> {
  const { Name: name, PublicAccessBlock: block, Regions: regions = [] } = report;
  if (name === undefined) throw new Error("ListMultiRegionAccessPoints answered without a name");
  const client = s3ControlAt(clients, on);
  const of = { AccountId: on.account, Name: name };
  // That S3 may refuse for want of a policy is written nowhere; others imitate it so.
  const [policy, isPublic] = await Promise.all([
    known("multiRegionPolicy", async () => {
      const { Policy } = await client.send(new GetMultiRegionAccessPointPolicyCommand(of));
      return Policy;
    }),
    known("multiRegionPolicy", async () => {
      const command = new GetMultiRegionAccessPointPolicyStatusCommand(of);
      const { Established } = await client.send(command);
      return Established?.IsPublic;
    }),
  ]);
  const { Established, Proposed } = valueIn(policy) ?? {};
  return {
    name,
    status: report.Status ?? "UNKNOWN",
    publicAccessBlock: knownIf(block && blockFrom(block)),
    buckets: regions.map(
      ({ Bucket: bucket = "", Region: region = "", BucketAccountId: account }) => ({
        name: bucket,
        region,
        ...(account === undefined ? {} : { account }),
      }),
    ),
    established: textIn(Established?.Policy),
    proposed: textIn(Proposed?.Policy),
    isPublic,
  };
}

/** Without a policy the parts of the answer are there, and empty. */
function textIn(text: string | undefined): MultiRegionAccessPoint["established"] {
  return knownIf(text === undefined || text === "" ? undefined : { text });
}

function knownIf<T>(value: T | undefined): Known<T> {
  return value === undefined ? absent : present(value);
}
