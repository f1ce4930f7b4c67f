import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { callEngine } from './engine-client.ts';

export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  dynamodb: {
    Keys: Record<string, unknown>;
    NewImage?: Record<string, unknown>;
    OldImage?: Record<string, unknown>;
    SequenceNumber: string;
    /** Seconds since 1970. */
    ApproximateCreationDateTime: number;
  };
}
export interface StreamReader {
  /** The next records after the checkpoint, oldest first; the same ones again until the checkpoint moves. */
  read(most: number): Promise<StreamRecord[]>;
  /** Remembers, over a crash too, that this record and all before it are done with. */
  checkpoint(record: StreamRecord | undefined): void;
}

/** Reads the stream of a table: dynoxide keeps one shard per table, and keeps it over restarts. */
export async function openStream(url: string, table: string, file: string): Promise<StreamReader> {
  const streams = (action: string, body: object) =>
    callEngine(url, `DynamoDBStreams_20120810.${action}`, body);
  const { Table } = await callEngine(url, 'DynamoDB_20120810.DescribeTable', { TableName: table });
  const StreamArn = Table.LatestStreamArn;
  const { StreamDescription } = await streams('DescribeStream', { StreamArn });
  const { ShardId } = StreamDescription.Shards[0];
  mkdirSync(dirname(file), { recursive: true });
  let done = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  return {
    read: async (most) => {
      const position = done
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: done }
        : { ShardIteratorType: 'TRIM_HORIZON' };
      const { ShardIterator } = await streams('GetShardIterator', { StreamArn, ShardId, ...position });
      return (await streams('GetRecords', { ShardIterator, Limit: Math.min(most, 1000) })).Records;
    },
    checkpoint: (record) => {
      if (!record) return;
      done = record.dynamodb.SequenceNumber;
      writeFileSync(`${file}.new`, done);
      renameSync(`${file}.new`, file);
    },
  };
}
