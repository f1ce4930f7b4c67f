import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Timeouts well inside the functions' own, so that a database that hangs becomes an answer, not a cut connection. */
export const dynamo = /* @__PURE__ */ new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
});
