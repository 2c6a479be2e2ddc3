import { interrupt } from "./interrupt.ts";
import { run } from "./program.ts";

// `warden … | head` closes the pipe early, which is no error; what is being written is finished.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
  if (!interrupt()) process.exit(0);
});
process.exitCode = await run(process.argv.slice(2));
