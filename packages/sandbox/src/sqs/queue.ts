import { createHash, randomUUID } from "node:crypto";

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly sentAt: number;
  readonly senderId: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  receiveCount: number;
  firstReceivedAt?: number;
  /** In flight, or delayed, until then. */
  visibleAt: number;
  receiptHandle?: string;
}

export interface Queue {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  readonly account: string;
  readonly region: string;
  readonly fifo: boolean;
  readonly createdAt: number;
  readonly contentBasedDeduplication: boolean;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly waitSeconds: number;
  readonly redrive?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
  /** Attributes as they were set, for GetQueueAttributes. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messages: Message[];
  readonly seen: Map<string, { readonly until: number; readonly message: Message }>;
  /** Called whenever something may have become receivable. */
  readonly listeners: Set<() => void>;
  nextSequence: number;
}

/** What a producer sends. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly delaySeconds?: number;
  readonly senderId?: string;
}

const deduplicationWindow = 5 * 60 * 1000;

/** Puts a message on the queue; a duplicate within five minutes is accepted and dropped. */
export function send(queue: Queue, outgoing: OutgoingMessage, now: number): Message {
  const deduplicationId = deduplicationIdOf(queue, outgoing);
  const earlier = deduplicationId === undefined ? undefined : queue.seen.get(deduplicationId);
  if (earlier !== undefined && earlier.until > now) return earlier.message;
  const message: Message = {
    id: randomUUID(),
    body: outgoing.body,
    attributes: outgoing.attributes ?? {},
    sentAt: now,
    senderId: outgoing.senderId ?? queue.account,
    ...(outgoing.groupId === undefined ? {} : { groupId: outgoing.groupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
    ...(queue.fifo ? { sequenceNumber: sequenceNumber(queue) } : {}),
    receiveCount: 0,
    visibleAt: now + (outgoing.delaySeconds ?? queue.delaySeconds) * 1000,
  };
  if (deduplicationId !== undefined) {
    queue.seen.set(deduplicationId, { until: now + deduplicationWindow, message });
  }
  queue.messages.push(message);
  wake(queue);
  return message;
}

function deduplicationIdOf(queue: Queue, outgoing: OutgoingMessage): string | undefined {
  if (!queue.fifo) return undefined;
  if (outgoing.deduplicationId !== undefined) return outgoing.deduplicationId;
  return createHash("sha256").update(outgoing.body).digest("hex");
}

function sequenceNumber(queue: Queue): string {
  queue.nextSequence += 256;
  return String(18_870_000_000_000_000_000n + BigInt(queue.nextSequence));
}

/**
 * Takes up to `limit` messages into flight. In a FIFO queue a group with a message in flight is
 * blocked, and a group's messages come in order. A message that was received too often moves to the
 * dead-letter queue instead.
 */
export function receive(
  queue: Queue,
  on: { readonly now: number; readonly limit: number; readonly visibilityTimeoutSeconds?: number },
  deadLetters: Queue | undefined,
): readonly Message[] {
  buryExhausted(queue, on.now, deadLetters);
  const timeout = on.visibilityTimeoutSeconds ?? queue.visibilityTimeoutSeconds;
  const taken = receivable(queue, on.now).slice(0, on.limit);
  for (const message of taken) takeIntoFlight(message, on.now, timeout);
  return taken;
}

function receivable(queue: Queue, now: number): readonly Message[] {
  const blocked = blockedGroups(queue, now);
  return queue.messages.filter(({ groupId, visibleAt }) => {
    const isBlocked = queue.fifo && groupId !== undefined && blocked.has(groupId);
    if (isBlocked || visibleAt <= now) return !isBlocked;
    // A delayed message holds back the later ones of its group.
    if (groupId !== undefined) blocked.add(groupId);
    return false;
  });
}

function blockedGroups(queue: Queue, now: number): Set<string> {
  const groups = new Set<string>();
  if (!queue.fifo) return groups;
  for (const { groupId, visibleAt, receiveCount } of queue.messages) {
    if (groupId !== undefined && receiveCount > 0 && visibleAt > now) groups.add(groupId);
  }
  return groups;
}

function takeIntoFlight(message: Message, now: number, timeoutSeconds: number): void {
  message.receiveCount += 1;
  message.firstReceivedAt ??= now;
  message.visibleAt = now + timeoutSeconds * 1000;
  message.receiptHandle = `${message.id}#${message.receiveCount}`;
}

function buryExhausted(queue: Queue, now: number, deadLetters: Queue | undefined): void {
  const limit = queue.redrive?.maxReceiveCount;
  if (limit === undefined || deadLetters === undefined) return;
  for (const message of [...queue.messages]) {
    if (message.receiveCount < limit || message.visibleAt > now) continue;
    queue.messages.splice(queue.messages.indexOf(message), 1);
    // Its own count starts again there, as SQS does not carry the receipt over.
    deadLetters.messages.push({ ...message, visibleAt: now });
    wake(deadLetters);
  }
}

/** Removes a message by the handle of its latest receive. A handle of before is ignored, as in SQS. */
export function remove(queue: Queue, receiptHandle: string): boolean {
  const index = queue.messages.findIndex((message) => message.receiptHandle === receiptHandle);
  if (index < 0) return false;
  queue.messages.splice(index, 1);
  wake(queue);
  return true;
}

/** Sets when an in-flight message can be seen again. */
export function changeVisibility(queue: Queue, receiptHandle: string, visibleAt: number): boolean {
  const message = queue.messages.find((candidate) => candidate.receiptHandle === receiptHandle);
  if (message === undefined) return false;
  message.visibleAt = visibleAt;
  wake(queue);
  return true;
}

/** The next moment at which something hidden becomes visible, or undefined when nothing is hidden. */
export function nextVisibleAt(queue: Queue, now: number): number | undefined {
  const hidden = queue.messages.map(({ visibleAt }) => visibleAt).filter((at) => at > now);
  return hidden.length === 0 ? undefined : Math.min(...hidden);
}

/** Tells those who wait on the queue to look again. */
export function wake(queue: Queue): void {
  for (const listener of [...queue.listeners]) listener();
}

/** The attributes that SQS itself gives to a received message. */
export interface SystemAttributes {
  readonly SenderId: string;
  readonly SentTimestamp: string;
  readonly ApproximateReceiveCount: string;
  readonly ApproximateFirstReceiveTimestamp: string;
  readonly SequenceNumber?: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

export function systemAttributesOf(message: Message): SystemAttributes {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
    ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
    ...(message.deduplicationId === undefined
      ? {}
      : { MessageDeduplicationId: message.deduplicationId }),
  };
}
