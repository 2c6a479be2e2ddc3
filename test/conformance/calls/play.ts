import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlacierClient } from "@aws-sdk/client-glacier";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { SecurityHubClient } from "@aws-sdk/client-securityhub";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { type Comparison, comparisonOf } from "./comparison.ts";
import type { Answer, Row, Scene } from "./row.ts";
import type { World } from "./worlds.ts";

/** One question of a row, with what AWS and a world answer to it. */
export interface Observation extends Comparison {
  /** The row and the question, e.g. `bucket policy: never set`. */
  readonly name: string;
  /** As in the table of permissions, e.g. `s3 GetBucketPolicy`. */
  readonly call: string;
}

/** Asks a world everything that the row asks; ends early where the world lacks what comes next. */
export async function play(row: Row, world: World): Promise<readonly Observation[]> {
  const observations: Observation[] = [];
  const { last, ...services } = servicesIn(world);
  const scene: Scene = {
    account: world.account,
    region: world.region,
    ...services,
    enactS3Policy: world.enactS3Policy,
    bucket: (name, region = world.region) =>
      world.makeBucket?.(nameIn(row, name), region) ??
      makeBucket(services, nameIn(row, name), region),
    async ask(title, call, expected) {
      const { output, answer } = await outcomeOf(call);
      const name = `${row.about}: ${title}`;
      observations.push({ name, call: last(), ...comparisonOf(expected, answer) });
      return output;
    },
  };
  const end = await outcomeOf(row.play(scene).then(() => ({})));
  if (end.output !== undefined) return observations;
  const expected = { kind: "answered", output: {} } as const;
  const ending = { name: `${row.about}: to its end`, call: last() };
  return [...observations, { ...ending, expected, seen: end.answer }];
}

function nameIn(row: Row, name: string): string {
  return `${row.about} ${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

type Services = Omit<Scene, "account" | "region" | "enactS3Policy" | "bucket" | "ask">;

/** New clients for the world, and the name of the call that they made last. */
function servicesIn(world: World): Services & {
  readonly last: () => string;
} {
  const { account: text, region: home, endpoint, isOwn, guardS3 } = world;
  let last = "nothing";
  const options = {
    region: parseRegion(home, "world"),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(isOwn === true ? {} : { credentials: { accessKeyId: "alice", secretAccessKey: "any" } }),
  };
  const clients = createClients(options);
  const members = createClients({ ...options, memberRole: { name: "warden" } });
  const account = parseAccountId(text, "world");
  const at = (region = home) => ({ account, region: parseRegion(region, "row") });
  const listening = <C extends Listenable>(service: string, client: C): C => {
    const listener: Listener = (next, { commandName = "" }) => {
      return (args) => {
        last = `${service} ${commandName.replace(/Command$/, "")}`;
        return next(args);
      };
    };
    const place = { step: "initialize", name: "listening", override: true } as const;
    client.middlewareStack.add(listener, place);
    return client;
  };
  return {
    last: () => last,
    s3: (region = home) => {
      const client = listening("s3", clients.s3(at(region)));
      guardS3?.(client, region);
      return client;
    },
    control: (region) => listening("s3-control", s3ControlAt(clients, at(region))),
    kms: (region) => listening("kms", clients.of(KMSClient, at(region))),
    cloudwatch: () => listening("monitoring", clients.of(CloudWatchClient, at())),
    serviceQuotas: () => listening("servicequotas", clients.of(ServiceQuotasClient, at())),
    glacier: () => listening("glacier", clients.of(GlacierClient, at())),
    cloudtrail: (region) => listening("cloudtrail", clients.of(CloudTrailClient, at(region))),
    sqs: () => listening("sqs", clients.own(SQSClient)),
    sns: () => listening("sns", clients.own(SNSClient, at().region)),
    dynamodb: () => listening("dynamodb", clients.dynamodb()),
    securityHub: () => listening("securityhub", clients.of(SecurityHubClient, at())),
    ssm: () => listening("ssm", clients.own(SSMClient)),
    member: (id) => {
      const there = { ...at(), account: parseAccountId(id, "row") };
      return listening("s3", members.s3(there));
    },
    logs: () => listening("logs", clients.of(CloudWatchLogsClient, at())),
    organizations: () => listening("organizations", clients.of(OrganizationsClient, at())),
  };
}

type Listener = <Args, Out>(
  next: (args: Args) => Promise<Out>,
  context: { readonly commandName?: string },
) => (args: Args) => Promise<Out>;

/** Every client of the SDK. */
interface Listenable {
  readonly middlewareStack: {
    readonly add: (
      listener: Listener,
      place: { readonly step: "initialize"; readonly name: string; readonly override: boolean },
    ) => void;
  };
}

async function makeBucket({ s3 }: Services, Bucket: string, region: string): Promise<string> {
  // The SDK's type has only the Regions of its own day.
  const elsewhere = { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } };
  const where = region === "us-east-1" ? {} : elsewhere;
  await s3(region).send(new CreateBucketCommand({ Bucket, ...where }));
  return Bucket;
}

async function outcomeOf<Output extends object>(
  call: Promise<Output>,
): Promise<{ readonly answer: Answer; readonly output?: Output }> {
  try {
    const output = await call;
    const { $metadata: _metadata, ...members } = { $metadata: undefined, ...output };
    return { output, answer: { kind: "answered", output: members } };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { httpStatusCode }: { httpStatusCode?: number } =
      "$metadata" in error ? Object(error.$metadata) : {};
    return { answer: { kind: "refused", name: error.name, status: httpStatusCode } };
  }
}
