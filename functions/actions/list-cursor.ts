import { ActionKind } from '../../shared/kernel/action-kind.ts';

/** Where a list goes on: in which of a kind's 256 partitions (0 to 255), and after which sort key in it. */
export interface ListPosition {
  kind: ActionKind;
  partition: number;
  after?: string | undefined;
}

const cursors = new RegExp(`^(${ActionKind.options.join('|')})\\.(\\d{1,3})\\.([\\w-]{0,86})$`);

/** Opaque to whoever gets it. It names no campaign, so that one that was tampered with leads to no other campaign's. */
export function toCursor({ kind, partition, after = '' }: ListPosition): string {
  return Buffer.from(`${kind}.${partition}.${after}`).toString('base64url');
}

/** Undefined when it is none that `toCursor` can have made. */
export function readCursor(cursor: string): ListPosition | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, kind, partition, after] = cursors.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const position = {
    kind: ActionKind.parse(kind),
    partition: Number(partition),
    after: after || undefined,
  };
  return position.partition < 256 && toCursor(position) === cursor ? position : undefined;
}

/** The first place to look for actions of these kinds. */
export function startOf([kind = 'signature']: readonly ActionKind[]): ListPosition {
  return { kind, partition: 0 };
}

/** Where it goes on when a partition is read to its end; undefined after the last one. */
export function nextPartition(
  { kind, partition }: ListPosition,
  kinds: readonly ActionKind[],
): ListPosition | undefined {
  if (partition < 255) return { kind, partition: partition + 1 };
  const next = kinds[kinds.indexOf(kind) + 1];
  return next && { kind: next, partition: 0 };
}
