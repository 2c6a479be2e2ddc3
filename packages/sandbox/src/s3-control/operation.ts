import type { Call } from "../call.ts";
import type { Answer } from "../wire/request.ts";
import { printXml, type XmlElement } from "../wire/xml.ts";
import type { World } from "../world.ts";

/** A call on S3 Control, about the account that its header names. */
export interface ControlCall {
  readonly call: Call;
  readonly world: World;
  readonly account: string;
  /** The parts of the path that the operation has names for, decoded. */
  readonly parts: Readonly<Record<string, string>>;
}

/** One operation of S3 Control. */
export interface ControlOperation {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Below `/v20180820`; `{name}` stands for one part. */
  readonly path: string;
  /** CloudTrail's name, where it is not the API's. */
  readonly eventName?: string;
  /** What CloudTrail shows beside the body and the host. */
  readonly shows?: (parts: ControlCall["parts"]) => Readonly<Record<string, unknown>>;
  /** The Region where CloudTrail logs the call, where it is not that of the endpoint. */
  readonly region?: string;
  /** Throws AwsError for what S3 Control refuses. */
  readonly serve: (on: ControlCall) => Answer;
}

/** API name to operation. */
export type ControlOperations = Readonly<Record<string, ControlOperation>>;

const namespace = "http://awss3control.amazonaws.com/doc/2018-08-20/";

/** An XML answer in the namespace of S3 Control. */
export function controlAnswer(root: string, body: XmlElement): Answer {
  const headers = { "content-type": "application/xml" };
  return { status: 200, headers, body: printXml(root, body, namespace) };
}
