import { expect, test } from "vitest";
import { organizationWord } from "./organization-public-access.ts";

const setting = "public_access_block_configuration";

// Which of the two AWS answers is not documented.
test.each([
  { text: `{"s3_attributes":{"${setting}":"all"}}`, word: "all" },
  { text: `{"s3_attributes":{"${setting}":{"@@assign":"none"}}}`, word: "none" },
  { text: `{"s3_attributes":{"${setting}":{"@@assign":"all"},"future":1},"more":[]}`, word: "all" },
])("the effective policy $text says $word", ({ text, word }) => {
  expect(organizationWord(text)).toBe(word);
});

test.each([
  "",
  "all",
  "{}",
  '{"s3_attributes":{}}',
  `{"s3_attributes":{"${setting}":"some"}}`,
  `{"s3_attributes":{"${setting}":{"@@append":["all"]}}}`,
])("the effective policy %j is not understood, and nothing is made of it", (text) => {
  expect(() => organizationWord(text)).toThrow();
});
