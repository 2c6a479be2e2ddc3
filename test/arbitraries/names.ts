/** ARNs of callers that policies name and requests come from. */
export const ROLE = "arn:aws:iam::111122223333:role/app";
export const USER = "arn:aws:iam::111122223333:user/team/ann";
export const FEDERATED_USER = "arn:aws:sts::111122223333:federated-user/bob";
