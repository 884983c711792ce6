package dev.propensity.model.logistic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fitted model, the content of {@code logistic.json}.
 *
 * @param intercept the log-odds where every term adds 0
 * @param terms one a feature, in the features' order
 */
record LogisticModel(int schema, double intercept, List<Term> terms) {
  static final String FILE = "logistic.json";
  private static final int SCHEMA = 1;

  /**
   * What a feature adds to the log-odds: {@code weight · z + square · (z² − 1)} with {@code z = (x
   * − mean) · scale}, or the weight of its level.
   *
   * @param square null where the square does not enter
   * @param levels the weights by code, null for numbers; other codes add 0
   * @param missing what a missing value adds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Term(
      String name,
      @Nullable Double mean,
      @Nullable Double scale,
      @Nullable Double weight,
      @Nullable Square square,
      @Nullable List<Double> levels,
      double missing) {}

  /** A square's part of a term. */
  record Square(double scale, double weight) {}

  static LogisticModel of(List<Encoder.Feature> features, Design design, double[] weights) {
    List<Term> terms = new ArrayList<>();
    for (int f = 0; f < design.features(); f++) {
      String name = features.get(f).name();
      int at = design.first(f);
      double missing = weights[design.missing(f)];
      if (design.isNumber(f)) {
        Square square =
            design.square(f) == 0 ? null : new Square(design.square(f), weights[at + 1]);
        terms.add(
            new Term(name, design.mean(f), design.scale(f), weights[at], square, null, missing));
      } else {
        double[] levels = Arrays.copyOfRange(weights, at, at + design.levels(f));
        List<Double> list = Arrays.stream(levels).boxed().toList();
        terms.add(new Term(name, null, null, null, null, list, missing));
      }
    }
    return new LogisticModel(SCHEMA, weights[0], terms);
  }

  /**
   * Reads a model.
   *
   * @throws UserException if the bytes are damaged or of a later schema
   */
  static LogisticModel read(byte[] json) {
    LogisticModel model = CanonicalJson.read(json, LogisticModel.class, FILE);
    if (model.schema() != SCHEMA) {
      throw new UserException(
          FILE + " has schema " + model.schema() + "; this version reads up to " + SCHEMA);
    }
    for (Term term : model.terms()) {
      boolean number = term.mean() != null && term.scale() != null && term.weight() != null;
      if (number == (term.levels() != null)) {
        throw new UserException(FILE + " is damaged at the term " + term.name());
      }
    }
    return model;
  }

  byte[] bytes() {
    return CanonicalJson.bytes(this);
  }

  LogisticScorer scorer() {
    int width = terms.size();
    double[] means = new double[width];
    double[] scales = new double[width];
    double[] squares = new double[width];
    int[] levels = new int[width];
    List<Double> weights = new ArrayList<>(List.of(intercept));
    for (int f = 0; f < width; f++) {
      Term term = terms.get(f);
      if (term.levels() == null) {
        means[f] = Objects.requireNonNull(term.mean(), term.name());
        scales[f] = Objects.requireNonNull(term.scale(), term.name());
        weights.add(term.weight());
        if (term.square() != null) {
          squares[f] = term.square().scale();
          weights.add(term.square().weight());
        }
      } else {
        levels[f] = term.levels().size();
        weights.addAll(term.levels());
      }
      weights.add(term.missing());
    }
    double[] all = weights.stream().mapToDouble(Double::doubleValue).toArray();
    return new LogisticScorer(new Design(means, scales, squares, levels), all);
  }
}
