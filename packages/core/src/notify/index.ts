export { actionsAfter, type Commands, type NextAction } from "./actions.ts";
export { alarmMessage } from "./alarm-message.ts";
export { type AsffFinding, asffFindings, asffOfLook } from "./asff.ts";
export { type Bulletin, isBulletin, type Mail, type Section } from "./bulletin.ts";
export { burstOf } from "./burst.ts";
export type { Desk } from "./commands.ts";
export { type AccountTraits, type Context, complete } from "./complete.ts";
export { type DigestFacts, digestOf } from "./digest.ts";
export {
  type Change,
  type Channel,
  type Message,
  type News,
  type Notice,
  severityOf,
} from "./message.ts";
export { noticesOf, type Story } from "./notices.ts";
export { ocsfOfLook } from "./ocsf.ts";
export { causeText, textOf, whoText } from "./render.ts";
export {
  type Destination,
  destinationKey,
  destinationOf,
  type Letter,
  lettersOf,
  type TopicDestination,
} from "./routes.ts";
export { shortened } from "./shorten.ts";
export type { SlackContent, View } from "./slack/block-kit.ts";
export { slackContent } from "./slack/content.ts";
export { type Press, type PressOutcome, pressOutcome } from "./slack/press.ts";
export { diffView, refusalView, waiverView } from "./slack/views.ts";
export { snsEntry } from "./sns-entry.ts";
export { undoNotices } from "./undo-notices.ts";
