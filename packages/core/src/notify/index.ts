export { actionsAfter, type Commands, type NextAction } from "./actions.ts";
export { alarmMessage } from "./alarm-message.ts";
export type { Desk } from "./commands.ts";
export { type Context, complete } from "./complete.ts";
export {
  type Change,
  type Channel,
  type Message,
  type News,
  type Notice,
  type NoticeKind,
  type Severity,
  severityOf,
} from "./message.ts";
export { noticesOf, type Story } from "./notices.ts";
export { causeText, subjectOf, textOf, whoText } from "./render.ts";
export { undoNotices } from "./undo-notices.ts";
