export type { Change, Channel, Message, Notice, NoticeKind } from "./message.ts";
export { noticesOf, type Story } from "./notices.ts";
export { causeText, subjectOf, textOf } from "./render.ts";
