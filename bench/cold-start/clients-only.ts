import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { ListAccessPointsCommand, S3ControlClient } from "@aws-sdk/client-s3-control";
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

/** Nothing but the clients that a repair needs: what `remediate` is measured against. */
export const handler = [
  [S3Client, GetBucketPolicyCommand, PutBucketPolicyCommand],
  [S3ControlClient, ListAccessPointsCommand],
  [KMSClient, DescribeKeyCommand],
  [DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand],
  [SQSClient, SendMessageBatchCommand, ChangeMessageVisibilityCommand],
  [SSMClient, GetParameterCommand],
  [STSClient, AssumeRoleCommand],
];
