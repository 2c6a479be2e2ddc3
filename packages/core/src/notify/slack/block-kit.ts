/*
 * The part of Slack's Block Kit that is used here. What others chose (names of buckets, Sids, user
 * agents, policies) stands only in `text` elements of rich text and in plain text, which Slack shows as
 * they are; nothing of it is ever in mrkdwn, where `<!channel>` calls everybody.
 * https://docs.slack.dev/reference/block-kit
 */

/** A piece of rich text. */
export type RichPiece =
  | { readonly type: "text"; readonly text: string; readonly style?: { readonly bold: true } }
  | { readonly type: "link"; readonly url: string; readonly text: string }
  | { readonly type: "user"; readonly user_id: string };

export interface PlainText {
  readonly type: "plain_text";
  readonly text: string;
  readonly emoji: false;
}

export interface Button {
  readonly type: "button";
  readonly text: PlainText;
  readonly action_id: string;
  readonly value: string;
  readonly style?: "primary" | "danger";
  readonly confirm?: {
    readonly title: PlainText;
    readonly text: PlainText;
    readonly confirm: PlainText;
    readonly deny: PlainText;
  };
}

export type RichElement =
  | { readonly type: "rich_text_section"; readonly elements: readonly RichPiece[] }
  | { readonly type: "rich_text_preformatted"; readonly elements: readonly RichPiece[] };

export type Block =
  | { readonly type: "header"; readonly text: PlainText }
  | { readonly type: "context"; readonly elements: readonly PlainText[] }
  | { readonly type: "rich_text"; readonly elements: readonly RichElement[] }
  | { readonly type: "actions"; readonly elements: readonly Button[] };

export interface Input {
  readonly type: "input";
  readonly block_id: string;
  readonly label: PlainText;
  readonly element: {
    readonly type: "plain_text_input";
    readonly action_id: string;
    readonly multiline: boolean;
    readonly max_length: number;
  };
}

/** A form or a page over the conversation. */
export interface View {
  readonly type: "modal";
  readonly title: PlainText;
  readonly blocks: readonly (Block | Input)[];
  readonly close: PlainText;
  readonly submit?: PlainText;
  readonly callback_id?: string;
  readonly private_metadata?: string;
}

/** What a channel shows; `text` stands for all of it in notifications. */
export interface SlackContent {
  readonly text: string;
  readonly blocks: readonly Block[];
}
