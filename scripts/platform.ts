import { join } from "node:path";
import { installPlatform } from "./stacks/platform.ts";

await installPlatform(join(import.meta.dirname, ".."));
