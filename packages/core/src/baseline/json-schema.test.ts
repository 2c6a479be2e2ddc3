import { expect, test } from "vitest";
import { parseBaseline } from "./document.ts";
import { baselineJsonSchema } from "./json-schema.ts";
import { controlIds } from "./layers.ts";

const schema = JSON.parse(JSON.stringify(baselineJsonSchema()));

test("every control is there, for all buckets and for those of a scope", () => {
  const words = ["$schema", "scopes", "waivers", "limits", "notifications"];
  expect(Object.keys(schema.properties).sort()).toEqual([...controlIds, ...words].sort());
  const scoped = schema.properties.scopes.items.properties.settings.properties;
  expect(Object.keys(scoped).sort()).toEqual([...controlIds].sort());
  expect(schema.additionalProperties).toBe(false);
});

test("an editor is told what a setting means, and what it is when it is left out", () => {
  expect(schema.properties["presigned-url-age"].properties).toEqual({
    mode: {
      type: "string",
      enum: ["remediate", "approve", "alert", "off"],
      description: "what happens on drift",
      default: "off",
    },
    maxAgeSeconds: {
      type: "integer",
      minimum: 1,
      maximum: 604_800,
      description: "how many seconds after its signature a presigned URL may work",
      default: 86_400,
    },
  });
});

test("a waiver says what it must have", () => {
  expect(schema.properties.waivers.items.required.sort()).toEqual([
    "approved",
    "approver",
    "controls",
    "expires",
    "reason",
  ]);
});

test("a file may name its schema, which changes nothing", () => {
  const named = parseBaseline({ $schema: "schema/baseline.schema.json" }, "test");
  expect(named).toEqual(parseBaseline({}, "test"));
});
