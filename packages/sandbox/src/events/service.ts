import { AwsError } from "../wire/aws-error.ts";
import { type Input, optionalText, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";
import type { StandingRule } from "./rule.ts";

/** Amazon EventBridge, as far as which rules there are and whether they let anything through. */
export const events = jsonService({
  name: "events",
  contentType: "application/x-amz-json-1.1",
  operations: {
    ListRules: { write: false, isManagement: true, run: listRules },
    EnableRule: { write: true, isManagement: true, run: (on) => setState(on, "ENABLED") },
    DisableRule: { write: true, isManagement: true, run: (on) => setState(on, "DISABLED") },
    DeleteRule: { write: true, isManagement: true, run: deleteRule },
  },
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
function listRules(on: OperationCall): Input {
  const prefix = optionalText(on.input, "NamePrefix") ?? "";
  const Rules = rulesOf(on)
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, state }) => ({
      Name: name,
      Arn: arnOf(on, name),
      State: state,
      EventBusName: "default",
    }));
  return { Rules };
}

function setState(on: OperationCall, state: StandingRule["state"]): Input {
  const name = textIn(on.input, "Name");
  const rule = rulesOf(on).find((it) => it.name === name);
  if (rule === undefined) {
    const message = `Rule ${name} does not exist on EventBus default.`;
    throw new AwsError({ code: "ResourceNotFoundException", status: 400, message });
  }
  rule.state = state;
  return {};
}

/** One that is not there is deleted without a word, as EventBridge does it. */
function deleteRule(on: OperationCall): Input {
  const { eventRules } = on.world;
  const rule = rulesOf(on).find(({ name }) => name === textIn(on.input, "Name"));
  if (rule !== undefined) eventRules.splice(eventRules.indexOf(rule), 1);
  return {};
}

function rulesOf({ world, call }: OperationCall): readonly StandingRule[] {
  const { region, principal } = call;
  return world.eventRules.filter((it) => it.region === region && it.account === principal.account);
}

function arnOf({ call }: OperationCall, name: string): string {
  return `arn:aws:events:${call.region}:${call.principal.account}:rule/${name}`;
}
