import { generator } from "../../packages/sandbox/src/generator.ts";

/** Random numbers that are the same for the same seed. */
export interface Draw {
  readonly chance: (probability: number) => boolean;
  /** A whole number from 0 to below `count`. */
  readonly oneOf: (count: number) => number;
  readonly between: (low: number, high: number) => number;
  readonly exponential: (mean: number) => number;
  readonly lognormal: (median: number, sigma: number) => number;
  /** A whole number from 1. */
  readonly geometric: (mean: number) => number;
}

/** Draws from one sequence. */
export function createDraw(seed: number): Draw {
  const random = generator(seed);
  const exponential = (mean: number) => -mean * Math.log(1 - random());
  return {
    chance: (probability) => random() < probability,
    oneOf: (count) => Math.floor(random() * count),
    between: (low, high) => low + (high - low) * random(),
    exponential,
    lognormal: (median, sigma) => {
      const normal = Math.sqrt(2 * exponential(1)) * Math.cos(2 * Math.PI * random());
      return median * Math.exp(sigma * normal);
    },
    geometric: (mean) =>
      mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - 1 / mean)),
  };
}
