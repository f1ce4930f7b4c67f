import { randomUUID } from 'node:crypto';
import type { Resource } from '../contract.ts';
import type { StreamRecord } from '../engines/stream-reader.ts';

/** What AWS sends to the destination: where the records are, not what is in them. */
export function toFailure(
  mapping: Resource['properties'],
  records: StreamRecord[],
  condition: string,
  attempts: number,
): object {
  const [first, last] = [records[0], records.at(-1)];
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: mapping['FunctionName'],
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000001',
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: mapping['EventSourceArn'],
    },
  };
}

function arrival(record: StreamRecord | undefined): string {
  return new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
}
