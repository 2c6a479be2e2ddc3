import { expect, test } from "vitest";
import { tamperCallOf, tamperCalls } from "./calls.ts";
import { tamperRules } from "./rules.ts";

test("there is one rule for each service, short enough, and only for events of AWS itself", () => {
  expect(tamperRules.map(({ name }) => name)).toEqual(
    Object.keys(tamperCalls).map((service) => `tamper-${service}`),
  );
  for (const { pattern } of tamperRules) {
    expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(2_048);
    expect(pattern.source).toEqual([expect.stringMatching(/^aws\.\w+$/)]);
    expect(Object.keys(pattern.detail)).toEqual(["eventSource", "eventName"]);
  }
});

test("the rule of CloudTrail lets every weakening through, failed or not", () => {
  expect(tamperRules[0]).toEqual({
    name: "tamper-cloudtrail",
    pattern: {
      source: ["aws.cloudtrail"],
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: {
        eventSource: ["cloudtrail.amazonaws.com"],
        eventName: [
          "StopLogging",
          "DeleteTrail",
          "UpdateTrail",
          "PutEventSelectors",
          "PutInsightSelectors",
          "PutEventConfiguration",
          "StopEventDataStoreIngestion",
          "DeleteEventDataStore",
          "UpdateEventDataStore",
          "DeregisterOrganizationDelegatedAdmin",
        ],
      },
    },
  });
});

test("names of Lambda are matched by prefix, because the day of the API follows", () => {
  const rule = tamperRules.find(({ name }) => name === "tamper-lambda");
  expect(rule?.pattern.detail.eventName).toContainEqual({ prefix: "UpdateFunctionCode" });
  for (const day of ["", "20150331", "20150331v2"]) {
    expect(tamperCallOf("lambda.amazonaws.com", `UpdateFunctionCode${day}`)?.name).toBe(
      "UpdateFunctionCode",
    );
  }
});

test("no rule lets a call through that only reads or encrypts", () => {
  const names = Object.values(tamperCalls)
    .flat()
    .map(({ name }) => name);
  expect(names.filter((name) => /^(Get|List|Describe|Lookup|Encrypt|Decrypt)/.test(name))).toEqual(
    [],
  );
});
