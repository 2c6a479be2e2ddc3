import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";

/** Nothing but the clients that `remediate` loads when it starts: what it is measured against. */
export const handler = [
  [S3Client, GetBucketPolicyCommand, PutBucketPolicyCommand],
  [DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand],
];
