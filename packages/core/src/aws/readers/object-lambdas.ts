import {
  GetAccessPointConfigurationForObjectLambdaCommand,
  GetAccessPointForObjectLambdaCommand,
  GetAccessPointPolicyForObjectLambdaCommand,
  GetAccessPointPolicyStatusForObjectLambdaCommand,
  type ObjectLambdaAccessPoint,
  type ObjectLambdaConfiguration,
  type ObjectLambdaTransformationConfiguration,
  paginateListAccessPointsForObjectLambda,
} from "@aws-sdk/client-s3-control";
import type { ObjectLambda, Transformation } from "../../model/object-lambda.ts";
import type { Clients, Place } from "../clients.ts";
import { s3ControlAt } from "../s3-control.ts";
import { type FacetReader, known } from "./facet-reader.ts";
import { blockFrom } from "./public-access-block.ts";

/**
 * The Object Lambda access points of an account in one Region. The service takes no new customers;
 * what its list answers to others is not known, so any refusal leaves this unread.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPointsForObjectLambda.html
 */
export const objectLambdasReader: FacetReader<readonly ObjectLambda[], Place> = {
  absent: "none",
  async ask(clients, on) {
    const found: ObjectLambda[] = [];
    // One after the other: an account has few of them.
    for (const point of await listed(clients, on)) found.push(await described(clients, on, point));
    return found;
  },
};

async function listed(clients: Clients, on: Place): Promise<readonly ObjectLambdaAccessPoint[]> {
  const asked = { AccountId: on.account };
  const pages = paginateListAccessPointsForObjectLambda(
    { client: s3ControlAt(clients, on) },
    asked,
  );
  const lists = await Array.fromAsync(pages, (page) => page.ObjectLambdaAccessPointList ?? []);
  return lists.flat();
}

async function described(
  clients: Clients,
  on: Place,
  { Name: name, ObjectLambdaAccessPointArn: arn }: ObjectLambdaAccessPoint,
): Promise<ObjectLambda> {
  if (name === undefined || arn === undefined) {
    throw new Error("ListAccessPointsForObjectLambda answered without names");
  }
  const client = s3ControlAt(clients, on);
  const of = { AccountId: on.account, Name: name };
  const [configuration, publicAccessBlock, policy, isPublic] = await Promise.all([
    client.send(new GetAccessPointConfigurationForObjectLambdaCommand(of)),
    known("none", async () => {
      const answer = await client.send(new GetAccessPointForObjectLambdaCommand(of));
      const block = answer.PublicAccessBlockConfiguration;
      return block && blockFrom(block);
    }),
    known("accessPointPolicy", async () => {
      const answer = await client.send(new GetAccessPointPolicyForObjectLambdaCommand(of));
      return answer.Policy === undefined ? undefined : { text: answer.Policy };
    }),
    known("accessPointPolicy", async () => {
      const answer = await client.send(new GetAccessPointPolicyStatusForObjectLambdaCommand(of));
      return answer.PolicyStatus?.IsPublic;
    }),
  ]);
  return {
    name,
    arn,
    ...partsOf(configuration.Configuration),
    publicAccessBlock,
    policy,
    isPublic,
  };
}

function partsOf(configuration: ObjectLambdaConfiguration | undefined) {
  if (configuration?.SupportingAccessPoint === undefined) {
    throw new Error("GetAccessPointConfigurationForObjectLambda answered without one");
  }
  const transformations = configuration.TransformationConfigurations ?? [];
  return {
    supportingAccessPoint: configuration.SupportingAccessPoint,
    metricsEnabled: configuration.CloudWatchMetricsEnabled ?? false,
    allowedFeatures: configuration.AllowedFeatures ?? [],
    transformations: transformations.map(transformationFrom),
  };
}

function transformationFrom({
  Actions: actions = [],
  ContentTransformation: by,
}: ObjectLambdaTransformationConfiguration): Transformation {
  const functionArn = by?.AwsLambda?.FunctionArn ?? "";
  return functionArn === "" ? { actions } : { actions, functionArn };
}
