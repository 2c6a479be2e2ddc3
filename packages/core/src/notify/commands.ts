import type { ActionRequest, Commands, NextAction } from "./actions.ts";

/** Where the functions are that people may call. */
export interface Desk {
  readonly region: string;
  /** The names of the deployed functions. */
  readonly functions: Readonly<Record<ActionRequest["function"], string>>;
}

/** The action by hand. */
export function commandsFor(action: NextAction, desk: Desk): Commands {
  const aws = awsLine(action.request, desk);
  const warden = wardenLine(action, desk);
  return warden === undefined ? { aws } : { aws, warden };
}

/** https://docs.aws.amazon.com/cli/latest/reference/lambda/invoke.html */
function awsLine({ function: name, payload }: ActionRequest, { region, functions }: Desk): string {
  const asked =
    name === "invoke" ? { ...payload, reason: "<why>", requestedBy: "<your name>" } : payload;
  return [
    `aws lambda invoke --region ${quoted(region)} --function-name ${quoted(functions[name])}`,
    `--cli-binary-format raw-in-base64-out --payload ${quoted(JSON.stringify(asked))} /dev/stdout`,
  ].join(" ");
}

function wardenLine(action: NextAction, { functions }: Desk): string | undefined {
  switch (action.kind) {
    case "approve":
      return remediateLine(action.request, ["--approval", action.approval], functions.invoke);
    case "repair":
      return remediateLine(action.request, ["--control", action.control], functions.invoke);
    case "undo":
      return `warden undo ${quoted(action.entry)} --function ${quoted(functions.invoke)} --reason "<why>"`;
    case "history": {
      const { bucket, account } = action.request.payload;
      return `warden history ${quoted(String(bucket))} --account ${quoted(String(account))} --function ${quoted(functions.history)}`;
    }
    default:
      return undefined;
  }
}

/** The command is about one bucket, and what is about an account has none. */
function remediateLine(
  { payload: { bucket, account } }: ActionRequest,
  [option, value]: readonly [string, string],
  name: string,
): string | undefined {
  if (bucket === undefined) return undefined;
  const where = `${quoted(String(bucket))} --account ${quoted(String(account))}`;
  return `warden remediate ${where} ${option} ${quoted(value)} --function ${quoted(name)} --reason "<why>"`;
}

/** One word of a POSIX shell, whatever the text holds. */
function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
