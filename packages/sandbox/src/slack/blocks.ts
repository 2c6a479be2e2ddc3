import * as z from "zod";

/*
 * Block Kit as Slack documents it, as far as it is used here; what is not documented for a block is
 * refused, as Slack does. https://docs.slack.dev/reference/block-kit
 */

const plain = (most: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(most),
    emoji: z.boolean().optional(),
  });

const mrkdwn = (most: number) =>
  z.strictObject({
    type: z.literal("mrkdwn"),
    text: z.string().min(1).max(most),
    verbatim: z.boolean().optional(),
  });

const text = (most: number) => z.discriminatedUnion("type", [plain(most), mrkdwn(most)]);

const id = z.string().min(1).max(255);
const style = z.enum(["primary", "danger"]).optional();

const confirm = z.strictObject({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  style,
});

const button = z.strictObject({
  type: z.literal("button"),
  text: plain(75),
  action_id: id,
  value: z.string().max(2_000).optional(),
  url: z.url().max(3_000).optional(),
  style,
  confirm: confirm.optional(),
});

const marks = z.strictObject({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
});

const rich = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("text"),
    text: z.string().min(1),
    style: marks.optional(),
  }),
  z.strictObject({
    type: z.literal("link"),
    url: z.url(),
    text: z.string().optional(),
    style: marks.optional(),
  }),
  z.strictObject({ type: z.literal("user"), user_id: z.string().min(1) }),
  z.strictObject({ type: z.literal("usergroup"), usergroup_id: z.string().min(1) }),
  z.strictObject({
    type: z.literal("broadcast"),
    range: z.enum(["here", "channel", "everyone"]),
  }),
]);

const block = { block_id: id.optional() };

const richText = z.strictObject({
  type: z.literal("rich_text"),
  elements: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(rich).min(1) }),
        z.strictObject({
          type: z.literal("rich_text_preformatted"),
          elements: z.array(rich).min(1),
          border: z.int().optional(),
        }),
      ]),
    )
    .min(1),
  ...block,
});

const shared = [
  z.strictObject({ type: z.literal("header"), text: plain(150), ...block }),
  z.strictObject({ type: z.literal("divider"), ...block }),
  z.strictObject({
    type: z.literal("section"),
    text: text(3_000).optional(),
    fields: z.array(text(2_000)).min(1).max(10).optional(),
    ...block,
  }),
  z.strictObject({
    type: z.literal("context"),
    elements: z.array(text(3_000)).min(1).max(10),
    ...block,
  }),
  z.strictObject({
    type: z.literal("actions"),
    elements: z
      .array(button)
      .min(1)
      .max(25)
      .refine(
        (all) => new Set(all.map((it) => it.action_id)).size === all.length,
        "an action_id twice",
      ),
    ...block,
  }),
  richText,
] as const;

const input = z.strictObject({
  type: z.literal("input"),
  label: plain(2_000),
  hint: plain(2_000).optional(),
  optional: z.boolean().optional(),
  element: z.strictObject({
    type: z.literal("plain_text_input"),
    action_id: id,
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3_000).optional(),
    max_length: z.int().min(1).max(3_000).optional(),
    placeholder: plain(150).optional(),
  }),
  ...block,
});

const isEachOnce = (blocks: readonly { readonly block_id?: string | undefined }[]) => {
  const ids = blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
  return new Set(ids).size === ids.length;
};

const messageBlocks = z
  .array(z.discriminatedUnion("type", [...shared]))
  .max(50)
  .refine(isEachOnce, "a block_id twice");

const view = z
  .strictObject({
    type: z.literal("modal"),
    title: plain(24),
    blocks: z
      .array(z.discriminatedUnion("type", [...shared, input]))
      .max(100)
      .refine(isEachOnce, "a block_id twice"),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    callback_id: z.string().max(255).optional(),
    private_metadata: z.string().max(3_000).optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine(
    ({ blocks, submit }) => submit !== undefined || blocks.every(({ type }) => type !== "input"),
    "a view with an input needs a submit",
  );

export type SlackBlock = z.infer<typeof messageBlocks>[number];
export type SlackView = z.infer<typeof view>;

/** What is wrong with something that was sent, as `[place] what`. */
export class Unfit extends Error {
  override readonly name = "Unfit";
}

/** Throws Unfit for blocks that Slack refuses in a message. */
export function parseBlocks(value: unknown): readonly SlackBlock[] {
  return parse(messageBlocks, value);
}

/** Throws Unfit for a view that Slack refuses. */
export function parseView(value: unknown): SlackView {
  return parse(view, value);
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Unfit(`[${issue?.path.join("/") ?? ""}] ${issue?.message ?? "unfit"}`);
}
