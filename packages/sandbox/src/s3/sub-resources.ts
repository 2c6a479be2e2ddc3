import { acl } from "./acl.ts";
import { encryption } from "./encryption.ts";
import { lifecycle } from "./lifecycle.ts";
import { logging } from "./logging.ts";
import { objectLock } from "./object-lock.ts";
import { ownershipControls } from "./ownership.ts";
import { plainSubResources } from "./plain.ts";
import { publicAccessBlock } from "./public-access-block.ts";
import type { SubResource } from "./sub-resource.ts";
import { versioning } from "./versioning.ts";

/** Every XML document of a bucket's configuration, except those that exist once per id. */
export const subResources: readonly SubResource[] = [
  acl,
  encryption,
  lifecycle,
  logging,
  objectLock,
  ownershipControls,
  publicAccessBlock,
  versioning,
  ...plainSubResources,
];
