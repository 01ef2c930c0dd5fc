import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseSubscriptionsFile } from '../../../shared/domain/subscriptions/parse-file.ts';
import { bearerToken, signing } from '../../support/local-stack.ts';
import { person } from '../person.ts';
import { type StackProject, startStackProject } from '../stack-project.ts';

const account = '1519876000000000042';
const line = 'setup --no-browser --port 0 --yes';

describe('gapless setup', () => {
  let project: StackProject;
  before(async () => {
    project = await startStackProject({ speed: 20 });
    project.stack.emulator?.startTraffic({ rate: 0.5 });
  });
  after(() => project.close());

  /** Each step's mark, by its name. */
  const marksIn = (out: string) =>
    Object.fromEntries([...out.matchAll(/^(there|done|would) +(\w+)/gm)].map(([, mark, name = '']) => [name, mark]));

  test('says what it would do, and does nothing', async () => {
    const { code, out } = await project.gapless(`${line} --dry-run`);

    assert.equal(code, 0);
    assert.equal(marksIn(out).webhook, 'would');
    assert.match(out, /^later +file +not known before that is done$/m);
    assert.match((await project.gapless('webhook list')).out, /^$/);
  });

  test('goes from nothing to flowing events with no manual step but the login', async () => {
    const { note, noted } = person(account);

    const { code, out } = await project.gapless(line, { note });

    assert.equal(code, 0, `${out}\n${noted.join('\n')}`);
    const done = { secrets: 'there', endpoint: 'there', webhook: 'done', file: 'done', logins: 'there' };
    assert.deepEqual(marksIn(out), { ...done, subscriptions: 'done' });
    assert.match(out, /^events flow: the newest delivery came at |^the way from X to the table works/m);
    assert.match(out, /^Steps done now: 3\.$/m);
    assert.match(out, / ok +subscriptions +7 as subscriptions\.json says$/m);
    for (const secret of [...Object.values(signing), bearerToken]) assert.ok(!`${out}${noted.join()}`.includes(secret));

    const file = await readFile(join(project.directory, 'subscriptions.json'), 'utf8');
    const reading = parseSubscriptionsFile(file);
    assert.equal(reading.kind === 'wanted' && reading.byApp.get('default')?.length, 7);
  });

  test('run again, changes nothing and asks nobody', async () => {
    const { stack, directory } = project;
    const [arn = ''] = Object.values(stack.names.apiTokenSecretArns);
    const before = [stack.secrets.current(arn), await readFile(join(directory, 'subscriptions.json'), 'utf8')];
    const { note, noted } = person(account);

    const { code, out } = await project.gapless(line, { note });

    assert.equal(code, 0, `${out}\n${noted.join('\n')}`);
    assert.deepEqual(new Set(Object.values(marksIn(out))), new Set(['there']));
    assert.match(out, /^Nothing was changed\.$/m);
    assert.deepEqual(noted, []);
    assert.deepEqual(
      [stack.secrets.current(arn), await readFile(join(directory, 'subscriptions.json'), 'utf8')],
      before,
    );
  });

  test('brings back what X lost, and leaves the rest', async () => {
    const { stack } = project;
    const list = (await project.gapless('subscriptions list --json')).out.split('\n').map((one) => JSON.parse(one));
    const { subscriptionId } = list[0];
    await fetch(`${stack.xApiUrl}/2/activity/subscriptions/${subscriptionId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${bearerToken}` },
    });

    const { code, out } = await project.gapless(line);

    assert.equal(code, 0, out);
    assert.match(out, /done +subscriptions +1 changed, 6 were as wanted/);
    assert.match(out, /^Steps done now: 1\.$/m);
  });
});
