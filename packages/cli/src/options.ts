import { userInfo } from "node:os";
import { controls } from "@bucket-warden/core/controls";
import { nearest } from "@bucket-warden/core/kernel";
import { InvalidArgumentError, Option } from "commander";

/** An option that takes one of some words; a misspelt one is answered with the nearest. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  const option = new Option(flags, description).choices(words);
  return option.argParser((word: string) => chosenFrom(words, word));
}

/** Who asks, for the ledger. */
export function byOption(): Option {
  return new Option("--by <name>", "who asks").default(userInfo().username, "the user here");
}

/** Ids of controls, one or several. */
export function controlOption(description: string): Option {
  const ids = controls.map(({ id }) => id);
  return new Option("--control <id...>", description)
    .choices(ids)
    .argParser((id: string, earlier: readonly string[] | undefined) => [
      ...(earlier ?? []),
      chosenFrom(ids, id, "warden controls"),
    ]);
}

/** The word, where it is one of these. */
export function chosenFrom(words: readonly string[], word: string, listedBy?: string): string {
  if (words.includes(word)) return word;
  const near = nearest(word, words);
  const list = listedBy === undefined ? `Choose from ${words.join(", ")}.` : `See \`${listedBy}\`.`;
  throw new InvalidArgumentError(near === undefined ? list : `Did you mean ${near}? ${list}`);
}
