import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { InputError } from "../../kernel/input-error.ts";
import type { Table } from "../../record/index.ts";
import { describeError } from "../errors.ts";
import { remedyOf } from "../trouble.ts";
import { createDynamoDbTable } from "./dynamodb-table.ts";

/**
 * The table of a deployment, to be read as a whole; Region, credentials and endpoint come from where
 * the AWS CLI takes them. Throws InputError for what AWS refuses.
 */
export function tableToRead(name: string): Table {
  const table = createDynamoDbTable({ client: new DynamoDBClient({}), table: name, keepDays: 0 });
  return {
    ...table,
    async *everywhere(sort) {
      try {
        yield* table.everywhere(sort);
      } catch (cause) {
        const remedy = remedyOf(cause) ?? remedies[cause instanceof Error ? cause.name : ""];
        const problem = describeError(cause);
        throw new InputError({ place: `table ${name}`, problem, remedy: remedy ?? other, cause });
      }
    },
  };
}

const other = "Look at AWS_REGION and the credentials; they need dynamodb:Scan on the table.";

const remedies: Readonly<Record<string, string>> = {
  ResourceNotFoundException:
    "There is no such table in this account and Region. Look at AWS_REGION and --table.",
};
