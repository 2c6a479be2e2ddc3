import { AwsError } from "../wire/aws-error.ts";
import { type Input, membersIn, optionalNumber, optionalText, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall, type ServiceOperation } from "../wire/json-service.ts";
import type { Delivery, DeliveryDestination, DeliverySource } from "./delivery.ts";

/**
 * Amazon CloudWatch Logs, as far as the delivery of logs that other services write ("vended logs").
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html
 */
export const logs = jsonService({
  name: "logs",
  contentType: "application/x-amz-json-1.1",
  operations: {
    PutDeliverySource: writing(putSource),
    DescribeDeliverySources: reading(describeSources),
    DeleteDeliverySource: writing(deleteSource),
    PutDeliveryDestination: writing(putDestination),
    DescribeDeliveryDestinations: reading((on) =>
      pageOf(on, "deliveryDestinations", destinationsOf(on).map(shownDestination)),
    ),
    DeleteDeliveryDestination: writing(deleteDestination),
    CreateDelivery: writing(createDelivery),
    DescribeDeliveries: reading((on) =>
      pageOf(
        on,
        "deliveries",
        deliveriesOf(on).map((delivery) => shownDelivery(delivery, on)),
      ),
    ),
    DeleteDelivery: writing(deleteDelivery),
  },
});

function writing(run: ServiceOperation["run"]): ServiceOperation {
  return { write: true, isManagement: true, run };
}

function reading(run: ServiceOperation["run"]): ServiceOperation {
  return { write: false, isManagement: true, run };
}

function putSource(on: OperationCall): Input {
  const name = textIn(on.input, "name");
  const resourceArn = textIn(on.input, "resourceArn");
  const logType = textIn(on.input, "logType");
  refuseBadSource(on, resourceArn, logType);
  const known = sourcesOf(on).find((source) => source.name === name);
  if (known !== undefined && known.resourceArn !== resourceArn) {
    throw logsError("ConflictException", `A delivery source ${name} already exists.`);
  }
  const arn = `${here(on)}:delivery-source:${name}`;
  const service = resourceArn.split(":")[2] ?? "";
  const source = { ...placeOf(on), name, arn, resourceArn, service, logType };
  on.world.deliverySources.set(arn, source);
  return { deliverySource: shownSource(source) };
}

/** What this sandbox knows to send logs: its buckets, each in its own account and region. */
function refuseBadSource({ call, world }: OperationCall, arn: string, logType: string): void {
  const bucket = world.buckets.get(arn.split(":::")[1] ?? "");
  const isHere = bucket?.account === call.principal.account && bucket.region === call.region;
  if (!isHere) throw logsError("ResourceNotFoundException", `The resource ${arn} does not exist.`);
  if (logType !== "S3_SERVER_ACCESS_LOGS") {
    throw logsError("ValidationException", `${logType} is not a log type of this resource.`);
  }
}

function describeSources(on: OperationCall): Input {
  const asked = on.input["resourceArns"];
  const sources = sourcesOf(on).filter(
    ({ resourceArn }) => !Array.isArray(asked) || asked.includes(resourceArn),
  );
  return pageOf(on, "deliverySources", sources.map(shownSource));
}

function deleteSource(on: OperationCall): Input {
  const source = sourceOf(on, textIn(on.input, "name"));
  if (deliveriesOf(on).some(({ sourceName }) => sourceName === source.name)) {
    throw logsError("ConflictException", "The delivery source still has deliveries.");
  }
  on.world.deliverySources.delete(source.arn);
  return {};
}

function putDestination(on: OperationCall): Input {
  const name = textIn(on.input, "name");
  const configuration = membersIn(on.input, "deliveryDestinationConfiguration");
  const resourceArn = textIn(configuration, "destinationResourceArn");
  const arn = `${here(on)}:delivery-destination:${name}`;
  const destination = { ...placeOf(on), name, arn, resourceArn };
  on.world.deliveryDestinations.set(arn, destination);
  return { deliveryDestination: shownDestination(destination) };
}

function deleteDestination(on: OperationCall): Input {
  const name = textIn(on.input, "name");
  const destination = destinationsOf(on).find((it) => it.name === name);
  if (destination === undefined) throw notFound("delivery destination", name);
  if (deliveriesOf(on).some(({ destinationArn }) => destinationArn === destination.arn)) {
    throw logsError("ConflictException", "The delivery destination still has deliveries.");
  }
  on.world.deliveryDestinations.delete(destination.arn);
  return {};
}

function createDelivery(on: OperationCall): Input {
  const { name: sourceName } = sourceOf(on, textIn(on.input, "deliverySourceName"));
  const destinationArn = textIn(on.input, "deliveryDestinationArn");
  if (!destinationsOf(on).some(({ arn }) => arn === destinationArn)) {
    throw notFound("delivery destination", destinationArn);
  }
  const isThere = deliveriesOf(on).some(
    (it) => it.sourceName === sourceName && it.destinationArn === destinationArn,
  );
  if (isThere) throw logsError("ConflictException", "The delivery already exists.");
  const { id } = on.call;
  const arn = `${here(on)}:delivery:${id}`;
  const delivery = { ...placeOf(on), id, arn, sourceName, destinationArn };
  on.world.deliveries.set(arn, delivery);
  return { delivery: shownDelivery(delivery, on) };
}

function deleteDelivery(on: OperationCall): Input {
  const id = textIn(on.input, "id");
  const delivery = deliveriesOf(on).find((it) => it.id === id);
  if (delivery === undefined) throw notFound("delivery", id);
  on.world.deliveries.delete(delivery.arn);
  return {};
}

function sourceOf(on: OperationCall, name: string): DeliverySource {
  const source = sourcesOf(on).find((it) => it.name === name);
  if (source === undefined) throw notFound("delivery source", name);
  return source;
}

interface Placed {
  readonly account: string;
  readonly region: string;
}

function placeOf({ call }: OperationCall): Placed {
  return { account: call.principal.account, region: call.region };
}

function here(on: OperationCall): string {
  const { account, region } = placeOf(on);
  return `arn:aws:logs:${region}:${account}`;
}

function sourcesOf(on: OperationCall): readonly DeliverySource[] {
  return ownOf(on, on.world.deliverySources);
}

function destinationsOf(on: OperationCall): readonly DeliveryDestination[] {
  return ownOf(on, on.world.deliveryDestinations);
}

function deliveriesOf(on: OperationCall): readonly Delivery[] {
  return ownOf(on, on.world.deliveries);
}

function ownOf<T extends Placed>(on: OperationCall, all: ReadonlyMap<string, T>): readonly T[] {
  const { account, region } = placeOf(on);
  return [...all.values()].filter((it) => it.account === account && it.region === region);
}

function shownSource({ name, arn, resourceArn, service, logType }: DeliverySource): Input {
  return { name, arn, resourceArns: [resourceArn], service, logType };
}

function shownDestination({ name, arn, resourceArn }: DeliveryDestination): Input {
  return {
    name,
    arn,
    deliveryDestinationType: typeOf(resourceArn),
    deliveryDestinationConfiguration: { destinationResourceArn: resourceArn },
  };
}

function shownDelivery(delivery: Delivery, { world }: OperationCall): Input {
  const { id, arn, sourceName, destinationArn } = delivery;
  const destination = world.deliveryDestinations.get(destinationArn);
  return {
    id,
    arn,
    deliverySourceName: sourceName,
    deliveryDestinationArn: destinationArn,
    deliveryDestinationType: typeOf(destination?.resourceArn ?? ""),
  };
}

/** The service in the ARN says what kind of destination it is. */
function typeOf(resourceArn: string): string {
  const types = new Map([
    ["logs", "CWL"],
    ["s3", "S3"],
    ["firehose", "FH"],
  ]);
  return types.get(resourceArn.split(":")[2] ?? "") ?? "XRAY";
}

const mostOnAPage = 50;

function pageOf({ input }: OperationCall, name: string, all: readonly Input[]): Input {
  const skip = Number(optionalText(input, "nextToken") ?? 0);
  const end = skip + (optionalNumber(input, "limit") ?? mostOnAPage);
  return {
    [name]: all.slice(skip, end),
    ...(all.length > end ? { nextToken: String(end) } : {}),
  };
}

function notFound(kind: string, name: string): AwsError {
  return logsError("ResourceNotFoundException", `The ${kind} ${name} does not exist.`);
}

function logsError(code: string, message: string): AwsError {
  return new AwsError({ code, status: 400, message });
}
