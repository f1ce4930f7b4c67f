import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';

interface Ended {
  code: number;
  said: string;
}

/** Runs `npm run load` with these arguments; how it ended, and its first sentence on stderr. */
function load(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['bench/load/run.ts', ...args], (error, _, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: stderr.split('\n')[0] ?? '' }),
    );
  });
}

/** Something that answers every path by a status and a body. */
async function aServer(answer: (path: string) => [status: number, body: unknown]) {
  const server = createServer((request, response) => {
    const [status, body] = answer(request.url ?? '');
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, [Symbol.asyncDispose]: async () => void server.close() };
}

const campaign = {
  ...{ slug: 'clean-air', status: 'live', opensAt: '2026-01-01T00:00:00.000Z', kinds: ['signature'] },
  ...{ consents: [], partners: [], sources: [], languages: ['en'] },
};
const sized = ['--rate', '1', '--seconds', '1', '--campaign', 'clean-air'];

describe('npm run load, called wrongly,', () => {
  it.each<[string, string[], string]>([
    ['without a rate', ['--seconds', '10'], 'Give --rate.'],
    ['without a duration', ['--rate', '10'], 'Give --seconds.'],
    [
      'with a rate of nothing',
      ['--rate', '0', '--seconds', '1'],
      '--rate has to be a number from 0.1 to 2000, not 0.',
    ],
    [
      'with words for a rate',
      ['--rate', 'many', '--seconds', '1'],
      '--rate has to be a number from 0.1 to 2000, not many.',
    ],
    [
      'with a year of load',
      ['--rate', '1', '--seconds', '1e9'],
      '--seconds has to be a number from 1 to 3600, not 1e9.',
    ],
    ['with a seed of parts', [...sized, '--seed', '1.5'], '--seed has to be a whole number, not 1.5.'],
    ['with an unknown option', [...sized, '--fast'], "Unknown option '--fast'."],
    [
      'with a file that cannot be',
      [...sized, '--json', '/no/where'],
      '/no/where cannot be written: no such file or directory.',
    ],
    [
      'with an address that is none',
      [...sized, '--url', 'here'],
      '--url has to be an origin such as http://localhost:4000, not here.',
    ],
    [
      'with a page for an origin',
      [...sized, '--url', 'http://localhost/c/a'],
      '--url has to be an origin such as http://localhost:4000, not http://localhost/c/a.',
    ],
    [
      "with somebody else's site",
      [...sized, '--url', 'http://example.org'],
      'example.org is not this machine: load is for local stacks only, such as http://localhost:4000.',
    ],
    [
      'with a name that only begins as this machine',
      [...sized, '--url', 'http://127.0.0.1.example.org'],
      '127.0.0.1.example.org is not this machine: load is for local stacks only, such as http://localhost:4000.',
    ],
    [
      'where nothing listens',
      [...sized, '--url', 'http://localhost:1'],
      'Nothing answers at http://localhost:1: start a stack with npm start, or give its --url.',
    ],
  ])('%s, says so and ends with 2', async (_, args, sentence) => {
    expect(await load(...args)).toEqual({ code: 2, said: sentence });
  });

  it('says that a stack does not know the campaign', async () => {
    await using server = await aServer(() => [404, { title: 'Not found' }]);

    expect(await load(...sized, '--url', server.url)).toEqual({
      code: 2,
      said: `There is no campaign clean-air at ${server.url}: name one with --campaign.`,
    });
  });

  it.each([
    ['is paused', { status: 'paused' }],
    ['closed at 2026-01-02T00:00:00.000Z', { closesAt: '2026-01-02T00:00:00.000Z' }],
    ['opens at 2999-01-01T00:00:00.000Z', { opensAt: '2999-01-01T00:00:00.000Z' }],
  ])('says that the campaign %s', async (reason, changes) => {
    await using server = await aServer((path) => [
      200,
      path.startsWith('/inbox') ? [] : { ...campaign, ...changes },
    ]);

    expect(await load(...sized, '--url', server.url)).toEqual({
      code: 2,
      said: `The campaign clean-air ${reason}: name one that is open with --campaign.`,
    });
  });

  it.each<[string, (path: string) => [number, unknown], string]>([
    [
      'is starting',
      () => [503, { message: 'Starting' }],
      'is not ready, it answered 503: try again when it is up.',
    ],
    ['is another site', () => [200, '<!doctype html>'], 'is no local stack: start one with npm start.'],
    [
      'has no inbox',
      (path) => (path.startsWith('/inbox') ? [404, ''] : [200, campaign]),
      'is no local stack: start one with npm start.',
    ],
  ])('says that what answers %s', async (_, answer, sentence) => {
    await using server = await aServer(answer);

    const { code, said } = await load(...sized, '--url', server.url);

    expect(code).toBe(2);
    expect(said).toContain(`${server.url} ${sentence}`);
  });
});
