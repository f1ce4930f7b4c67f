import { randomUUID } from 'node:crypto';

/** What Lambda tells a failure destination of an invocation that it gives up. */
export function toInvocationRecord(functionArn: string, condition: string, attempts: number) {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: attempts },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  };
}
