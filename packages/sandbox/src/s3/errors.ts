import { AwsError } from "../wire/aws-error.ts";

/**
 * S3's error names with their HTTP status and usual text.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const errors = {
  AccessControlListNotSupported: [400, "The bucket does not allow ACLs"],
  AccessDenied: [403, "Access Denied"],
  AccessPointAlreadyOwnedByYou: [
    409,
    "Your previous request to create the named accesspoint succeeded and you already own it.",
  ],
  AuthorizationHeaderMalformed: [400, "The authorization header is malformed"],
  BucketAlreadyExists: [
    409,
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
  ],
  BucketAlreadyOwnedByYou: [
    409,
    "Your previous request to create the named bucket succeeded and you already own it.",
  ],
  BucketNotEmpty: [409, "The bucket you tried to delete is not empty"],
  // S3 itself spells it with a double t; its documentation does not.
  CrossLocationLoggingProhibitted: [403, "Cross S3 location logging not allowed. "],
  IllegalLocationConstraintException: [
    400,
    "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
  ],
  IllegalVersioningConfigurationException: [400, "The Versioning element must be specified"],
  InvalidArgument: [400, "Invalid Argument"],
  InvalidBucketAclWithBlockPublicAccessError: [
    400,
    "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
  ],
  InvalidBucketAclWithObjectOwnership: [
    400,
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  ],
  InvalidBucketName: [400, "The specified bucket is not valid."],
  InvalidBucketOwnerAWSAccountID: [
    400,
    "The value of the expected bucket owner parameter must be an AWS Account ID... [expectedBucketOwner]",
  ],
  InvalidBucketState: [409, "The request is not valid for the current state of the bucket."],
  InvalidLocationConstraint: [400, "The specified location-constraint is not valid"],
  InvalidRange: [416, "The requested range is not satisfiable"],
  InvalidRequest: [400, "Invalid Request"],
  InvalidTag: [400, "The tag provided was not a valid tag."],
  InvalidTargetBucketForLogging: [400, "The target bucket for logging does not exist"],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  MalformedACLError: [
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
  ],
  MalformedPolicy: [400, "This policy contains invalid Json"],
  MalformedXML: [
    400,
    "The XML you provided was not well-formed or did not validate against our published schema",
  ],
  MethodNotAllowed: [405, "The specified method is not allowed against this resource."],
  NoSuchAccessPoint: [404, "The specified accesspoint does not exist"],
  NoSuchAccessPointPolicy: [404, "The specified accesspoint policy does not exist"],
  NoSuchMultiRegionAccessPoint: [404, "The specified Multi-Region Access Point does not exist"],
  NoSuchBucket: [404, "The specified bucket does not exist"],
  NoSuchBucketPolicy: [404, "The bucket policy does not exist"],
  NoSuchConfiguration: [404, "The specified configuration does not exist."],
  NoSuchCORSConfiguration: [404, "The CORS configuration does not exist"],
  NoSuchKey: [404, "The specified key does not exist."],
  NoSuchLifecycleConfiguration: [404, "The lifecycle configuration does not exist"],
  NoSuchPublicAccessBlockConfiguration: [
    404,
    "The public access block configuration was not found",
  ],
  NoSuchTagSet: [404, "The TagSet does not exist"],
  NoSuchWebsiteConfiguration: [404, "The specified bucket does not have a website configuration"],
  ObjectLockConfigurationNotFoundError: [
    404,
    "Object Lock configuration does not exist for this bucket",
  ],
  OwnershipControlsNotFoundError: [404, "The bucket ownership controls were not found"],
  PermanentRedirect: [
    301,
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
  ],
  ReplicationConfigurationNotFoundError: [404, "The replication configuration was not found"],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type S3ErrorName = keyof typeof errors;

/** The error that S3 answers under this name; the text can be more precise than the usual one. */
export function s3Error(
  code: S3ErrorName,
  message?: string,
  more: {
    readonly members?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): AwsError {
  const [status, usual] = errors[code];
  return new AwsError({ code, status, message: message ?? usual, ...more });
}
