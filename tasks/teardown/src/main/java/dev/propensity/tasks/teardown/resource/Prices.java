package dev.propensity.tasks.teardown.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Costs of keeping resources, by the list prices in {@code prices.csv}: those of us-east-1, without
 * free tiers and discounts. Other regions cost up to a third more.
 */
public final class Prices {
  /** The month of the prices. */
  public static final String AS_OF = "October 2025";

  private static final double HOURS_PER_MONTH = 730;
  private static final double BYTES_PER_GIGABYTE = 1 << 30;

  private final Map<String, Double> table;

  public Prices() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Prices.class.getResourceAsStream("prices.csv"), StandardCharsets.UTF_8))) {
      table =
          lines
              .lines()
              .skip(1)
              .map(line -> line.split(","))
              .collect(Collectors.toMap(cells -> cells[0], cells -> Double.valueOf(cells[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This many SageMaker instances that run all the time. */
  public Cost instances(String type, int count) {
    Double hourly = table.get(type);
    return hourly == null ? Cost.UNKNOWN : new Cost(hourly * count * HOURS_PER_MONTH, true);
  }

  /** Data on S3, in its standard class. */
  public Cost bucket(long bytes) {
    return storage("s3-gigabyte", bytes);
  }

  /** Images in ECR. */
  public Cost images(long bytes) {
    return storage("ecr-gigabyte", bytes);
  }

  /** A single resource, by its ARN: alarms at standard resolution and keys; others cost by use. */
  public Cost fixedCost(String arn) {
    return new Cost(table.getOrDefault(TaggedArns.kind(arn), 0.0), true);
  }

  /**
   * A task on Fargate that runs all the time.
   *
   * @param cpu in units of a 1024th of a virtual CPU, as in ECS
   * @param memory in MiB
   */
  public Cost fargate(String cpu, String memory) {
    if (cpu == null || memory == null) {
      return Cost.UNKNOWN;
    }
    double hourly =
        price("fargate-cpu") * Double.parseDouble(cpu) / 1024
            + price("fargate-gigabyte") * Double.parseDouble(memory) / 1024;
    return new Cost(hourly * HOURS_PER_MONTH, true);
  }

  private Cost storage(String row, long bytes) {
    return new Cost(price(row) * bytes / BYTES_PER_GIGABYTE, true);
  }

  private double price(String row) {
    return Objects.requireNonNull(table.get(row), row);
  }
}
