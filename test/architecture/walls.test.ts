import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'groundswell-walls-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const imported = (path: string) => `import { it } from '${path}';\nexport const its = [it];\n`;
const environment = "export const its = process.env['IT'];\n";

/** Files with one line each that the walls forbid, and others like them that they allow. */
const forbidden: Record<string, string> = {
  'functions/actions/a-room.ts': imported('../campaigns/campaign.ts'),
  'functions/actions/a-store.ts': imported('../campaigns/campaign-store.ts'),
  'functions/actions/a-stack.ts': imported('../../infra/stack.ts'),
  'functions/actions/a-script.ts': imported('../../web/widget/widget.ts'),
  'functions/actions/a-setting.ts': environment,
  'functions/campaigns/a-store.ts': imported('../network/organisation-store.ts'),
  'functions/network/a-room.ts': imported('../campaigns/read.ts'),
  'shared/kernel/a-room.ts': imported('../../functions/actions/read.ts'),
  'shared/http/a-page.ts': imported('../../web/pages/html.ts'),
  'shared/kernel/a-setting.ts': environment,
  'web/pages/a-store.ts': imported('../../functions/campaigns/campaign-store.ts'),
  'web/pages/a-host.ts': imported('../../infra/local/host.ts'),
  'infra/local/a-room.ts': imported('../../functions/actions/read.ts'),
  'infra/local/site/a-room.ts': imported('../../../functions/actions/action.ts'),
};
const allowed: Record<string, string> = {
  'functions/actions/reads.ts': imported('../campaigns/read.ts'),
  'functions/actions/shares.ts': imported('../../shared/kernel/iso.ts'),
  'functions/actions/shows.ts': imported('../../web/pages/html.ts'),
  'functions/actions/its-own.ts': imported('./action.ts'),
  'functions/campaigns/reads.ts': imported('../network/read.ts'),
  'functions/network/asks.ts': imported('../members/read.ts'),
  'shared/kernel/shares.ts': imported('../events/catalogue.ts'),
  'shared/aws/env.ts': environment,
  'web/pages/public-shapes.ts': imported('../../functions/campaigns/campaign.ts'),
  'infra/local/site/its-own.ts': imported('../functions/sandbox.ts'),
  'infra/local/shares.ts': imported('../../shared/kernel/iso.ts'),
  'infra/seed.ts': imported('../functions/campaigns/campaign-store.ts'),
};

test('Biome reports what breaks a wall between the rooms, and nothing else', () => {
  for (const [path, code] of Object.entries({ ...forbidden, ...allowed })) plant(path, code);
  plant('biome.json', configuration());
  expect(reported()).toEqual(Object.keys(forbidden).sort());
});

test('the tree itself breaks no wall', () => {
  const { status, stdout, stderr } = biome(root, ['functions', 'shared', 'web', 'infra']);
  expect(status, stdout + stderr).toBe(0);
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The project's own, for a folder that Git does not know. */
function configuration(): string {
  const own = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  return JSON.stringify({ ...own, $schema: undefined, vcs: { enabled: false } });
}

/** Files that Biome has something to say of. */
function reported(): string[] {
  const { stdout } = biome(folder, ['.']);
  const files = [...stdout.matchAll(/^::error .*?file=([^,]+)/gm)].map(([, file]) =>
    relative(folder, file ?? ''),
  );
  return [...new Set(files)].sort();
}

function biome(cwd: string, paths: string[]) {
  const only = ['--only=style/noRestrictedImports', '--only=style/noProcessEnv'];
  return spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', '--reporter=github', ...only, ...paths], {
    cwd,
    encoding: 'utf8',
  });
}
