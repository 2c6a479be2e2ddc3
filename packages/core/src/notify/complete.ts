import type { NextAction } from "./actions.ts";
import { commandsFor, type Desk } from "./commands.ts";
import type { Message, Notice } from "./message.ts";

/** What is known of an account beside its id; what could not be read is missing. */
export interface AccountTraits {
  readonly accountName?: string;
  readonly organizationalUnits?: readonly string[];
}

/** What a message gets on its way out, when it is known whom it goes to. */
export interface Context extends AccountTraits {
  readonly desk: Desk;
  /** The address of the runbook; `{control}` and `{kind}` in it are filled in. */
  readonly runbook?: string;
}

/** The message with the ready commands, the links and the name of the account. */
export function complete(message: Message, context: Context): Message {
  const { desk, runbook, accountName, organizationalUnits } = context;
  return {
    ...message,
    ...(accountName === undefined ? {} : { accountName }),
    ...(organizationalUnits === undefined ? {} : { organizationalUnits }),
    notices: message.notices.map((notice) => ({
      ...notice,
      ...(notice.actions === undefined
        ? {}
        : { actions: notice.actions.map((action) => withCommands(action, desk)) }),
      ...(runbook === undefined ? {} : { runbook: linkTo(runbook, notice) }),
    })),
  };
}

function withCommands(action: NextAction, desk: Desk): NextAction {
  return { ...action, commands: commandsFor(action, desk) };
}

function linkTo(runbook: string, { control, kind }: Notice): string {
  const filled = { "{control}": control, "{kind}": kind };
  return Object.entries(filled).reduce(
    (link, [name, value]) => link.replaceAll(name, encodeURIComponent(value)),
    runbook,
  );
}
