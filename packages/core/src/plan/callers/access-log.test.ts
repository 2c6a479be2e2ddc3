import { expect, test } from "vitest";
import { type LoggedRequest, parseAccessLog } from "./access-log.ts";

const owner = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

/** A record as S3 writes it, with some fields changed. */
function record(fields: Partial<Record<keyof typeof usual, string>> = {}): string {
  return Object.values({ ...usual, ...fields }).join(" ");
}

const usual = {
  owner,
  bucket: "photos",
  time: "[06/Feb/2019:00:00:38 +0000]",
  remoteIp: "192.0.2.3",
  requester: "arn:aws:iam::111122223333:user/legacy",
  requestId: "3E57427F3EXAMPLE",
  operation: "REST.GET.OBJECT",
  key: "2019/08/puppy%2520one.jpg",
  uri: '"GET /photos/2019/08/puppy%20one.jpg?x-user=johndoe HTTP/1.1"',
  status: "200",
  error: "-",
  sent: "113",
  size: "113",
  time1: "7",
  time2: "-",
  referer: '"-"',
  userAgent: '"curl/7.61.1 (x86_64)"',
  version: "-",
  hostId: "s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234=",
  signature: "SigV4",
  cipher: "ECDHE-RSA-AES128-GCM-SHA256",
  authentication: "AuthHeader",
  host: "photos.s3.us-west-1.amazonaws.com",
  tls: "TLSv1.2",
  accessPoint: "-",
  acl: "-",
  region: "us-west-1",
};

const parsed: LoggedRequest = {
  bucket: "photos",
  at: Date.UTC(2019, 1, 6, 0, 0, 38),
  remoteIp: "192.0.2.3",
  requester: "arn:aws:iam::111122223333:user/legacy",
  userAgent: "curl/7.61.1 (x86_64)",
  status: 200,
  tls: "TLSv1.2",
};
const plain = { cipher: "-", tls: "-" };

test.each<{ name: string; line: string; request: Partial<LoggedRequest> }>([
  { name: "a request over TLS", line: record(), request: {} },
  { name: "a request over plain HTTP", line: record(plain), request: { tls: "none" } },
  {
    name: "a visit of a website",
    line: record({ ...plain, requester: "-", operation: "WEBSITE.GET.OBJECT", signature: "-" }),
    request: { tls: "none", requester: "-" },
  },
  {
    name: "an expiration, which nobody sent",
    line: record({ ...plain, operation: "S3.EXPIRE.OBJECT", host: "-", uri: "-", status: "-" }),
    request: { tls: undefined, status: undefined },
  },
  {
    name: "one object of a batch, which was sent with the others",
    line: record({ ...plain, operation: "BATCH.DELETE.OBJECT" }),
    request: { tls: undefined },
  },
  {
    name: "a copied object, whose record tells little",
    line: record({
      ...plain,
      operation: "REST.COPY.OBJECT_GET",
      uri: "-",
      host: "-",
      userAgent: "-",
    }),
    request: { tls: undefined, userAgent: "-" },
  },
  {
    name: "a record from before there were TLS versions in it",
    line: record(plain).split(" ").slice(0, -7).join(" "),
    request: { tls: undefined },
  },
  {
    name: "a cipher without a version",
    line: record({ tls: "-" }),
    request: { tls: undefined },
  },
  {
    name: "a version of TLS that cannot be told",
    line: record({ tls: "INVALID_RELAY_TLS_VERSION" }),
    request: { tls: "INVALID_RELAY_TLS_VERSION" },
  },
  { name: "fields that came later", line: `${record(plain)} - Yes new`, request: { tls: "none" } },
  {
    name: "a tool without a name",
    line: record({ userAgent: '""' }),
    request: { userAgent: "" },
  },
])("$name is read", ({ line, request }) => {
  expect(parseAccessLog(`${line}\n`, true)).toEqual({
    requests: [{ ...parsed, ...request }],
    unreadable: 0,
  });
});

test.each([
  { name: "no record at all", line: "garbage" },
  { name: "a tool that names itself with quotation marks", line: record({ userAgent: '"a" b"' }) },
  {
    name: "a tool that pretends to have used TLS",
    line: record({ ...plain, userAgent: '"a" - h SigV4 AES AuthHeader host TLSv1.3 "b"' }),
  },
  {
    name: "a referer that pretends to be the tool as well",
    line: record({ ...plain, referer: '"a" "b" - h SigV4 AES AuthHeader host TLSv1.3 "c"' }),
  },
  { name: "a path with a quotation mark", line: record({ uri: '"GET /a"b HTTP/1.1"' }) },
  { name: "a month that there is not", line: record({ time: "[06/Foo/2019:00:00:38 +0000]" }) },
  { name: "a day that there is not", line: record({ time: "[36/Feb/2019:00:00:38 +0000]" }) },
  { name: "another time zone", line: record({ time: "[06/Feb/2019:00:00:38 +0100]" }) },
  { name: "a line without an end", line: record({ userAgent: `"${"a".repeat(70_000)}"` }) },
])("a line with $name is counted, and nothing is taken from it", ({ line }) => {
  const text = `${record()}\n${line}\n${record()}\n`;
  expect(parseAccessLog(text, true)).toEqual({ requests: [parsed, parsed], unreadable: 1 });
});

test("the last line of a file that was cut is left out, of a whole one it counts", () => {
  const text = `${record()}\n${record({ status: "404" }).slice(0, -10)}`;
  expect(parseAccessLog(text, false)).toEqual({ requests: [parsed], unreadable: 0 });
  expect(parseAccessLog(text, true).requests).toHaveLength(2);
  expect(parseAccessLog("", true)).toEqual({ requests: [], unreadable: 0 });
});
