/** Where AWS is asked, when that is not AWS itself: the SDK's own variable. */
export function awsElsewhere(): { readonly endpoint?: string } {
  const { AWS_ENDPOINT_URL: endpoint } = process.env;
  return endpoint === undefined || endpoint === "" ? {} : { endpoint };
}
