import { valueIn } from "../model/reading.ts";
import { partitionOf, type Region, type ResourceRef } from "../model/ref.ts";
import type { Directory } from "../resolve/index.ts";
import type { KnownBucket, World } from "./world.ts";

/** The buckets that a log tells of. What it does not tell leads to none. */
export function directoryOf(world: World): Directory {
  const where = async function* (
    at: Pick<ResourceRef, "account" | "region">,
    isMeant: (bucket: KnownBucket) => boolean,
  ) {
    for (const bucket of world.bucketsOf(at.account)) {
      if (bucket.on.region === at.region && isMeant(bucket)) yield bucket.on;
    }
  };
  return {
    regionsOf: () => [home],
    async *bucketsOf(account) {
      for (const { on } of world.bucketsOf(account)) yield on;
    },
    pageOf: async (account) => ({ buckets: [...world.bucketsOf(account)].map(({ on }) => on) }),
    bucketNamed: async (name, account) => world.bucketNamed(name, account)?.on,
    sourcesOf: (target) =>
      where(target, ({ state }) => valueIn(state.logging)?.targetBucket === target.name),
    bucketsUsingKey: (keys, at) =>
      where(at, ({ state }) => {
        const named = valueIn(state.encryption)?.keyId;
        return named !== undefined && keys.includes(keyArn(named, at));
      }),
    bucketBehind: async () => undefined,
    bucketsDelivering: (_source, at) => where(at, isNotLogged),
    bucketsNotLogged: (at) => where(at, isNotLogged),
  };
}

/** Where calls about an account are made says nothing about what is meant. */
const home = "us-east-1" as Region;

function isNotLogged({ state }: KnownBucket): boolean {
  return state.logging?.state === "absent";
}

function keyArn(
  named: string,
  { account, region }: Pick<ResourceRef, "account" | "region">,
): string {
  if (named.startsWith("arn:")) return named;
  const id = named.startsWith("alias/") ? named : `key/${named}`;
  return `arn:${partitionOf(region)}:kms:${region}:${account}:${id}`;
}
