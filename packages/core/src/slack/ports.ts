import type { SlackPlace } from "../model/index.ts";
import type { SlackContent, View } from "../notify/index.ts";

/** A message on its way into a channel. */
export interface SlackPost {
  readonly channel: string;
  readonly content: SlackContent;
  /** The message that it answers. */
  readonly thread?: string;
  /** The channel shall show the answer as well. */
  readonly isBroadcast?: boolean;
}

/** Where messages are posted. A port: throws when Slack did not take one. */
export interface SlackBoard {
  /** Whether buttons lead anywhere and messages can be changed later. */
  readonly isInteractive: boolean;
  /** Undefined where nobody learns where it stands. */
  readonly post: (message: SlackPost) => Promise<SlackPlace | undefined>;
  readonly update: (at: SlackPlace, content: SlackContent) => Promise<void>;
}

/** What else is asked of a workspace. A port: throws when Slack did not do it. */
export interface SlackDesk {
  /** Shows something to whoever pushed a button, within three seconds of that. */
  readonly open: (trigger: string, view: View) => Promise<void>;
  /** The ids of the users in a user group. */
  readonly membersOf: (group: string) => Promise<readonly string[]>;
}
