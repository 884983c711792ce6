package dev.propensity.model.metric;

/**
 * How many of the contacted rows will be positive, and the profit of contacting them, each with a
 * 95% interval.
 *
 * <pre>
 * q = σ(slope × ln(p / (1 − p)) + intercept)
 * positives = Σq    variance = Σq(1 − q) + gᵀCg    g = Σq(1 − q)(ln(p / (1 − p)), 1)
 * profit = gain × positives − cost × contacts
 * </pre>
 *
 * <p>p is a row's score. The line, with the covariance C of its slope and intercept, is that of the
 * labels' log-odds on the scores', on rows that the model was not fitted to. The first term is the
 * chance of the outcomes, the second the uncertainty of the calibration (the delta method). Not
 * safe for several threads.
 */
public final class ProfitForecast {
  private final Profit profit;
  private final LogisticLine line;
  private long contacts;
  private double positives;
  private double information;
  private double slopeInformation;

  /**
   * @param profit of a contact, and the score from which a row is contacted
   * @param line of the model's calibration
   */
  public ProfitForecast(Profit profit, LogisticLine line) {
    this.profit = profit;
    this.line = line;
  }

  /** The forecast of these rows, as if their labels were unknown. */
  public static ProfitForecast of(Profit profit, LogisticLine line, ScoredRows rows) {
    ProfitForecast forecast = new ProfitForecast(profit, line);
    for (int row = 0; row < rows.rows(); row++) {
      forecast.add(rows.score(row));
    }
    return forecast;
  }

  /** Adds a row, which counts if its score reaches the threshold. */
  public void add(float score) {
    if (score >= profit.threshold()) {
      addContact(score);
    }
  }

  /** Adds a row that is contacted, whatever its score. */
  public void addContact(float score) {
    double logOdds = CalibrationSlope.logOdds(score);
    double probability = Sigmoid.of(line.slope() * logOdds + line.intercept());
    double weight = probability * (1 - probability);
    contacts++;
    positives += probability;
    information += weight;
    slopeInformation += weight * logOdds;
  }

  /** How many rows are contacted. */
  public long contacts() {
    return contacts;
  }

  /** The standard error of the profit: the chance of the outcomes and the calibration. */
  public double profitStandardError() {
    return profit.gain() * StrictMath.sqrt(variance());
  }

  private double variance() {
    double calibration =
        information * information * line.interceptVariance()
            + 2 * information * slopeInformation * line.covariance()
            + slopeInformation * slopeInformation * line.slopeVariance();
    return information + Math.max(0, calibration);
  }

  /** How many of the contacted rows will be positive; at least 0, at most all. */
  public Interval positives() {
    Interval free = Interval.normal(positives, variance());
    return new Interval(positives, Math.max(0, free.low()), Math.min(contacts, free.high()));
  }

  /** The profit of contacting them, in the offer's currency. */
  public Interval profit() {
    Interval positive = positives();
    double cost = profit.cost() * contacts;
    return new Interval(
        profit.gain() * positive.value() - cost,
        profit.gain() * positive.low() - cost,
        profit.gain() * positive.high() - cost);
  }
}
