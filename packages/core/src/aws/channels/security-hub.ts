import { BatchImportFindingsCommand, SecurityHubClient } from "@aws-sdk/client-securityhub";
import { type AsffFinding, asffFindings, type Message } from "../../notify/index.ts";
import type { Clients } from "../clients.ts";

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
const mostInACall = 100;

/**
 * Imports the findings of messages about one account and Region into its Security Hub, as that account:
 * nobody else may with the default product. Gives the messages that were not taken, with the reason.
 * Throws when the call itself fails.
 */
export function createSecurityHubChannel(
  clients: Pick<Clients, "of">,
): (messages: readonly Message[]) => Promise<ReadonlyMap<Message, string>> {
  return async (messages) => {
    const [first] = messages;
    if (first === undefined) return new Map();
    const client = clients.of(SecurityHubClient, first.on);
    const latest = latestOf(messages);
    const refused = new Map<string, string>();
    for (let at = 0; at < latest.length; at += mostInACall) {
      const Findings = latest.slice(at, at + mostInACall);
      const { FailedFindings = [] } = await client.send(
        new BatchImportFindingsCommand({ Findings: Findings.map(mutable) }),
      );
      for (const { Id = "", ErrorCode, ErrorMessage } of FailedFindings) {
        refused.set(Id, `${ErrorCode}: ${ErrorMessage}`);
      }
    }
    return refusedMessages(messages, refused);
  };
}

/** Of several news about one finding the last one counts: a call may name each finding once. */
function latestOf(messages: readonly Message[]): readonly AsffFinding[] {
  const ordered = messages.toSorted((one, other) => one.at.localeCompare(other.at));
  return [...new Map(ordered.flatMap(asffFindings).map((it) => [it.Id, it])).values()];
}

function refusedMessages(
  messages: readonly Message[],
  refused: ReadonlyMap<string, string>,
): ReadonlyMap<Message, string> {
  return new Map(
    messages.flatMap((message) => {
      const why = asffFindings(message).map(({ Id }) => refused.get(Id));
      const first = why.find((it) => it !== undefined);
      return first === undefined ? [] : [[message, first] as const];
    }),
  );
}

/** The SDK asks for lists that it could change. */
function mutable({ Resources, FindingProviderFields, ...finding }: AsffFinding) {
  const { Severity, Types } = FindingProviderFields;
  return {
    ...finding,
    Resources: [...Resources],
    FindingProviderFields: { Severity, Types: [...Types] },
  };
}
