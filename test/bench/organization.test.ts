import { describe, expect, test } from "vitest";
import { createAgenda } from "../../bench/organization/agenda.ts";
import { type Assumed, assumed } from "../../bench/organization/assumptions.ts";
import { costsOf } from "../../bench/organization/costs.ts";
import { createDraw } from "../../bench/organization/draw.ts";
import { type Size, simulate, simulateOneRepair } from "../../bench/organization/model.ts";
import { createMeter, createQuota } from "../../bench/organization/rates.ts";
import { createStation } from "../../bench/organization/station.ts";

const always = { keepWarm: Number.POSITIVE_INFINITY };

describe("a station", () => {
  /** Jobs of one second, so many a second, for so many seconds. */
  function serve(perSecond: number, seconds: number, atOnce: number) {
    const agenda = createAgenda();
    const draw = createDraw(7);
    const station = createStation(agenda, { ...always, atOnce });
    let time = draw.exponential(1 / perSecond);
    for (; time < seconds; time += draw.exponential(1 / perSecond)) {
      agenda.at(time, () => station.add({ begin: () => 1 }));
    }
    agenda.run();
    return station.load;
  }

  test("is busy as often as work comes, times what it takes: the utilisation law", () => {
    const load = serve(3.2, 20_000, 4);

    expect(load.busySeconds / 20_000 / 4).toBeCloseTo(0.8, 1);
    expect(load.busySeconds).toBe(load.runs);
    expect(load.mostAtOnce).toBe(4);
  });

  test.each([0.3, 0.5, 0.8])(
    "lets work wait as theory says, %d busy (Pollaczek and Khinchine)",
    (busy) => {
      const load = serve(busy, 60_000, 1);

      const wait = busy / (2 * (1 - busy));
      expect(load.waitedSeconds / load.runs / wait).toBeGreaterThan(0.9);
      expect(load.waitedSeconds / load.runs / wait).toBeLessThan(1.1);
    },
  );

  test("that is asked for more than it can do has a queue that grows by the difference", () => {
    const [short, long] = [serve(5, 1_000, 4), serve(5, 4_000, 4)];

    expect(short.mostWaiting / 1_000).toBeCloseTo(1, 0);
    expect(long.mostWaiting / short.mostWaiting).toBeGreaterThan(3.5);
    expect(long.mostWaiting / short.mostWaiting).toBeLessThan(4.5);
  });

  test("runs one job of a group at a time, in order, and others meanwhile", () => {
    const agenda = createAgenda();
    const station = createStation(agenda, { ...always, atOnce: 3 });
    const seen: string[] = [];
    const job = (name: string, group: number) => ({
      group,
      begin: () => {
        seen.push(`${name} at ${agenda.now()}`);
        return 2;
      },
    });
    for (const [name, group] of [
      ["a1", 1],
      ["a2", 1],
      ["b1", 2],
      ["a3", 1],
    ] as const) {
      station.add(job(name, group));
    }
    agenda.run();

    expect(seen).toEqual(["a1 at 0", "b1 at 0", "a2 at 2", "a3 at 4"]);
    expect(station.load).toMatchObject({ mostAtOnce: 2, mostWaiting: 2, waitedSeconds: 6 });
  });

  test("whose groups take turns serves each of them, however long the line of one is", () => {
    const agenda = createAgenda();
    const station = createStation(agenda, { ...always, atOnce: 2, takesTurns: true });
    const seen: number[] = [];
    const job = (group: number) => ({
      group,
      begin: () => {
        seen.push(group);
        return 1;
      },
    });
    for (const group of [1, 1, 1, 1, 1, 2, 3, 3]) station.add(job(group));
    agenda.run();

    expect(seen).toEqual([1, 1, 1, 2, 3, 1, 3, 1]);
    expect(station.load.mostAtOnce).toBe(2);
  });

  test("starts cold when nothing is idle, or when it has been for too long", () => {
    const agenda = createAgenda();
    const station = createStation(agenda, { atOnce: 5, keepWarm: 60 });
    const cold: boolean[] = [];
    const begin = ({ isCold }: { readonly isCold: boolean }) => {
      cold.push(isCold);
      return 1;
    };
    for (const time of [0, 0, 10, 100]) agenda.at(time, () => station.add({ begin }));
    agenda.run();

    expect(cold).toEqual([true, true, false, true]);
    expect(station.load.cold).toBe(3);
  });
});

test("an agenda goes by time, and by turn where times are equal; nothing happens before now", () => {
  const agenda = createAgenda();
  const draw = createDraw(3);
  const times = Array.from({ length: 500 }, () => draw.oneOf(50));
  const seen: { time: number; turn: number }[] = [];
  for (const [turn, time] of times.entries()) agenda.at(time, () => seen.push({ time, turn }));
  agenda.run();

  expect(seen).toEqual(
    times.map((time, turn) => ({ time, turn })).sort((a, b) => a.time - b.time || a.turn - b.turn),
  );
  expect(() => agenda.at(10, () => {})).toThrow("10 s is before now, 49 s");
  expect(() => agenda.at(Number.NaN, () => {})).toThrow(RangeError);
});

test("draws have the mean or the median that was asked for", () => {
  const draw = createDraw(11);
  const many = (of: () => number) => Array.from({ length: 40_000 }, of);
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, it) => sum + it) / numbers.length;

  expect(mean(many(() => draw.exponential(5)))).toBeCloseTo(5, 0);
  expect(mean(many(() => draw.geometric(3)))).toBeCloseTo(3, 1);
  expect(many(() => draw.geometric(1)).every((it) => it === 1)).toBe(true);
  const delays = many(() => draw.lognormal(60, 0.6));
  expect(delays.filter((it) => it < 60).length / delays.length).toBeCloseTo(0.5, 1);
  expect(delays.filter((it) => it < 240).length / delays.length).toBeCloseTo(0.99, 2);
});

test("a meter knows its busiest minute", () => {
  const meter = createMeter();
  for (const [time, calls] of [
    [0, 60],
    [59, 60],
    [60, 30],
    [600, 90],
  ] as const)
    meter.add(time, calls);

  expect([meter.total(), meter.peak()]).toEqual([240, 2]);
});

test("a quota lets a second's worth through and then its rate", () => {
  const quota = createQuota(10);

  expect([0, 0, 0, 0].map((time) => quota.take(time, 5))).toEqual([0, 0, 0.5, 1]);
  expect(quota.take(100, 10)).toBe(100);
});

const given: Assumed = { ...assumed, deliverySpread: 0 };
const size: Size = {
  accounts: 3,
  buckets: 40,
  events: 300,
  eventsAtOnce: 20,
  repairsAtOnce: 10,
  looksAtOnce: 5,
};

describe("an organization", () => {
  test("repairs one event alone in the sum of its parts", () => {
    const day = simulateOneRepair(given);

    const toHub = 60 + 0.5;
    const intake = 0.25 + 0.147 + 0.01 + 0.0006 * (1_769 / 512);
    const start = 0.05 + 0.25 + 0.166 + 0.03;
    const proof = 4 * 0.03 + 2 * 0.005 + (3 + 1 + 6 + 9) * 0.0006 * (1_769 / 1_024);
    expect(day.repairs).toEqual([expect.closeTo(toHub + intake + start + proof, 9)]);
    expect(day.ownShare).toEqual([expect.closeTo(0.5 + intake + start + proof, 9)]);
  });

  test("calls for one event what test/path/rounds.test.ts counts, our own write included", () => {
    const { calls, intake, remediate } = simulateOneRepair(given);

    const totals = Object.entries(calls).map(([name, { total }]) => [name, total]);
    expect(Object.fromEntries(totals)).toEqual({
      queue: 2 + 2 * 2, // two are sent, and each is received and deleted
      lookQueue: 0,
      tableReads: 5 + 6,
      tableWrites: 9 + 1,
      topic: 1,
      role: 1,
      s3Reads: 4,
      s3Writes: 1,
    });
    expect([intake.runs, intake.cold, remediate.runs, remediate.cold]).toEqual([2, 1, 2, 1]);
  });

  test("sweeps one account alone in the sum of its parts", () => {
    const alone = { ...size, accounts: 1, buckets: 100, events: 0, looksAtOnce: 1 };
    const day = simulate(alone, { ...given, s3ReadQuota: 1e9, openShare: 0 });

    const listed = 0.25 + 0.147 + 0.03 + 0.01;
    const order = ((25 * 12 + 13) / 16) * 0.03 + 4 * 0.005;
    const expected = listed + 0.05 + 0.25 + 0.166 + 0.03 + 4 * order;
    expect(day.sweeps).toEqual([expect.closeTo(expected, 9)]);
    expect(day.wholeSweep).toBe(day.sweeps[0]);
    expect([day.look.runs, day.remediate.runs]).toEqual([4, 0]);
  });

  test("has a task for each bucket on which a sweep finds something, and its end waits for it", () => {
    const alone = { ...size, accounts: 1, buckets: 25, events: 0, repairsAtOnce: 1 };
    const quick = { ...given, s3ReadQuota: 1e9 };
    const [none, all] = [0, 1].map((openShare) => simulate(alone, { ...quick, openShare }));

    const start = 0.05 + 0.25 + 0.166 + 0.03;
    const task = 2 * 0.03 + 0.0075 * (1_769 / 1_024) + 6 * 0.005;
    expect(all?.remediate.runs).toBe(25);
    expect(all?.wholeSweep).toBeCloseTo((none?.wholeSweep ?? 0) + start + 25 * task, 9);
  });

  test("in which a sweep finds nothing has no event that waits behind it", () => {
    const busy = { ...size, accounts: 4, buckets: 5_000, events: 4_000 };
    const quiet = { ...assumed, openShare: 0 };
    const day = simulate(busy, quiet);

    expect(day.look.mostWaiting).toBeGreaterThan(100);
    expect(day.remediate.waitedSeconds / day.remediate.runs).toBeLessThan(0.1);
  });

  test("is swept as fast as S3 lets it, however many functions there are", () => {
    const alone = { ...size, accounts: 1, buckets: 2_000, events: 0, looksAtOnce: 100 };
    const { wholeSweep, busiest } = simulate(alone, { ...given, openShare: 0 });

    const reads = 2_000 * 12 + 80 * 13;
    expect(wholeSweep).toBeGreaterThan(reads / 100 - 1);
    expect(wholeSweep).toBeLessThan(reads / 100 + 5);
    expect(busiest.reads).toBeLessThan(102);
  });

  test("has as many events and repairs as it is told", () => {
    const { events, repairs, ownShare } = simulate({ ...size, events: 2_000 }, assumed);

    expect(events / 24 / 2_000).toBeCloseTo(1, 1);
    expect(repairs.length / events).toBeCloseTo(0.1, 2);
    expect(ownShare).toHaveLength(repairs.length);
    expect(repairs.toSorted((a, b) => a - b)).toEqual(repairs);
  });

  test("that has more events than its functions can do waits longer and longer", () => {
    const quick = { ...assumed, s3ReadQuota: 1e9, sweepInterval: 900 };
    const busy = { ...size, accounts: 10, buckets: 100, repairsAtOnce: 1 };
    const day = (events: number) => simulate({ ...busy, events }, quick);
    const last = (day: { readonly ownShare: readonly number[] }) => day.ownShare.at(-1) ?? 0;

    const [some, many, more] = [day(1_000), day(60_000), day(120_000)];
    expect(more.remediate.mostWaiting).toBeGreaterThan(2 * many.remediate.mostWaiting);
    expect(last(many)).toBeGreaterThan(last(some));
    expect(last(more)).toBeGreaterThan(2 * last(many));
  });

  test("has the same day for the same seed, and another one for another", () => {
    expect(simulate(size, assumed, 5)).toEqual(simulate(size, assumed, 5));
    expect(simulate(size, assumed, 5).repairs).not.toEqual(simulate(size, assumed, 6).repairs);
  });
});

test("costs add up by hand", () => {
  const load = { cold: 0, mostAtOnce: 0, mostWaiting: 0, waitedSeconds: 0 };
  const each = (total: number) => ({ total: total * 1_000_000, peak: 0 });
  const costs = costsOf(
    {
      intake: { ...load, runs: 1_000_000, busySeconds: 100_000 },
      remediate: { ...load, runs: 2_000_000, busySeconds: 300_000 },
      sweep: { ...load, runs: 0, busySeconds: 100_000 },
      look: { ...load, runs: 1_000_000, busySeconds: 50_000 },
      calls: {
        queue: each(3),
        lookQueue: each(7),
        tableReads: each(8),
        tableWrites: each(4),
        topic: each(2),
        role: each(9),
        s3Reads: each(10),
        s3Writes: each(1),
      },
    },
    assumed,
  );

  // 30 days of 4 M runs, and of 200,000 s with half a GB and 350,000 s with one.
  expect(costs.lambda).toBeCloseTo(30 * (4 * 0.2 + 450_000 * 0.0000133334), 6);
  expect(costs.queue).toBeCloseTo((30 * 3 + 0.648) * 0.5 + (30 * 7 + 0.648) * 0.4, 6);
  expect(costs.table).toBeCloseTo(30 * (8 * 0.125 + 4 * 0.625), 6);
  expect(costs.s3).toBeCloseTo(30 * (10 * 0.4 + 1 * 5), 6);
  expect(costs.other).toBeCloseTo(30 * (1 * 1 + 2 * 0.5 + 4 * 1.5 * 0.5) + 6.8, 6);
  const { total, ...parts } = costs;
  expect(total).toBeCloseTo(
    Object.values(parts).reduce((sum, it) => sum + it),
    9,
  );
});
