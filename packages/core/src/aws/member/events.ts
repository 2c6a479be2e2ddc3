import { ruleState } from "../../event/index.ts";
import { boundary } from "./parameters.ts";
import type { Json } from "./substitute.ts";
import type { MemberTerms } from "./terms.ts";

/** The rules of a Region, and the role by which they reach the hub. */
export function eventResources(terms: MemberTerms): Readonly<Record<string, Json>> {
  return { ...forwarder(terms), ...rules(terms), ...sweepRule(terms) };
}

/**
 * One for each Region: so no stack waits for that of another Region. EventBridge may use it for our
 * rules of this account and Region only, and it can do one thing.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
function forwarder({ prefix }: MemberTerms): Readonly<Record<string, Json>> {
  const ownRules = `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/${prefix}-*`;
  return {
    ForwarderRole: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: `${prefix}-forwarder-\${AWS::Region}`,
        Description: "Sends what the rules of Bucket Warden let through to the bus of the hub.",
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "RulesOfThisRegion",
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: "sts:AssumeRole",
              Condition: {
                StringEquals: { "aws:SourceAccount": "${AWS::AccountId}" },
                ArnLike: { "aws:SourceArn": ownRules },
              },
            },
          ],
        },
        Policies: [
          {
            PolicyName: "forward",
            PolicyDocument: {
              Version: "2012-10-17",
              Statement: [
                {
                  Sid: "SendToHub",
                  Effect: "Allow",
                  Action: "events:PutEvents",
                  Resource: "${HubBusArn}",
                },
              ],
            },
          },
        ],
        PermissionsBoundary: boundary,
      },
    },
  };
}

const target: Json = {
  Id: "hub",
  Arn: { Ref: "HubBusArn" },
  RoleArn: { "Fn::GetAtt": ["ForwarderRole", "Arn"] },
};

function rules({ prefix, rules }: MemberTerms): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    rules.map(({ name, pattern }) => [
      `${logicalName(name)}Rule`,
      {
        Type: "AWS::Events::Rule",
        Properties: {
          Name: `${prefix}-${name}`,
          Description: `Calls that Bucket Warden looks at: ${name}.`,
          EventPattern: asJson(pattern),
          State: ruleState(name),
          Targets: [target],
        },
      },
    ]),
  );
}

/** Each account asks for its own sweep, so that the hub needs no list of accounts. */
function sweepRule({ prefix, sweepSchedule }: MemberTerms): Readonly<Record<string, Json>> {
  if (sweepSchedule === undefined) return {};
  return {
    SweepRule: {
      Type: "AWS::Events::Rule",
      Condition: "IsHomeRegion",
      Properties: {
        Name: `${prefix}-sweep`,
        Description: "Asks Bucket Warden to look at everything in this account.",
        ScheduleExpression: sweepSchedule,
        State: "ENABLED",
        Targets: [target],
      },
    },
  };
}

/** `tamper-kms` is `TamperKms`: CloudFormation takes letters and digits. */
function logicalName(name: string): string {
  return name
    .split("-")
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}

/** Patterns are plain data; the round trip says so to the compiler. */
function asJson(pattern: object): Json {
  return JSON.parse(JSON.stringify(pattern));
}
