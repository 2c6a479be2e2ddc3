import { symmetricQuotaIn, symmetricRequests } from "../kms/load.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";

/** Service Quotas, as far as the one quota that the product asks for. */
export const serviceQuotas = jsonService({
  name: "servicequotas",
  contentType: "application/x-amz-json-1.1",
  operations: { GetServiceQuota: { write: false, isManagement: true, run: getQuota } },
});

/** https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
function getQuota({ input, call }: OperationCall): Input {
  const ServiceCode = textIn(input, "ServiceCode");
  const QuotaCode = textIn(input, "QuotaCode");
  if (ServiceCode !== "kms" || QuotaCode !== "L-6E3AF000") {
    const message = "The request failed because the specified resource does not exist.";
    throw new AwsError({ code: "NoSuchResourceException", status: 400, message });
  }
  const { region, principal } = call;
  return {
    Quota: {
      ServiceCode,
      ServiceName: "AWS Key Management Service (AWS KMS)",
      QuotaArn: `arn:aws:servicequotas:${region}:${principal.account}:kms/${QuotaCode}`,
      QuotaCode,
      QuotaName: "Cryptographic operations (symmetric) request rate",
      Value: symmetricQuotaIn(region),
      Unit: "None",
      Adjustable: true,
      GlobalQuota: false,
      UsageMetric: { ...symmetricRequests, MetricStatisticRecommendation: "Sum" },
      Period: { PeriodValue: 1, PeriodUnit: "SECOND" },
    },
  };
}
