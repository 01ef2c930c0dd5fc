import { parseArgs } from 'node:util';
import { playHour } from './play-hour.ts';

// `npm run soak:stream -- --minutes 60 --rate 250`: the test of an hour with these numbers, in real time unless --speed says else.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '250' },
    speed: { type: 'string', default: '1' },
  },
});
const progress = (line: string) => process.stdout.write(`${line}\n`);
const options = { minutes: Number(values.minutes), rate: Number(values.rate), speed: Number(values.speed), progress };

const { comparison, connections, handovers, minutes, storedPerSecond } = await playHour(options);
const { sent, stored, duplicates, lost } = comparison;
progress(
  `${minutes.toFixed(0)} minutes, ${handovers} handovers, ${connections.made} connections, at most ${connections.most} at once, ` +
    `${connections.tooMany} too many, ${storedPerSecond.toFixed(0)} stored/s`,
);
progress(`sent ${sent}, stored ${stored}, duplicates ${duplicates}, lost ${lost}`);
process.exitCode = lost === 0 && duplicates === 0 && connections.most <= 2 && connections.tooMany === 0 ? 0 : 1;
