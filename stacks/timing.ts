/**
 * How long one task may take. The queue hides a task for six times as long, as Lambda asks for.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const remediateSeconds = 120;

/** How long the looks of one order may take; those that are not over by then are queued anew. */
export const lookSeconds = 120;
