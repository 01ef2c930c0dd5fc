import { clockVariable, isClockState, localTime, realTime } from './clock-state.ts';

// Loaded into a function's or an emulator's process before anything else (`node --import`): its `Date` is the local
// clock. Only `Date`: timers, sockets and `performance` stay real, since work takes real time.

const RealDate = Date;
const given: unknown = JSON.parse(process.env[clockVariable] ?? 'null');
let state = isClockState(given) ? given : realTime;
const now = () => localTime(state, RealDate.now());

const LocalDate = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, property, receiver) => (property === 'now' ? now : Reflect.get(target, property, receiver)),
});
Object.defineProperty(RealDate.prototype, 'constructor', { value: LocalDate, writable: true, configurable: true });
globalThis.Date = LocalDate;
// What the function's code must not see.
delete process.env[clockVariable];
delete process.env.NODE_COMPILE_CACHE;

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null) return;
  if (!('kind' in message && 'state' in message && 'id' in message)) return;
  if (message.kind !== 'gapless-clock' || !isClockState(message.state)) return;
  state = message.state;
  process.send?.({ clockSet: message.id });
});
