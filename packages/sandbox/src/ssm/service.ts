import { AwsError } from "../wire/aws-error.ts";
import { type Input, optionalText, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";
import type { Parameter } from "./parameter.ts";

/** AWS Systems Manager, as far as its parameters. */
export const ssm = jsonService({
  name: "ssm",
  contentType: "application/x-amz-json-1.1",
  operations: {
    PutParameter: { write: true, isManagement: true, run: putParameter },
    GetParameter: { write: false, isManagement: true, run: getParameter },
    DeleteParameter: { write: true, isManagement: true, run: deleteParameter },
  },
});

function putParameter(on: OperationCall): Input {
  const { input, world, call } = on;
  const arn = arnOf(on);
  const before = world.parameters.get(arn);
  if (before !== undefined && input["Overwrite"] !== true) {
    const message =
      "The parameter already exists. To overwrite this value, set the overwrite option.";
    throw new AwsError({ code: "ParameterAlreadyExists", status: 400, message });
  }
  const version = (before?.version ?? 0) + 1;
  const type = typeOf(input, before);
  world.parameters.set(arn, { value: textIn(input, "Value"), type, version, at: call.at });
  return { Version: version, Tier: "Standard" };
}

function getParameter(on: OperationCall): Input {
  const arn = arnOf(on);
  const { value: text, type, version, at } = on.world.parameters.get(arn) ?? missing();
  const isHidden = type === "SecureString" && on.input["WithDecryption"] !== true;
  const value = isHidden ? Buffer.from(`encrypted ${text}`).toString("base64") : text;
  const Name = textIn(on.input, "Name");
  const times = { LastModifiedDate: at / 1_000, DataType: "text" };
  return {
    Parameter: { Name, ARN: arn, Type: type, Value: value, Version: version, ...times },
  };
}

function deleteParameter(on: OperationCall): Input {
  if (!on.world.parameters.delete(arnOf(on))) missing();
  return {};
}

/** A new parameter needs a type, and an old one keeps it. */
function typeOf(input: Input, before: Parameter | undefined): Parameter["type"] {
  const given = optionalText(input, "Type") ?? before?.type;
  if (given === "String" || given === "StringList" || given === "SecureString") return given;
  const message = "A parameter type is required when you create a parameter.";
  throw new AwsError({ code: "ValidationException", status: 400, message });
}

function arnOf({ input, call }: OperationCall): string {
  const name = textIn(input, "Name").replace(/^\//, "");
  return `arn:aws:ssm:${call.region}:${call.principal.account}:parameter/${name}`;
}

/** The real one sends no message. */
function missing(): never {
  throw new AwsError({ code: "ParameterNotFound", status: 400, message: "" });
}
