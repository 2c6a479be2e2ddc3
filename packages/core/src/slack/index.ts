export { requestFor } from "./ask.ts";
export { diffViewOf } from "./diff.ts";
export { type Begun, follow, type Push } from "./follow.ts";
export { type Allowed, mayAct } from "./may.ts";
export { type SlackMemory, slackMemoryIn } from "./memory.ts";
export type { SlackBoard, SlackDesk, SlackPost } from "./ports.ts";
export { postMail } from "./post.ts";
