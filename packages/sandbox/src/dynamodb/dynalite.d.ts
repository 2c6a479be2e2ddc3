declare module "dynalite" {
  import type { Server } from "node:http";

  /** An in-memory DynamoDB; the server need not listen, a `request` can be emitted on it. */
  function dynalite(options: {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
  export = dynalite;
}
