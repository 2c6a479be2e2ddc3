import { AwsError } from "../wire/aws-error.ts";
import { type Input, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";

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
  world.parameters.set(arn, { value: textIn(input, "Value"), version, at: call.at });
  return { Version: version, Tier: "Standard" };
}

function getParameter(on: OperationCall): Input {
  const arn = arnOf(on);
  const { value, version, at } = on.world.parameters.get(arn) ?? missing();
  const Name = textIn(on.input, "Name");
  const times = { LastModifiedDate: at / 1_000, DataType: "text" };
  return {
    Parameter: { Name, ARN: arn, Type: "String", Value: value, Version: version, ...times },
  };
}

function deleteParameter(on: OperationCall): Input {
  if (!on.world.parameters.delete(arnOf(on))) missing();
  return {};
}

function arnOf({ input, call }: OperationCall): string {
  const name = textIn(input, "Name").replace(/^\//, "");
  return `arn:aws:ssm:${call.region}:${call.principal.account}:parameter/${name}`;
}

/** The real one sends no message. */
function missing(): never {
  throw new AwsError({ code: "ParameterNotFound", status: 400, message: "" });
}
