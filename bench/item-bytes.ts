import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { sum } from './meter.ts';

type Item = Record<string, AttributeValue>;

/**
 * Size of a stored item in bytes, names included, as DynamoDB's guide has it ("DynamoDB item sizes and formats"): a number
 * takes a byte for two significant digits and one more, a list or map three bytes and one for each element.
 */
export function itemBytes(item: Item): number {
  return sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueBytes(value)));
}

function valueBytes(value: AttributeValue): number {
  const { S, N, SS, NS, L, M } = value;
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  if (SS !== undefined) return sum(SS.map((text) => Buffer.byteLength(text)));
  if (NS !== undefined) return sum(NS.map(numberBytes));
  if (L !== undefined) return 3 + sum(L.map((element) => 1 + valueBytes(element)));
  if (M !== undefined) return 3 + Object.keys(M).length + itemBytes(M);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  throw new Error(`The size of ${Object.keys(value)} is not known here.`);
}

/** Zeros at either end are not significant. */
function numberBytes(number: string): number {
  const digits = number.replace(/\D/g, '').replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (number.startsWith('-') ? 1 : 0);
}
