import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import type { Region } from "../model/ref.ts";
import type { Clients } from "./clients.ts";

/** A rule of EventBridge on the default bus. */
export interface DeployedRule {
  readonly name: string;
  /** As EventBridge says it: what is not `DISABLED` lets events through. */
  readonly state: string;
}

/**
 * The rules of the default bus in a Region whose names begin so.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
 */
export async function rulesNamed(
  clients: Pick<Clients, "own">,
  NamePrefix: string,
  region: Region,
): Promise<readonly DeployedRule[]> {
  const client = clients.own(EventBridgeClient, region);
  const found: DeployedRule[] = [];
  let token: string | undefined;
  do {
    const from = token === undefined ? {} : { NextToken: token };
    const page = await client.send(new ListRulesCommand({ NamePrefix, ...from }));
    found.push(
      ...(page.Rules ?? []).map(({ Name = "", State = "" }) => ({ name: Name, state: State })),
    );
    token = page.NextToken;
  } while (token !== undefined);
  return found;
}
