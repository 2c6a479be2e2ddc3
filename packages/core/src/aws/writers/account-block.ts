import {
  DeletePublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3-control";
import { isRemoval, type PlanStep } from "../../model/plan.ts";
import type { Clients } from "../clients.ts";
import { s3ControlOnceAt } from "../s3-control.ts";
import { publicAccessBlockConfiguration } from "./bodies.ts";

type AccountStep = Extract<PlanStep, { document: "accountPublicAccess" }>;

/** Writes the public access block of a whole account, or makes it absent again. */
export async function putAccountBlock(clients: Clients, step: AccountStep): Promise<void> {
  const client = s3ControlOnceAt(clients, step.on);
  const of = { AccountId: step.on.account };
  if (isRemoval(step)) {
    await client.send(new DeletePublicAccessBlockCommand(of));
    return;
  }
  const body = { PublicAccessBlockConfiguration: publicAccessBlockConfiguration(step.after) };
  await client.send(new PutPublicAccessBlockCommand({ ...of, ...body }));
}
