import {
  CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from "@aws-sdk/client-cloudwatch";
import {
  GetServiceQuotaCommand,
  type ServiceQuota,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { dayMilliseconds } from "../../kernel/clock.ts";
import type { KmsLoad } from "../../model/facets.ts";
import type { Clients, Place } from "../clients.ts";
import { describeError, meaningOf } from "../errors.ts";
import { encryptionReader } from "./encryption.ts";
import { askOnce, askShared, type FacetReader } from "./facet-reader.ts";

/**
 * Asks only where a Bucket Key could spare KMS requests and does not. That the account may not look is
 * a fact beside the key, which is judged without it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
export const kmsLoadReader: FacetReader<KmsLoad> = {
  absent: "encryption",
  async ask(clients, on, context) {
    const encryption = await askOnce(encryptionReader, clients, on, context);
    if (encryption?.algorithm !== "aws:kms" || encryption.bucketKeyEnabled) return undefined;
    const { now } = context;
    if (now === undefined) return { kind: "hidden", why: "nobody said for which day to ask" };
    try {
      const question = ["kms load", on.account, on.region];
      return await askShared(context, question, () => loadOf(clients, on, now));
    } catch (error) {
      const isHidden = meaningOf(error, "quota");
      if (isHidden.kind === "absent" || isHidden.reason === "denied") {
        return { kind: "hidden", why: describeError(error) };
      }
      throw error;
    }
  },
};

/** All cryptographic requests with symmetric keys: those that S3 makes. */
const symmetricRequests = { ServiceCode: "kms", QuotaCode: "L-6E3AF000" };

async function loadOf(clients: Clients, at: Place, now: number): Promise<KmsLoad> {
  const command = new GetServiceQuotaCommand(symmetricRequests);
  const { Quota: quota } = await clients.of(ServiceQuotasClient, at).send(command);
  const quotaPerSecond = perSecond(quota);
  const metric = metricOf(quota);
  if (quotaPerSecond === undefined || metric === undefined) {
    return { kind: "hidden", why: "Service Quotas does not say how KMS requests are counted" };
  }
  const peakPerSecond = (await busiestMinute(clients, at, { metric, now })) / secondsInMinute;
  return { kind: "measured", peakPerSecond, quotaPerSecond };
}

const secondsInMinute = 60;
const units: Readonly<Record<string, number>> = { SECOND: 1, MINUTE: secondsInMinute, HOUR: 3_600 };

/** KMS counts by the second, which Service Quotas need not repeat. */
function perSecond(quota: ServiceQuota | undefined): number | undefined {
  const { PeriodValue = 1, PeriodUnit = "SECOND" } = quota?.Period ?? {};
  const seconds = PeriodValue * (units[PeriodUnit] ?? 0);
  return quota?.Value === undefined || seconds === 0 ? undefined : quota.Value / seconds;
}

type Metric = NonNullable<NonNullable<MetricDataQuery["MetricStat"]>["Metric"]>;

/** Service Quotas names the metric of CloudWatch by which the use of a quota is counted. */
function metricOf(quota: ServiceQuota | undefined): Metric | undefined {
  const { MetricNamespace, MetricName, MetricDimensions } = quota?.UsageMetric ?? {};
  if (MetricNamespace === undefined || MetricName !== "CallCount") return undefined;
  const dimensions = Object.entries(MetricDimensions ?? {});
  return {
    Namespace: MetricNamespace,
    MetricName,
    Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
  };
}

/** The most requests in one minute of the day before; CloudWatch counts no minute without any. */
async function busiestMinute(
  clients: Clients,
  at: Place,
  { metric, now }: { readonly metric: Metric; readonly now: number },
): Promise<number> {
  const stat = { Metric: metric, Period: secondsInMinute, Stat: "Sum" };
  const question = {
    MetricDataQueries: [{ Id: "requests", MetricStat: stat }],
    StartTime: new Date(now - dayMilliseconds),
    EndTime: new Date(now),
  };
  let most = 0;
  for await (const page of paginateGetMetricData(
    { client: clients.of(CloudWatchClient, at) },
    question,
  )) {
    for (const { Values = [] } of page.MetricDataResults ?? []) most = Math.max(most, ...Values);
  }
  return most;
}
