import * as z from "zod";
import { InputError } from "../../kernel/input-error.ts";
import { parseJson, whyNoJson } from "../../kernel/parse-json.ts";
import { printable } from "../../kernel/printable.ts";
import { tryParse } from "../../kernel/try-parse.ts";
import { type SlackAsk, type SlackPlace, type SlackUser, waiverForm } from "../../model/slack.ts";
import { refOf, refSchema } from "../task.ts";

/** What somebody did in Slack. `trigger` opens a form within three seconds. */
export type Interaction =
  | {
      readonly kind: "pressed";
      readonly by: SlackUser;
      readonly at: SlackPlace;
      readonly ask: SlackAsk;
      readonly trigger: string;
    }
  | {
      readonly kind: "reasoned";
      readonly by: SlackUser;
      readonly at: SlackPlace;
      readonly ask: Extract<SlackAsk, { kind: "waive" }>;
      /** Empty where they gave none. */
      readonly reason: string;
    }
  /** Nothing that we ask anybody for, e.g. a form that was closed. */
  | { readonly kind: "ignored"; readonly what: string };

const text = z.string().min(1);

const userSchema = z.object({
  id: z.string().regex(/^[UW][A-Z0-9]{1,30}$/, "is not the id of a user"),
  username: z.string().optional(),
  name: z.string().optional(),
  team_id: z.string().optional(),
});

const pressedSchema = z.object({
  user: userSchema,
  trigger_id: text,
  container: z.object({ channel_id: text, message_ts: text }),
  actions: z.array(z.object({ value: z.string().optional() })).min(1),
});

const reasonedSchema = z.object({
  user: userSchema,
  view: z.object({
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
});

const on = { on: refSchema };

const askSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("approve"), ...on, control: text, approval: text }),
  z.object({ kind: z.literal("repair"), ...on, control: text }),
  z.object({ kind: z.literal("undo"), ...on, entry: text }),
  z.object({ kind: z.literal("waive"), ...on, control: text, days: z.int().min(1) }),
  z.object({ kind: z.literal("diff"), ...on, entry: text }),
]);

const formSchema = z.object({
  ask: askSchema.refine((it) => it.kind === "waive", "is not about a waiver"),
  at: z.object({ channel: text, ts: text }),
});

/**
 * Reads the body of a request that was found genuine: a form field `payload` that holds JSON. Throws
 * InputError naming the bad place.
 * https://docs.slack.dev/reference/interaction-payloads
 */
export function parseInteraction(body: string): Interaction {
  const payload = jsonIn(new URLSearchParams(body).get("payload") ?? "", "payload");
  const { type } = read(z.object({ type: z.string() }), payload, "payload");
  if (type === "block_actions") return pressed(payload);
  if (type === "view_submission") return reasoned(payload);
  return { kind: "ignored", what: type };
}

function pressed(payload: unknown): Interaction {
  const { user, trigger_id, container, actions } = read(pressedSchema, payload, "payload");
  const value = actions[0]?.value;
  // A button that only opens a page is reported as well.
  if (value === undefined) return { kind: "ignored", what: "a button without a value" };
  const place = "payload.actions.0.value";
  const at = { channel: container.channel_id, ts: container.message_ts };
  const ask = askOf(read(askSchema, jsonIn(value, place), place), place);
  return { kind: "pressed", by: userOf(user), at, ask, trigger: trigger_id };
}

function reasoned(payload: unknown): Interaction {
  const { user, view } = read(reasonedSchema, payload, "payload");
  if (view.callback_id !== waiverForm.callback) return { kind: "ignored", what: view.callback_id };
  const place = "payload.view.private_metadata";
  const form = read(formSchema, jsonIn(view.private_metadata, place), place);
  const ask = askOf(form.ask, `${place}.ask`);
  if (ask.kind !== "waive") return { kind: "ignored", what: ask.kind };
  const given = view.state.values[waiverForm.block]?.[waiverForm.input]?.value ?? "";
  const reason = printable(given.replace(/\s+/g, " ").trim());
  return { kind: "reasoned", by: userOf(user), at: form.at, ask, reason };
}

function askOf(ask: z.infer<typeof askSchema>, place: string): SlackAsk {
  return { ...ask, on: refOf(ask.on, `${place}.on`) };
}

const longestName = 80;

/** Names are chosen by their owners. */
function userOf({ id, username, name = username, team_id: team }: z.infer<typeof userSchema>) {
  const called = printable(name ?? "")
    .slice(0, longestName)
    .toWellFormed();
  const user: SlackUser = { id };
  return {
    ...user,
    ...(called === "" ? {} : { name: called }),
    ...(team === undefined ? {} : { team: printable(team).slice(0, longestName).toWellFormed() }),
  };
}

function jsonIn(value: string, place: string): unknown {
  try {
    return parseJson(value);
  } catch (cause) {
    throw unusable(place, whyNoJson(cause, "it is not JSON"), cause);
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = tryParse(schema, value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [place, ...(issue?.path ?? [])].join(".");
  throw unusable(path, issue?.message ?? "it is not usable", parsed.error);
}

function unusable(place: string, problem: string, cause: unknown): InputError {
  return new InputError({
    place: `request from Slack, ${place}`,
    problem,
    remedy: "Only the buttons of messages that Bucket Warden posted ask for something here.",
    cause,
  });
}
