import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GroundswellStack } from '../../infra/stack.ts';
import { stageOf } from '../../infra/stage.ts';

const templates = new Map<string, Template>();

/** The template of a stage, synthesised once per test file. All is as it deploys but the functions' code, which is not bundled. */
export function aTemplate(stage: 'dev' | 'prod' = 'dev'): Template {
  const template = templates.get(stage) ?? synthesise(stage);
  templates.set(stage, template);
  return template;
}

function synthesise(stage: string): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'groundswell-template-'));
  try {
    const app = new App({ context: { stage, 'aws:cdk:bundling-stacks': [] }, outdir });
    return Template.fromStack(new GroundswellStack(app, 'Groundswell', { stage: stageOf(app.node) }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
