import { type BusyMinute, symmetricRequests } from "../kms/load.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, listIn, membersIn, optionalText, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";

/**
 * Amazon CloudWatch, as far as sums by the minute of what KMS was asked. Any other metric has no data,
 * which is also what CloudWatch says of metrics that do not exist.
 */
export const cloudwatch = jsonService({
  name: "monitoring",
  contentType: "application/x-amz-json-1.0",
  operations: { GetMetricData: { write: false, isManagement: false, run: getMetricData } },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
function getMetricData(on: OperationCall): Input {
  const { input, call, world } = on;
  const [from, to] = [secondsIn(input, "StartTime"), secondsIn(input, "EndTime")];
  if (to <= from) throw invalid("The parameter StartTime must be less than the parameter EndTime.");
  const all = world.kmsLoad.get(`${call.principal.account}/${call.region}`) ?? [];
  const within = all.filter(({ at }) => at >= from * 1_000 && at < to * 1_000).reverse();
  const results = listIn(input, "MetricDataQueries").map((query) => {
    const stat = membersIn(query, "MetricStat");
    if (stat["Stat"] !== "Sum" || stat["Period"] !== 60) {
      throw invalid("This sandbox knows sums by the minute, and nothing else.");
    }
    const metric = membersIn(stat, "Metric");
    return resultOf(textIn(query, "Id"), metric, isOfKms(metric) ? within : []);
  });
  return { MetricDataResults: results, Messages: [] };
}

function resultOf(Id: string, metric: Input, minutes: readonly BusyMinute[]): Input {
  return {
    Id,
    Label: optionalText(metric, "MetricName") ?? "",
    Timestamps: minutes.map(({ at }) => at / 1_000),
    Values: minutes.map(({ requests }) => requests),
    StatusCode: "Complete",
  };
}

function isOfKms(metric: Input): boolean {
  const { MetricNamespace, MetricName, MetricDimensions } = symmetricRequests;
  const named = listIn(metric, "Dimensions").map(({ Name, Value }) => [Name, Value]);
  const wanted = Object.entries(MetricDimensions);
  return (
    metric["Namespace"] === MetricNamespace &&
    metric["MetricName"] === MetricName &&
    named.length === wanted.length &&
    wanted.every(([name, value]) => named.some(([its, is]) => its === name && is === value))
  );
}

function secondsIn(input: Input, name: string): number {
  const value = input[name];
  if (typeof value === "number") return value;
  throw invalid(`The parameter ${name} is required.`);
}

function invalid(message: string): AwsError {
  return new AwsError({ code: "ValidationException", status: 400, message });
}
