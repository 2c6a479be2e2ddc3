import type { Named, Spot, SpotOption, Value } from "./spots.ts";

/** A script for a folder of the `fpath` of zsh, under the name `_warden`. */
export function zshScript(spots: readonly Spot[]): string {
  const paths = spots.slice(1).map(({ path }) => JSON.stringify(path));
  return `#compdef warden
# Completion of warden for zsh. Made by: warden completion zsh
_warden() {
  local spot=warden index
  local -a names
  for ((index = 2; index < CURRENT; index++)); do
    case "$spot $words[index]" in
      (${paths.join("|")}) spot="$spot $words[index]" ;;
    esac
  done
  case "$spot $words[CURRENT-1]" in
${indented(spots.flatMap(valueCases))}
  esac
  case "$spot" in
${indented(spots.map(spotCase))}
  esac
}
if [[ "$funcstack[1]" == _warden ]]; then _warden "$@"; else compdef _warden warden; fi
`;
}

function valueCases({ path, options }: Spot): readonly string[] {
  return options.flatMap(({ value, ...option }) => {
    const where = namesOf(option).map((name) => JSON.stringify(`${path} ${name}`));
    return value === undefined ? [] : [`(${where.join("|")}) ${proposed(value)}return ;;`];
  });
}

function proposed(value: Value): string {
  switch (value.kind) {
    case "words":
      return `compadd -- ${value.words.join(" ")}; `;
    case "files":
      return "_files; ";
    case "text":
      return "";
  }
}

function spotCase({ path, commands, options, words, takesFiles }: Spot): string {
  const named = [...commands, ...options].map(described).join(" ");
  const plain = words.length === 0 ? "" : `compadd -- ${words.join(" ")}; `;
  const files = takesFiles ? "; _files" : "";
  return `(${JSON.stringify(path)}) names=(${named}); ${plain}_describe warden names${files} ;;`;
}

/** The name ends at the first colon. */
function described({ name, description }: Named): string {
  const text = `${name.replaceAll(":", "\\:")}:${description}`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function namesOf({ name, short }: SpotOption): readonly string[] {
  return short === undefined ? [name] : [name, short];
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join("\n");
}
