/**
 * The media type of those offered that an Accept header likes best (RFC 9110, 12.5.1): by weight, then by how exactly
 * it is named, then in the order of the offer. The first when it likes none: better that than no answer.
 */
export function chooseType<T extends string>(accept: string | undefined, offered: readonly [T, ...T[]]): T {
  const ranges = (accept ?? '').toLowerCase().split(',').map(toRange);
  const liked = offered
    .map((type) => ({ type, ...likingOf(type, ranges) }))
    .sort((one, other) => other.weight - one.weight || other.exactness - one.exactness);
  return liked[0]?.type ?? offered[0];
}

interface Range {
  name: string;
  weight: number;
}

function toRange(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return { name, weight: Number(weight) || 0 };
}

/** By the range that names the type most exactly. */
function likingOf(type: string, ranges: Range[]): { weight: number; exactness: number } {
  const [group] = type.split('/');
  const names = ['*/*', `${group}/*`, type];
  const fitting = ranges
    .map(({ name, weight }) => ({ weight, exactness: names.indexOf(name) }))
    .sort((one, other) => other.exactness - one.exactness);
  const [closest] = fitting;
  return closest && closest.exactness >= 0 ? closest : { weight: 0, exactness: -1 };
}
