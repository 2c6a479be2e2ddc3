import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  asffFindings,
  type Mail,
  type Message,
  slackContent,
  snsEntry,
  textOf,
} from "@bucket-warden/core/notify";
import type { Sandbox } from "@bucket-warden/sandbox";
import { print } from "../terminal.ts";
import { slackAsText } from "./slack-as-text.ts";
import { printChapter } from "./timeline.ts";

/** Where samples are written, seen from the current folder. */
const folder = join("demo", "out");

/** Prints one message and the digest as people get them, and writes both for every channel. */
export async function showSamples({ world }: Sandbox): Promise<void> {
  const all = world.published.map(({ messageByProtocol }): Mail => {
    return JSON.parse(messageByProtocol?.["default"] ?? "null"); // published by our own channel
  });
  const [message] = all.filter(isOffer).sort((one, other) => lengthOf(one) - lengthOf(other));
  const digest = all.at(-1);
  if (message === undefined || digest === undefined) return;
  printChapter(
    "What people get",
    "a message in Slack, with its buttons, and the digest as an e-mail",
  );
  const inSlack = slackAsText(slackContent(message, { buttons: true }));
  for (const text of [inSlack, textOf(digest)]) print(`\n${indented(text)}`);
  const samples = { ...samplesOf(message), digest: slackContent(digest, { buttons: true }) };
  await mkdir(folder, { recursive: true });
  for (const [name, sample] of Object.entries(samples)) {
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(sample, undefined, 2)}\n`);
  }
  print(`\nThe same for other channels: ${join(folder, "*.json")}`);
}

/** Where there is something to approve, a message shows most. */
function isOffer(mail: Mail): mail is Message {
  return "notices" in mail && mail.notices.some(({ kind }) => kind === "approval-wanted");
}

function lengthOf(message: Message): number {
  return textOf(message).length;
}

function samplesOf(message: Message): Readonly<Record<string, unknown>> {
  const entry = (format: "warden" | "amazon-q" | "ocsf") =>
    snsEntry(message, { kind: "topic", topic: "", format });
  return {
    sns: entry("warden"),
    "amazon-q": JSON.parse(entry("amazon-q").Message),
    ocsf: entry("ocsf")
      .Message.split("\n")
      .map((line) => JSON.parse(line)),
    asff: asffFindings(message),
    slack: slackContent(message, { buttons: true }),
  };
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
