import { z } from 'zod';

// Loaded before the program (`--import`): moves the clock that the process reads, as somebody does who sets it while the program runs. CHAOS_CLOCK has the steps.
const steps = z.array(z.object({ afterMs: z.number(), offsetMs: z.number() })).parse(JSON.parse(process.env['CHAOS_CLOCK'] ?? '[]'));
const RealDate = Date;
let offsetMs = 0;
const now = (): number => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: ConstructorParameters<DateConstructor> | [], newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});
for (const step of steps) setTimeout(() => { offsetMs = step.offsetMs; }, step.afterMs).unref();
