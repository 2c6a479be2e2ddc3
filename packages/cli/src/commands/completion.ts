import { Argument, type Command } from "commander";
import { bashScript } from "../completion/bash.ts";
import { fishScript } from "../completion/fish.ts";
import { spotsOf } from "../completion/spots.ts";
import { zshScript } from "../completion/zsh.ts";
import { guide } from "../guide.ts";
import { chosenFrom } from "../options.ts";
import { print } from "../terminal.ts";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

type Shell = keyof typeof scripts;

export function addCompletion(program: Command): void {
  const shells = Object.keys(scripts);
  const command = program
    .command("completion")
    .summary("print a script by which a shell completes commands and options")
    .description(
      "Prints a script that completes commands, options and their values. It is made from the commands themselves and runs nothing, so that a shell need not wait.",
    )
    .addArgument(
      new Argument("<shell>", "the shell")
        .choices(shells)
        .argParser((shell: string) => chosenFrom(shells, shell)),
    )
    .action((shell: Shell) => print(scripts[shell](spotsOf(program)).trimEnd()));
  guide(command, {
    examples: [
      "source <(warden completion bash)",
      'warden completion zsh > "${fpath[1]}/_warden"',
      "warden completion fish > ~/.config/fish/completions/warden.fish",
    ],
    exitCodes: { 0: "it is printed" },
  });
}
