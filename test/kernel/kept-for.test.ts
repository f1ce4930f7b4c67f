import { expect, test, vi } from 'vitest';
import { keptFor } from '../../shared/kernel/kept-for.ts';

test('what was read for a key is good for its time, and is then read anew', async () => {
  const read = vi.fn(async (key: string, now: number) => `${key} at ${now}`);
  const find = keptFor(60, read);
  expect([await find('a', 0), await find('a', 59), await find('b', 59), await find('a', 60)]).toEqual([
    'a at 0',
    'a at 0',
    'b at 59',
    'a at 60',
  ]);
  expect(read).toHaveBeenCalledTimes(3);
});

test('those who ask while it is read get the same', async () => {
  const read = vi.fn(async () => ({}));
  const find = keptFor(60, read);
  const [first, second] = await Promise.all([find('a', 0), find('a', 1)]);
  expect(first).toBe(second);
  expect(read).toHaveBeenCalledOnce();
});

test('a read that failed is not remembered', async () => {
  const read = vi.fn(async () => 'there').mockRejectedValueOnce(new Error('busy'));
  const find = keptFor(60, read);
  await expect(find('a', 0)).rejects.toThrow('busy');
  await expect(find('a', 1)).resolves.toBe('there');
});

test('a read that fails late does not forget what was read since', async () => {
  const slow = Promise.withResolvers<string>();
  const read = vi.fn(async () => 'there').mockReturnValueOnce(slow.promise);
  const find = keptFor(60, read);
  const first = find('a', 0);
  await find('a', 60);
  slow.reject(new Error('busy'));
  await expect(first).rejects.toThrow('busy');
  await expect(find('a', 61)).resolves.toBe('there');
  expect(read).toHaveBeenCalledTimes(2);
});

test('who needs it newer has it read anew, for all who come after', async () => {
  const read = vi.fn(async (_: string, now: number) => now);
  const find = keptFor(60, read);
  expect([await find('a', 0), await find('a', 9, 10), await find('a', 10, 10), await find('a', 69)]).toEqual([
    0, 0, 10, 10,
  ]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('keys without end do not fill the memory: the oldest are read anew', async () => {
  const read = vi.fn(async (key: string) => key);
  const find = keptFor(60, read);
  for (let key = 0; key <= 1_000; key += 1) await find(String(key), 0);
  await find('1000', 1);
  expect(read).toHaveBeenCalledTimes(1_001);
  await find('0', 1);
  expect(read).toHaveBeenCalledTimes(1_002);
});
