import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GroundswellStack } from '../../infra/stack.ts';
import { stageOf } from '../../infra/stage.ts';

const templates = new Map<string, Template>();

/**
 * The template of a stage, with or without a CDN, synthesised once per test file. All is as it deploys but the
 * functions' code, which is not bundled.
 */
export function aTemplate(stage: 'dev' | 'prod' = 'dev', edge: 'on' | 'off' = 'on'): Template {
  const template = templates.get(stage + edge) ?? synthesise({ stage, edge });
  templates.set(stage + edge, template);
  return template;
}

function synthesise(settings: { stage: string; edge: string }): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'groundswell-template-'));
  try {
    const app = new App({ context: { ...settings, 'aws:cdk:bundling-stacks': [] }, outdir });
    return Template.fromStack(new GroundswellStack(app, 'Groundswell', { stage: stageOf(app.node) }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
