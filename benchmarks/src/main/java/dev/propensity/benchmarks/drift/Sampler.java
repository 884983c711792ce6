package dev.propensity.benchmarks.drift;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** Draws bins by their shares, with the alias method (Walker, 1977). */
final class Sampler {
  private final double[] own;
  private final int[] alias;

  Sampler(double[] shares) {
    int bins = shares.length;
    own = new double[bins];
    alias = new int[bins];
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int bin = 0; bin < bins; bin++) {
      own[bin] = shares[bin] * bins;
      alias[bin] = bin;
      (own[bin] < 1 ? small : large).add(bin);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int less = small.remove();
      int more = large.remove();
      alias[less] = more;
      own[more] -= 1 - own[less];
      (own[more] < 1 ? small : large).add(more);
    }
    small.forEach(bin -> own[bin] = 1);
    large.forEach(bin -> own[bin] = 1);
  }

  int next(SplittableRandom random) {
    int bin = random.nextInt(own.length);
    return random.nextDouble() < own[bin] ? bin : alias[bin];
  }
}
