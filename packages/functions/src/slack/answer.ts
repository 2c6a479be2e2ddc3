import { type Interaction, parseInteraction } from "@bucket-warden/core/event";
import { InputError, isoTime } from "@bucket-warden/core/kernel";
import { slackUserName, waiverForm } from "@bucket-warden/core/model";
import { refusalView, waiverView } from "@bucket-warden/core/notify";
import { diffViewOf, mayAct, type Push, type SlackDesk } from "@bucket-warden/core/slack";
import type { Wiring } from "../wiring.ts";
import { type Reply, reply } from "./reply.ts";

/** A request that is genuine. */
interface Genuine {
  readonly id: string;
  readonly body: string;
}

type Done = Exclude<Interaction, { kind: "ignored" }>;

interface Room extends Wiring {
  readonly desk: SlackDesk;
}

/** Shows what was asked for, or has it carried out, if whoever asks may. */
export async function answerTo({ id, body }: Genuine, room: Room): Promise<Reply> {
  const interaction = interactionIn(body, room);
  if (interaction === undefined) return reply(400);
  if (interaction.kind === "ignored") {
    room.logger.info("nothing asked for", { what: interaction.what });
    return reply(200);
  }
  const why = await reasonAgainst(interaction, room);
  if (why !== undefined) return refuse(why, interaction, room);
  return interaction.kind === "reasoned"
    ? giveWaiver(interaction, id, room)
    : answerPress(interaction, id, room);
}

function interactionIn(body: string, { logger }: Room): Interaction | undefined {
  try {
    return parseInteraction(body);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    logger.error("a request from Slack cannot be read", { error });
    return undefined;
  }
}

/** Why somebody may not push buttons; nobody may while Slack does not tell who is in the group. */
async function reasonAgainst(
  { by }: Done,
  { environment: { slack }, desk, logger }: Room,
): Promise<string | undefined> {
  const { users, userGroup: group } = slack;
  const allowed = group === undefined ? { users } : { users, group };
  try {
    if (await mayAct(by, allowed, desk)) return undefined;
    return "You are not among those who may do this.";
  } catch (error) {
    logger.error("who is in the user group could not be read", { error });
    return "Slack did not tell who may do this. Try again, or do it by hand.";
  }
}

async function refuse(why: string, interaction: Done, room: Room): Promise<Reply> {
  const { by, ask } = interaction;
  room.logger.warn("push refused", { by: slackUserName(by), ask: ask.kind, why });
  room.metrics?.addMetric("SlackPushRefused", "Count", 1);
  const view = refusalView(why);
  if (interaction.kind === "reasoned") return reply(200, { response_action: "update", view });
  await room.desk.open(interaction.trigger, view);
  return reply(200);
}

type Given = Extract<Interaction, { kind: "reasoned" }>;

async function giveWaiver({ by, at, ask, reason }: Given, id: string, room: Room): Promise<Reply> {
  if (reason === "") {
    const errors = { [waiverForm.block]: "Say why, in a few words." };
    return reply(200, { response_action: "errors", errors });
  }
  await carryOut({ at, press: { id, by, at: isoTime(room.ports.clock), ask, reason } }, room);
  return reply(200);
}

type Pressed = Extract<Interaction, { kind: "pressed" }>;

async function answerPress({ by, at, ask, trigger }: Pressed, id: string, room: Room) {
  const { desk, environment, ports } = room;
  switch (ask.kind) {
    case "diff": {
      const entry = await ports.ledger.find(ask.entry);
      const lost = refusalView("The ledger has no such entry any more.");
      await desk.open(trigger, entry === undefined ? lost : diffViewOf(entry));
      break;
    }
    case "waive": {
      const days = Math.min(ask.days, environment.baseline.limits.waiverDays);
      await desk.open(trigger, waiverView({ ...ask, days }, at));
      break;
    }
    default:
      await carryOut({ at, press: { id, by, at: isoTime(ports.clock), ask } }, room);
  }
  return reply(200);
}

/** Slack waits three seconds, so another function does the work. */
async function carryOut(push: Push, room: Room): Promise<void> {
  await room.invokeLater(room.environment.slack.workFunction, push);
}
