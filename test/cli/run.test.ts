import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defineCommand } from '../../cli/framework/define-command.ts';
import { run } from '../../cli/run.ts';
import { GaplessError } from '../../shared/errors.ts';
import { createRecordingTerminal } from './recording-terminal.ts';

const greet = defineCommand({
  name: 'greet',
  summary: 'greet somebody',
  details: ['Politely.'],
  operands: { placeholder: 'NAME', min: 1, max: 1 },
  options: {
    loud: { type: 'boolean', short: 'l', summary: 'in capitals' },
    title: { type: 'string', value: 'TITLE', summary: 'put before the name' },
  },
  examples: [{ line: 'gapless greet Ada', effect: 'Hello Ada' }],
  async run({ values: { loud = false, title = '' }, operands }, terminal) {
    const line = `Hello ${title}${operands[0]}`;
    await terminal.print(loud ? line.toUpperCase() : line);
  },
});

const failing = (name: string, error: unknown) =>
  defineCommand({
    name,
    summary: 'fail',
    details: [],
    options: {},
    examples: [{ line: `gapless ${name}`, effect: 'an error' }],
    run: () => Promise.reject(error),
  });

const program = {
  version: '1.2.3',
  commands: [
    greet,
    failing('greet loudly', new GaplessError('NOT_FOUND', 'Nobody is there.')),
    failing('sail home', new GaplessError('NOT_FOUND', 'No wind.')),
    failing('sail out', new GaplessError('NOT_FOUND', 'No wind.')),
    failing('broken', new TypeError('a defect')),
    failing('offline', Object.assign(new Error('connect to nowhere'), { code: 'ECONNREFUSED', $metadata: {} })),
    failing('refused', Object.assign(new Error('no access'), { name: 'AccessDeniedException', $metadata: {} })),
  ],
};

async function outcome(...args: readonly string[]) {
  const terminal = createRecordingTerminal();
  const code = await run(program, args, terminal);
  return { code, out: terminal.printed.join('\n'), notes: terminal.noted.join('\n') };
}

describe('a command that is done', () => {
  test('ends with 0 and writes its result and nothing else', async () => {
    assert.deepEqual(await outcome('greet', 'Ada', '--title', 'Lady '), { code: 0, out: 'Hello Lady Ada', notes: '' });
  });

  test('is found by its longest name', async () => {
    assert.deepEqual(await outcome('greet', 'loudly'), { code: 1, out: '', notes: 'gapless: Nobody is there.' });
  });

  test('takes short options and words after --', async () => {
    assert.equal((await outcome('greet', '-l', '--', '--help')).out, 'HELLO --HELP');
  });
});

test('help on the first word of several commands lists those', async () => {
  for (const args of [
    ['sail', '--help'],
    ['help', 'sail'],
  ]) {
    const { code, out } = await outcome(...args);

    assert.equal(code, 0);
    assert.deepEqual(
      [...out.matchAll(/^ {2}(\w+ \w+) +fail$/gm)].map(([, name]) => name),
      ['sail home', 'sail out'],
    );
  }
});

describe('wrong usage ends with 2 and says what is wrong:', () => {
  const cases: readonly (readonly [args: readonly string[], complaint: RegExp])[] = [
    [[], /which command\?/],
    [['sail'], /no command "sail"; there are: sail home, sail out/],
    [['sail', '--local'], /there are: sail home, sail out/],
    [['sail', 'hoem'], /no command "sail hoem"; did you mean sail home\?/],
    [['gret', 'Ada'], /no command "gret"; did you mean greet\?/],
    [['zzz'], /no command "zzz"; there are: greet, /],
    [['help', 'gret'], /did you mean greet\?/],
    [['gret', '--help'], /did you mean greet\?/],
    [['greet'], /NAME is missing/],
    [['greet', 'Ada', 'Bob'], /"Bob" is one argument too many/],
    [['greet', 'Ada', '--laud'], /no option --laud; did you mean --loud\?/],
    [['greet', 'Ada', '--zzz=1'], /no option --zzz$/m],
    [['greet', 'Ada', '-x'], /no option -x$/m],
    [['greet', 'Ada', '--title'], /--title/],
    [['greet', 'Ada', '--title='], /--title has an empty value/],
    [['greet', 'Ada', '--loud=yes'], /--loud/],
  ];
  for (const [args, complaint] of cases) {
    test(`gapless ${args.join(' ')}`, async () => {
      const { code, out, notes } = await outcome(...args);

      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(notes, complaint);
      assert.match(notes, /gapless .*--help says more/);
    });
  }
});

describe('a failure ends with 1', () => {
  test('and a sentence where AWS explains it', async () => {
    assert.deepEqual(await outcome('refused'), {
      code: 1,
      out: '',
      notes: 'gapless: AccessDeniedException: no access',
    });
  });

  test('and a hint where nobody answers', async () => {
    assert.match((await outcome('offline')).notes, /^gapless: No connection \(connect to nowhere\)\. .*npm start/);
  });

  test('and the trace where it is a defect', async () => {
    const { code, notes } = await outcome('broken');

    assert.equal(code, 1);
    assert.match(notes, /TypeError: a defect\n\s+at /);
  });
});

describe('help', () => {
  test('lists every command with its summary', async () => {
    for (const args of [['--help'], ['-h'], ['help']]) {
      const { code, out } = await outcome(...args);

      assert.equal(code, 0);
      for (const { name, summary } of program.commands) assert.match(out, new RegExp(`^  ${name} +${summary}$`, 'm'));
    }
  });

  test('of a command is derived from its data, whatever else is given', async () => {
    const asked = [
      ['help', 'greet'],
      ['greet', '--help'],
      ['greet', '-h', '--zzz'],
      ['--help', 'greet'],
    ];
    const answers = await Promise.all(asked.map((args) => outcome(...args)));

    for (const { code, out } of answers) {
      assert.equal(code, 0);
      assert.match(out, /^Greet somebody\.$/m);
      assert.match(out, /^Usage: gapless greet NAME \[OPTIONS\]$/m);
      assert.match(out, /^Politely\.$/m);
      assert.match(out, /^ {2}-l, --loud +in capitals$/m);
      assert.match(out, /^ {2}--title TITLE +put before the name$/m);
      assert.match(out, /^ {2}gapless greet Ada +Hello Ada$/m);
    }
  });

  test('has the version beside it', async () => {
    assert.equal((await outcome('--version')).out, '1.2.3');
  });
});
