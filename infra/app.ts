import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { GroundswellStack } from './stack.ts';
import { stageOf } from './stage.ts';

const app = new App();
const stage = stageOf(app.node);
new GroundswellStack(app, `Groundswell-${stage.name}`, { stage });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
