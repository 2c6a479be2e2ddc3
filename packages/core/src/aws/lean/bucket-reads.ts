import type { Readable } from "node:stream";
import {
  ListBucketsCommand,
  type S3Client,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from "@aws-sdk/client-s3";
import { type Command, ServiceException } from "@smithy/core/client";
import { getEndpointFromInstructions } from "@smithy/core/endpoints";
import { HttpProtocol, HttpRequest, type HttpResponse } from "@smithy/core/protocols";
import { retryMiddleware } from "@smithy/core/retry";
import { type BucketRead, bucketReadOf, encodedQuery } from "./bucket-read.ts";
import { createKnownAnswers, type KnownAnswers } from "./known-answers.ts";
import { createSigner } from "./signature.ts";

type S3Config = S3Client["config"];
type S3Command<I extends ServiceInputTypes, O extends ServiceOutputTypes> = Command<
  I,
  O,
  S3Config,
  ServiceInputTypes,
  ServiceOutputTypes
>;

/** Sends commands of S3: as the client does, but reads of bucket settings and lists for less. */
export interface BucketReads {
  readonly send: <I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    command: S3Command<I, O>,
  ) => Promise<O>;
}

/** Runs one attempt of a call, when it may be made. */
export type AroundAttempt = <T>(attempt: () => Promise<T>) => Promise<T>;

/**
 * Sends reads of bucket settings and lists past the middleware of a client, which costs more than all the rest of
 * such a call. Credentials, retries, time-outs, connections, and what an answer means stay those of the
 * client, and whatever is not plain is left to it: another command, a redirect, a clock that is wrong.
 * Addresses have the path style, so that one connection serves all buckets of a Region.
 */
export function createBucketReads(
  client: S3Client,
  around: AroundAttempt = (attempt) => attempt(),
): BucketReads {
  let way: Promise<Way> | undefined;
  return {
    async send<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
      command: S3Command<I, O>,
    ): Promise<O> {
      const read = bucketReadOf(command);
      if (read === undefined) return client.send(command);
      way ??= wayTo(client.config, around);
      try {
        const { output } = await (await way)({ input: read, request: undefined });
        return output as O; // it was decoded by the schema of this command
      } catch (error) {
        if (!isAboutTheWay(error)) throw error;
        return client.send(command);
      }
    },
  };
}

type Way = ReturnType<ReturnType<typeof retryMiddleware>>;

/** From a read to its answer, with the retries of the client. */
async function wayTo(config: S3Config, around: AroundAttempt): Promise<Way> {
  const { url } = await getEndpointFromInstructions({}, ListBucketsCommand, config);
  const sign = createSigner(await config.region());
  const answers = createKnownAnswers();
  const once = async (read: BucketRead) => {
    const path = `${url.pathname.replace(/\/$/, "")}/${read.bucket}`;
    const { host, hostname, port, protocol } = url;
    const { query } = read;
    const get = { host, path, query: encodedQuery(query), headers: read.headers };
    const at = Date.now() + config.systemClockOffset;
    const headers = { ...sign(get, await config.credentials(), at), "user-agent": "bucket-warden" };
    const where = {
      protocol,
      hostname,
      path,
      query,
      ...(port === "" ? {} : { port: Number(port) }),
    };
    const { response } = await config.requestHandler.handle(
      new HttpRequest({ method: "GET", ...where, headers }),
    );
    return { response, output: await decode(read, response, { config, answers }) };
  };
  // Here the arguments are made by `send` above, whose input is a read.
  return retryMiddleware(config)(({ input }) => around(() => once(input as BucketRead)), {});
}

interface Reading {
  readonly config: S3Config;
  readonly answers: KnownAnswers;
}

/** Throws the error of the SDK for what S3 refuses, as the client does. */
async function decode(
  { operation }: BucketRead,
  response: HttpResponse,
  { config, answers }: Reading,
) {
  const { protocol } = config;
  if (!(protocol instanceof HttpProtocol)) throw new Error("this client of S3 speaks no HTTP");
  const { statusCode: httpStatusCode } = response;
  try {
    const body = await bytesOf(response.body);
    response.body = body;
    const anew = () => protocol.deserializeResponse(operation, config, response);
    if (httpStatusCode !== 200) return await anew();
    // An id of the call would be that of another one.
    return { ...(await answers.of(operation, body, anew)), $metadata: { httpStatusCode } };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const known = "$metadata" in error ? {} : { $metadata: { httpStatusCode } };
    Object.assign(error, known);
    // The retries look there for what S3 says about them.
    Object.defineProperty(error, "$response", { value: response, enumerable: false });
    throw error;
  }
}

function bytesOf(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    body.on("data", (chunk: Buffer) => chunks.push(chunk));
    body.on("end", () => resolve(oneOf(chunks)));
    body.on("error", reject);
  });
}

/** Most answers come in one piece, which need not be copied. */
function oneOf(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

const aboutTheSignature = ["RequestTimeTooSkewed", "SignatureDoesNotMatch"];

/** Whether S3 complains about how it was asked: another Region, another address, another time. */
function isAboutTheWay(error: unknown): boolean {
  if (!(error instanceof ServiceException)) return false;
  const { httpStatusCode: status = 0 } = error.$metadata;
  return (status >= 300 && status <= 400) || aboutTheSignature.includes(error.name);
}
